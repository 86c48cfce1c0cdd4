"""The lexical index, compared with BM25F written down plainly."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.search.fields import LENGTH_NORM, WEIGHTS, FieldText
from bot.knowledge.search.index import LexicalIndex
from bot.knowledge.search.occurrences import SATURATION
from bot.knowledge.search.query import read

TEXTS = st.lists(
    st.tuples(
        st.text("abc é–", max_size=20),
        st.text("abcd ", max_size=30),
    ),
    min_size=1,
    max_size=6,
)


def plain_score(documents: list[list[FieldText]], word: str) -> list[float]:
    """BM25F of one word, in the language xx, which has no stemmer."""
    counts = [
        {text.field: Counter(text.text.replace("–", " ").split()) for text in texts}
        for texts in documents
    ]
    having = sum(any(word in field for field in fields.values()) for fields in counts)
    speaking = sum(any(field for field in fields.values()) for fields in counts)
    idf = math.log1p((speaking - having + 0.5) / (having + 0.5))
    scores = []
    for fields in counts:
        frequency = 0.0
        for name, field in fields.items():
            lengths = [sum(other[name].values()) for other in counts if name in other]
            present = [length for length in lengths if length]
            if not field[word]:
                continue
            share = LENGTH_NORM[name]
            norm = 1 - share + share * sum(field.values()) / (sum(present) / len(present))
            frequency += WEIGHTS[name] * field[word] / norm
        scores.append(idf * frequency / (frequency + SATURATION))
    return scores


@settings(max_examples=100)
@given(TEXTS)
def test_scores_are_those_of_bm25f(pairs: list[tuple[str, str]]) -> None:
    documents = [
        [FieldText("title", "xx", title), FieldText("body", "xx", body)] for title, body in pairs
    ]
    index = LexicalIndex.build(documents)
    for form, terms in index.lexicon.forms.items():
        if "é" in "".join(title + body for title, body in pairs):
            continue
        found = index.postings.score(list(terms), [1.0]).tolist()
        assert found == pytest.approx(plain_score(documents, form), abs=1e-4)


def test_no_documents_and_empty_documents() -> None:
    assert LexicalIndex.build([]).postings.size == 0
    index = LexicalIndex.build([[], [FieldText("title", "en", "–")]])
    assert index.postings.size == 2
    assert read("anything", index.lexicon).terms == ([], [])


def test_a_common_word_of_a_rare_language_tells_little() -> None:
    english = [[FieldText("body", "en", f"word{number} harbour")] for number in range(30)]
    french = [
        [FieldText("body", "fr", "ceci parle"), FieldText("body", "en", "harbour")]
        for _ in range(3)
    ]
    index = LexicalIndex.build(english + french)
    idf = {term: index.postings.idf[number] for term, number in index.lexicon.terms.items()}
    assert idf["cec"] < 0.2
    assert idf["word1"] > 2
