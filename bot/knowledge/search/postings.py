"""Term postings with scores worked out in advance (BM25F), and the best documents for some terms.

Every posting holds the finished score of its term in its document, so a query only adds up
numbers. Terms found in a large part of all documents are kept as a row over all documents as well:
adding a row is quicker than adding a long list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

DENSE_SHARE = 1 / 10
"""A term in more than this share of the documents also has a row over all of them."""

SMALL_TABLE = 6_000_000
"""With at most this many cells (terms by documents), every term has a row."""

SORT_ALL = 2_000
"""Up to this many documents, sorting all is quicker than first choosing the best."""


_HAND = 64
"""Scores in a hand, see `_floor`."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents by term. `starts` has one more item than there are terms.

    `documents`, `scores` and `fields` (a bit by field, see `fields.FIELDS`) run in parallel;
    within a term, documents ascend. `idf` is by term. `rows` are terms over all documents, and
    `row_of` is a term's row, or -1; `highest` is the highest score in each row.
    """

    size: int
    starts: NDArray[np.int64]
    documents: Ints
    scores: Floats
    fields: NDArray[np.uint16]
    idf: Floats
    row_of: Ints
    rows: Floats
    highest: Floats

    def of(self, term: int) -> tuple[Ints, Floats]:
        """Documents that have the term, ascending, and the term's score in each."""
        start, end = self.starts[term], self.starts[term + 1]
        return self.documents[start:end], self.scores[start:end]

    def fields_of(self, term: int, document: int) -> int:
        """Bits of the fields of the document in which the term stands; 0 if it lacks the term."""
        start, end = int(self.starts[term]), int(self.starts[term + 1])
        at = start + int(np.searchsorted(self.documents[start:end], document))
        return int(self.fields[at]) if at < end and self.documents[at] == document else 0

    def score(self, terms: Sequence[int], weights: Sequence[float]) -> Floats:
        """Score of every document for weighted terms, none twice."""
        if len(self.rows) == len(self.idf):
            return np.array(weights, np.float32) @ self.rows[np.array(terms, np.intp)]
        total, frequent = self._rare(terms, weights)
        for row, weight in frequent:
            total += self.rows[row] * np.float32(weight)
        return total

    def best(
        self, terms: Sequence[int], weights: Sequence[float], limit: int
    ) -> tuple[Ints, Floats]:
        """The `limit` best documents with a score above zero, best first, and their scores."""
        if self.size <= SORT_ALL:
            return top(self.score(terms, weights), limit)
        total, frequent = self._rare(terms, weights)
        # What frequent terms can add at most; a document further behind cannot catch up.
        reach = sum(weight * float(self.highest[row]) for row, weight in frequent)
        floor = _floor(total, limit) - reach
        if floor > 0:
            near = np.flatnonzero(total >= np.float32(floor))
            partial = total[near]
            for row, weight in frequent:
                partial += self.rows[row][near] * np.float32(weight)
            places, values = top(partial, limit)
            return near[places].astype(np.int32), values
        for row, weight in frequent:
            total += self.rows[row] * np.float32(weight)
        return top(total, limit)

    def _rare(
        self, terms: Sequence[int], weights: Sequence[float]
    ) -> tuple[Floats, list[tuple[int, float]]]:
        """Scores from the terms without a row, and the rows and weights still to be added."""
        total = np.zeros(self.size, np.float32)
        frequent: list[tuple[int, float]] = []
        for term, weight in zip(terms, weights, strict=True):
            row = int(self.row_of[term])
            if row >= 0:
                frequent.append((row, weight))
            else:
                documents, scores = self.of(term)
                np.add.at(total, documents, scores if weight == 1 else scores * np.float32(weight))
        return total, frequent


def _floor(total: Floats, limit: int) -> float:
    """A number that at least `limit` of the scores reach, found quicker than the exact one.

    The scores are dealt into many small hands; the best of each hand is one score, so the
    `limit`-th best hand is reached by at least that many.
    """
    hands = len(total) // _HAND
    best = total[: hands * _HAND].reshape(_HAND, hands).max(axis=0)
    return float(np.partition(best, -limit)[-limit]) if hands > limit else 0.0


def top(total: Floats, limit: int) -> tuple[Ints, Floats]:
    """Positions and values of the largest positive numbers, largest first, ties by position."""
    if len(total) <= SORT_ALL:
        order = np.argsort(-total, kind="stable")[:limit]
        values = total[order]
        count = int(np.count_nonzero(values > 0))
        return order[:count].astype(np.int32), values[:count]
    edge = max(_floor(total, limit), float(np.finfo(np.float32).tiny))
    chosen = np.flatnonzero(total >= np.float32(edge))
    values = total[chosen]
    if len(values) > limit * 8:
        near = np.flatnonzero(values >= np.partition(values, -limit)[-limit])
        chosen, values = chosen[near], values[near]
    order = np.argsort(-values, kind="stable")[:limit]
    return chosen[order].astype(np.int32), values[order]


def assemble(
    size: int,
    starts: NDArray[np.int64],
    documents: Ints,
    frequency: Floats,
    fields: NDArray[np.uint16],
    idf: Floats,
    saturation: float,
) -> Postings:
    """Postings from occurrences sorted by term and document, one for each pair of the two.

    `starts` is where each term's begin, and the end; `frequency` is weighted by field and length;
    `saturation` is BM25's k1.
    """
    scores = np.repeat(idf, np.diff(starts))
    share = frequency + np.float32(saturation)
    np.divide(frequency, share, out=share)
    scores *= share
    return with_rows(size, starts, documents, scores, fields, idf)


def with_rows(
    size: int,
    starts: NDArray[np.int64],
    documents: Ints,
    scores: Floats,
    fields: NDArray[np.uint16],
    idf: Floats,
) -> Postings:
    """Postings with rows worked out for frequent terms, or for all if that takes little."""
    counts = np.diff(starts)
    if len(idf) * size <= SMALL_TABLE:
        frequent: NDArray[Any] = np.arange(len(idf))
        rows = np.zeros((len(idf), size), np.float32)
        rows[np.repeat(frequent, counts), documents] = scores
    else:
        frequent = np.flatnonzero(counts > size * DENSE_SHARE)
        rows = np.zeros((len(frequent), size), np.float32)
        for row, term in enumerate(frequent.tolist()):
            start, end = starts[term], starts[term + 1]
            rows[row, documents[start:end]] = scores[start:end]
    row_of = np.full(len(idf), -1, np.int32)
    row_of[frequent] = np.arange(len(frequent), dtype=np.int32)
    highest = rows.max(axis=1, initial=0)
    return Postings(size, starts, documents, scores, fields, idf, row_of, rows, highest)
