"""Short phrases of entries (titles, aliases, questions, claims) and how like a query each is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.kinds import Entry, Glossary, Narrative
from bot.knowledge.search.index import LexicalIndex
from bot.knowledge.search.language import stopwords
from bot.knowledge.search.normalise import fold, words
from bot.knowledge.search.postings import Floats, Postings, with_rows
from bot.knowledge.search.query import STOPWORD_WEIGHT

Role = Literal["title", "alias", "question", "claim"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase by which an entry is known."""

    role: Role
    language: str
    text: str


def phrases(entry: Entry) -> Iterable[Phrase]:
    """The phrases of one entry; its title always is the first."""
    yield Phrase("title", "en", entry.title)
    for language, translation in entry.translations.items():
        yield Phrase("title", language, translation.title)
    for language, many in entry.aliases.items():
        for text in many:
            yield Phrase("alias", language, text)
    for language, many in entry.questions.items():
        for text in many:
            yield Phrase("question", language, text)
    if isinstance(entry, Narrative):
        yield Phrase("claim", "en", entry.claim)
        for language, many in entry.variants.items():
            for text in many:
                yield Phrase("claim", language, text)
    elif isinstance(entry, Glossary):
        for language, text in entry.term.items():
            yield Phrase("alias", language, text)


class PhraseIndex:
    """All phrases of all entries, by the terms of the lexical index.

    Likeness of a phrase and a query is the share that they have in common of all that both say,
    each word counted by how telling it is: 1 for the same words, 0 for none in common.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        counts: NDArray[np.int64],
        postings: Postings,
        mass: Floats,
    ) -> None:
        """`counts` are phrases by entry; `mass` is by phrase how much all its words tell."""
        self._entries = entries
        self.counts = counts
        self.postings = postings
        self.mass = mass
        self._ends = np.cumsum(counts)
        self._starts = self._ends - counts

    @classmethod
    def build(cls, entries: Sequence[Entry], index: LexicalIndex) -> PhraseIndex:
        """Index the phrases of these entries, all of which the lexical index has."""
        per_entry = [list(phrases(entry)) for entry in entries]
        flat_phrases = [phrase for many in per_entry for phrase in many]
        counts = np.array([len(many) for many in per_entry], np.int64)
        by_language: dict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(flat_phrases):
            by_language[phrase.language].append(number)
        terms: list[NDArray[np.int64]] = []
        owners: list[NDArray[np.int64]] = []
        weights: list[Floats] = []
        for language, numbers in by_language.items():
            said = [words(flat_phrases[number].text) for number in numbers]
            owner = np.repeat(np.array(numbers), [len(many) for many in said])
            flat = [word for many in said for word in many]
            known = {word: place for place, word in enumerate(dict.fromkeys(flat))}
            stop = stopwords().get(language, frozenset())
            term_of = np.array(index.lexicon.of(list(known), language), np.int64)
            weight_of = np.array(
                [STOPWORD_WEIGHT if fold(word) in stop else 1.0 for word in known], np.float32
            )
            place = np.fromiter(map(known.__getitem__, flat), np.int64, len(flat))
            # A word that a phrase repeats counts once.
            once = np.unique(owner * len(known) + place)
            place, owner = once % max(len(known), 1), once // max(len(known), 1)
            terms.append(term_of[place])
            owners.append(owner)
            weights.append(weight_of[place])
        term = np.concatenate(terms) if terms else np.zeros(0, np.int64)
        owner = np.concatenate(owners) if owners else np.zeros(0, np.int64)
        weight = np.concatenate(weights) if weights else np.zeros(0, np.float32)
        idf = index.postings.idf
        mass = idf[term] * weight
        order = np.lexsort((owner, term))
        starts = np.searchsorted(term[order], np.arange(len(idf) + 1)).astype(np.int64)
        postings = with_rows(
            len(flat_phrases),
            starts,
            owner[order].astype(np.int32),
            mass[order],
            np.zeros(len(order), np.uint16),
            idf,
        )
        total = np.bincount(owner, mass, len(flat_phrases)).astype(np.float32)
        return cls(entries, counts, postings, total)

    def likeness(self, terms: Sequence[int], weights: Sequence[float], mass: float) -> Floats:
        """By phrase: likeness to a query of these weighted terms; `mass` is all that it says."""
        shared = self.postings.score(terms, weights)
        return (2 * shared / (self.mass + np.float32(mass))).astype(np.float32)

    def best(self, likeness: Floats) -> Floats:
        """By entry: its likest phrase's likeness."""
        return np.maximum.reduceat(likeness, self._starts)

    def of(self, number: int, likeness: Floats) -> tuple[Phrase, float]:
        """The phrase of an entry that is likest the query, and how like."""
        start, end = int(self._starts[number]), int(self._ends[number])
        place = start + int(np.argmax(likeness[start:end]))
        return list(phrases(self._entries[number]))[place - start], float(likeness[place])
