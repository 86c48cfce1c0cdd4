"""What a query asks the index for: terms with weights, and how each of its words was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.search.language import detect, stopwords
from bot.knowledge.search.lexicon import Lexicon
from bot.knowledge.search.normalise import MAX_QUERY_CHARACTERS, fold, words

MAX_WORDS = 64
"""Words of a query that are looked up."""

STOPWORD_WEIGHT = 0.12
PREFIX_WEIGHT = 0.7
EDIT_WEIGHT = {1: 0.85, 2: 0.6}
SHORTEST_PREFIX = 4
PREFIX_EXPANSIONS = 6

How = Literal["exact", "stem", "prefix", "typo", "split", "unknown"]


@dataclass(frozen=True, slots=True)
class ReadWord:
    """One word of the query and the terms it was read as.

    `word` is as typed (lower case), `read_as` the known words it was taken for, `weight` how much
    it counts (small words little).
    """

    word: str
    how: How
    read_as: tuple[str, ...]
    terms: tuple[tuple[int, float], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """A query as the lexical index understands it."""

    language: str
    words: tuple[ReadWord, ...]

    @property
    def terms(self) -> tuple[list[int], list[float]]:
        """Terms, none twice, and their weights."""
        weights: dict[int, float] = {}
        for word in self.words:
            for term, share in word.terms:
                weights[term] = max(weights.get(term, 0.0), share * word.weight)
        return list(weights), list(weights.values())


def read(query: str, lexicon: Lexicon, language: str | None = None) -> ReadQuery:
    """Read a query: small words count less, unknown words are looked for nearby."""
    query = query[:MAX_QUERY_CHARACTERS]
    language = language or detect(query)
    small = stopwords().get(language, frozenset())
    seen: set[str] = set()
    found: list[ReadWord] = []
    for word in words(query):
        if word in seen:
            continue
        seen.add(word)
        found.append(_read_word(word, lexicon, STOPWORD_WEIGHT if fold(word) in small else 1.0))
        if len(found) >= MAX_WORDS:
            break
    return ReadQuery(language, tuple(found))


def _read_word(word: str, lexicon: Lexicon, weight: float) -> ReadWord:
    form = fold(word)
    terms = lexicon.forms.get(form)
    if terms is not None:
        return ReadWord(word, "exact", (form,), tuple((term, 1.0) for term in terms), weight)
    terms = lexicon.stems(word)
    if terms:
        return ReadWord(word, "stem", (form,), tuple((term, 1.0) for term in terms), weight)
    if weight < 1.0:
        return ReadWord(word, "unknown", (), (), weight)
    return _read_unknown(word, form, lexicon)


def _read_unknown(word: str, form: str, lexicon: Lexicon) -> ReadWord:
    near = lexicon.spelling.near(form)
    close = [item for item in near if item.edits == 1]
    if not close and (parts := lexicon.split(form)):
        terms = tuple((term, 1.0) for part in parts for term in lexicon.forms[part])
        return ReadWord(word, "split", parts, terms, 1.0)
    if near:
        best = near[0].edits
        read_as = tuple(item.form for item in near if item.edits == best)
        share = EDIT_WEIGHT[best]
        return ReadWord(word, "typo", read_as, tuple(_terms(read_as, lexicon, share)), 1.0)
    if len(form) >= SHORTEST_PREFIX and (longer := lexicon.with_prefix(form, PREFIX_EXPANSIONS)):
        terms = tuple(_terms(longer, lexicon, PREFIX_WEIGHT))
        return ReadWord(word, "prefix", tuple(longer), terms, 1.0)
    return ReadWord(word, "unknown", (), (), 1.0)


def _terms(
    forms: tuple[str, ...] | list[str], lexicon: Lexicon, share: float
) -> Iterator[tuple[int, float]]:
    """Terms of all the forms, none twice."""
    seen: set[int] = set()
    for form in forms:
        for term in lexicon.forms[form]:
            if term not in seen:
                seen.add(term)
                yield term, share
