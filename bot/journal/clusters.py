"""Questions that ask for the same, put together by the words that they share."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.journal import terms
from bot.journal.empty_words import EMPTY

ALIKE = 0.42
"""Cosine similarity from which a question joins a cluster."""

EXAMPLES = 3
TOPIC_WORDS = 4

COMMON = 0.4
"""A word in more than this share of many questions tells none of them apart."""

ALONE = 0.6
"""Weight of a word that one question alone holds."""

FEW = 10
"""With fewer questions than this no word counts as common."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was not answered well: nothing on file, or the answer did not help."""

    text: str
    language: str | None
    nothing_on_file: bool
    entries: tuple[str, ...]
    at: str
    seq: int = 0
    """Number of its record in the journal."""


@dataclass(slots=True)
class _Middle:
    """The sum of a cluster's vectors, with the square of its length kept at hand."""

    sum: dict[str, float] = field(default_factory=dict[str, float])
    square: float = 0.0

    def add(self, vector: dict[str, float]) -> None:
        for stem, value in vector.items():
            before = self.sum.get(stem, 0.0)
            self.sum[stem] = before + value
            self.square += (before + value) ** 2 - before**2

    def like(self, vector: dict[str, float]) -> float:
        """Cosine similarity to a vector of length 1."""
        shared = sum(value * self.sum.get(stem, 0.0) for stem, value in vector.items())
        return shared / math.sqrt(self.square) if self.square > 0 else 0.0


@dataclass(slots=True)
class Cluster:
    """Questions alike. `topic`: the words most of them share; `examples`: how it was asked."""

    questions: list[Question] = field(default_factory=list[Question])
    topic: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


def cluster(questions: Sequence[Question]) -> list[Cluster]:
    """Clusters, the largest first, then the latest. Each question joins the most alike so far,
    measured against the cluster's middle; the order of equal input gives equal clusters."""
    stems = [_stems(question.text) for question in questions]
    weight = _weights(stems)
    clusters: list[Cluster] = []
    middles: list[_Middle] = []
    holders: dict[str, set[int]] = defaultdict(set)
    for question, own in zip(questions, stems, strict=True):
        vector = _vector(own, weight)
        near = {place for stem in vector for place in holders[stem]}
        best = max(near, key=lambda place: (middles[place].like(vector), -place), default=None)
        if best is None or middles[best].like(vector) < ALIKE:
            best = len(clusters)
            clusters.append(Cluster())
            middles.append(_Middle())
        clusters[best].questions.append(question)
        middles[best].add(vector)
        for stem in vector:
            holders[stem].add(best)
    for found, middle in zip(clusters, middles, strict=True):
        found.topic = _topic(found.questions, middle)
        texts = {" ".join(terms.words(q.text)): q.text for q in reversed(found.questions)}
        found.examples = tuple(texts.values())[::-1][:EXAMPLES]
    return sorted(
        clusters,
        key=lambda one: (len(one.questions), max(question.at for question in one.questions)),
        reverse=True,
    )


def _stems(text: str) -> Counter[str]:
    told = [word for word in terms.words(text) if len(word) > 2 and word not in EMPTY]
    return Counter(map(terms.cut, told))


def _weights(all_stems: Sequence[Counter[str]]) -> dict[str, float]:
    """Rare words weigh more; what nearly everybody writes weighs nothing, and what one person
    alone writes little: it can't join their question to another."""
    held = Counter(stem for stems in all_stems for stem in stems)
    total = len(all_stems)
    found: dict[str, float] = {}
    for stem, count in held.items():
        if count == 1:
            found[stem] = ALONE
        elif total >= FEW and count > COMMON * total:
            found[stem] = 0.0
        else:
            found[stem] = 1 + math.log(total / count)
    return found


def _vector(stems: Counter[str], weight: dict[str, float]) -> dict[str, float]:
    found = {stem: weight[stem] for stem in stems if weight[stem] > 0}
    length = math.sqrt(sum(value * value for value in found.values()))
    return {stem: value / length for stem, value in found.items()} if length else {}


def _topic(questions: Sequence[Question], middle: _Middle) -> tuple[str, ...]:
    """The heaviest stems, each as the word that people used most."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for question in questions:
        for word in terms.words(question.text):
            used[terms.cut(word)][word] += 1
    heaviest = sorted(middle.sum, key=lambda stem: (-middle.sum[stem], stem))[:TOPIC_WORDS]
    return tuple(used[stem].most_common(1)[0][0] for stem in heaviest)
