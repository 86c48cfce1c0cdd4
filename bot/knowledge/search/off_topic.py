"""Examples of what the knowledge base is not about, and what a query's words say of it."""

from __future__ import annotations

import math
from collections import Counter
from typing import Annotated

import numpy as np
from pydantic import Field, StringConstraints

from bot.knowledge.kinds.common import Language, Model
from bot.knowledge.search import stemming
from bot.knowledge.search.language import DEFAULT, stopwords
from bot.knowledge.search.normalise import fold, words
from bot.knowledge.search.phrases import PhraseIndex
from bot.knowledge.search.query import ReadQuery, ReadWord

Example = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]

MOST = 3.0
"""How much one word may tell, either way: a natural logarithm of odds."""

BEFORE = 0.5
"""How often every word counts as seen before any was."""


class OffTopic(Model):
    """The examples of `off-topic.yaml`, by language."""

    examples: dict[Language, tuple[Example, ...]] = Field(
        default_factory=dict[Language, tuple[Example, ...]]
    )

    @property
    def all(self) -> tuple[str, ...]:
        """Every example, once."""
        return tuple(dict.fromkeys(text for many in self.examples.values() for text in many))


class WordOdds:
    """How much likelier a query's words are among the entries' phrases than off topic."""

    def __init__(self, off_topic: OffTopic, phrases: PhraseIndex) -> None:
        self._ours = np.diff(phrases.postings.starts)
        self._all_ours = len(phrases.mass)
        self._others: Counter[str] = Counter()
        self._all_others = 0
        for language, examples in off_topic.examples.items():
            small = stopwords().get(language, frozenset())
            for text in examples:
                said = [word for word in words(text) if fold(word) not in small]
                self._others.update(_stems(said, language))
                self._all_others += 1

    def of(self, query: ReadQuery) -> float:
        """Mean of the words' odds (natural logarithm); 0 where no word tells anything."""
        if not self._all_others:
            return 0.0
        telling = [word for word in query.words if word.weight >= 1]
        if not telling:
            return 0.0
        return sum(self._word(word, query.language) for word in telling) / len(telling)

    def _word(self, word: ReadWord, language: str) -> float:
        ours = max((float(self._ours[term]) for term in word.terms), default=0.0) * word.share
        stems = {*_stems([word.word], language), *_stems([word.word], DEFAULT)}
        others = max(self._others[stem] for stem in stems)
        odds = math.log((ours + BEFORE) / (self._all_ours + 1)) - math.log(
            (others + BEFORE) / (self._all_others + 1)
        )
        return max(-MOST, min(MOST, odds))


def _stems(said: list[str], language: str) -> set[str]:
    return set(map(fold, stemming.stem(said, language)))
