"""Speed of the lexical search beside bm25s, tantivy and SQLite FTS5, in one run.

    python tests/benchmarks/search_speed.py [150 10000 100000]

Every engine indexes the same texts, and answers the same queries from the text to the ten best
documents with their scores. Texts: sentences of the knowledge base dealt anew, every sixth word
replaced by one of a long tail of rare words. Queries: the golden questions, after a warm-up with
other queries; ours corrects slips and looks up word stems of the languages meanwhile.
Prints a Markdown table; the last column is the 99th percentile as a ratio to ours.
"""

from __future__ import annotations

import gc
import random
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import bm25s
import numpy as np
import Stemmer
import tantivy

from bot.knowledge.reading import load
from bot.knowledge.search.fields import FieldText
from bot.knowledge.search.index import LexicalIndex
from bot.knowledge.search.query import read
from bot.knowledge.search.questions import read as read_questions

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
SIZES = (150, 10_000, 100_000)
LIMIT = 10
ROUNDS = 3
"""Each query is asked so often, and its quickest answer counts: other work on the machine is not
what is measured."""
WEIGHTS = {"title": 3.0, "summary": 1.8, "body": 0.6}
SYLLABLES = "ka ri to men sol ver ta lin dor pe gu ha mi ster bal ne".split()  # noqa: SIM905

Document = tuple[str, str, str]
Search = Callable[[str], Any]


class Figures(NamedTuple):
    """What one engine took: seconds of wall clock and processor, megabytes, milliseconds."""

    name: str
    build: float
    build_cpu: float
    memory: float
    p50: float
    p99: float


def sentences() -> list[str]:
    """English sentences of the knowledge base."""
    loaded = load(KNOWLEDGE)
    if loaded.readable is None:
        raise SystemExit("the knowledge base cannot be read")
    found: list[str] = []
    for entry in loaded.readable.entries.values():
        for text in (entry.summary, *entry.key_points, entry.body):
            found += [part.strip() for part in re.split(r"(?<=[.!?])\s+", text)]
    return [text for text in dict.fromkeys(found) if 30 < len(text) < 300]


def documents(count: int, pool: list[str], seed: int = 1) -> list[Document]:
    """So many documents of about sixty words: title, summary, body."""
    dice = random.Random(seed)
    rare = [
        "".join(dice.choice(SYLLABLES) for _ in range(dice.randint(2, 4))) for _ in range(20_000)
    ]
    made: list[Document] = []
    for _ in range(count):
        said = " ".join(dice.sample(pool, 3)).split()
        for _ in range(len(said) // 6):
            place = min(int(dice.paretovariate(0.6)), len(rare) - 1)
            said[dice.randrange(len(said))] = rare[place]
        made.append((" ".join(said[:8]), " ".join(said[8:25]), " ".join(said[25:])))
    return made


def queries() -> tuple[list[str], list[str]]:
    """Warm-up queries and measured ones: the golden questions in English."""
    asked = [
        question.ask
        for question in read_questions(KNOWLEDGE / "questions.yaml").questions
        if question.language == "en"
    ]
    return asked[::6], [query for place, query in enumerate(asked) if place % 6]


def ours(texts: Iterable[Document]) -> Search:
    index = LexicalIndex.build(
        (FieldText("title", "en", title), FieldText("summary", "en", summary),
         FieldText("body", "en", body))
        for title, summary, body in texts
    )  # fmt: skip

    def search(query: str) -> Any:
        terms, weights = read(query, index.lexicon).terms
        return index.postings.best(terms, weights, LIMIT)

    return search


def with_bm25s(texts: Iterable[Document]) -> Search:
    stemmer = Stemmer.Stemmer("english")

    def tokens(text: Any) -> Any:
        return bm25s.tokenize(text, stemmer=stemmer, stopwords=None, show_progress=False)

    many = [" ".join(text) for text in texts]
    index = bm25s.BM25()
    index.index(tokens(many), show_progress=False)
    return lambda query: index.retrieve(tokens(query), k=min(LIMIT, len(many)), show_progress=False)


def with_tantivy(texts: Iterable[Document]) -> Search:
    schema = tantivy.SchemaBuilder()
    for name in WEIGHTS:
        schema.add_text_field(name, stored=False, tokenizer_name="en_stem")
    schema.add_integer_field("number", stored=True, fast=True)
    index = tantivy.Index(schema.build())
    writer = index.writer(128_000_000)
    for number, (title, summary, body) in enumerate(texts):
        writer.add_document(
            tantivy.Document(title=title, summary=summary, body=body, number=number)
        )
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> Any:
        parsed, _ = index.parse_query_lenient(query, list(WEIGHTS), field_boosts=WEIGHTS)
        found = searcher.search(parsed, LIMIT, count=False)
        return [(searcher.doc(address)["number"][0], score) for score, address in found.hits]

    return search


def with_fts5(texts: Iterable[Document]) -> Search:
    base = sqlite3.connect(":memory:")
    base.execute(
        "create virtual table entry using fts5(title, summary, body,"
        " tokenize='porter unicode61 remove_diacritics 2')"
    )
    base.executemany("insert into entry values (?, ?, ?)", texts)
    base.commit()
    ask = (
        "select rowid, bm25(entry, 3.0, 1.8, 0.6) as score from entry where entry match ?"
        f" order by score limit {LIMIT}"
    )

    def search(query: str) -> Any:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        return base.execute(ask, (words,)).fetchall()

    return search


ENGINES = {"ours": ours, "bm25s": with_bm25s, "tantivy": with_tantivy, "FTS5": with_fts5}


def memory() -> float:
    """Resident megabytes of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def run(name: str, texts: list[Document]) -> Figures:
    """Build an index and ask it everything."""
    warm, asked = queries()
    gc.collect()
    before = memory()
    started, cpu = time.perf_counter(), time.process_time()
    search = ENGINES[name](texts)
    build, build_cpu = time.perf_counter() - started, time.process_time() - cpu
    for query in warm:
        search(query)
    used = memory() - before
    gc.collect()
    taken = [float("inf")] * len(asked)
    for _ in range(ROUNDS):
        for place, query in enumerate(asked):
            started = time.perf_counter()
            search(query)
            taken[place] = min(taken[place], (time.perf_counter() - started) * 1e3)
    p50, p99 = np.percentile(taken, (50, 99)).tolist()
    return Figures(name, build, build_cpu, used, p50, p99)


def table(size: int, figures: list[Figures]) -> str:
    """The figures of one size as Markdown."""
    own = next(row for row in figures if row.name == "ours")
    lines = [
        f"| {size:,} entries | build s | build CPU s | memory MB | p50 ms | p99 ms | p99 to ours |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {row.name} | {row.build:.2f} | {row.build_cpu:.2f} | {row.memory:.0f} "
        f"| {row.p50:.3f} | {row.p99:.3f} | {row.p99 / own.p99:.1f} |"
        for row in figures
    ]
    return "\n".join(lines)


def main(sizes: Iterable[int]) -> None:
    pool = sentences()
    for size in sizes:
        texts = documents(size, pool)
        sys.stdout.write(table(size, [run(name, texts) for name in ENGINES]) + "\n\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
