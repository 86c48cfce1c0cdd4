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

SMALL_TABLE = 4_000_000
"""With at most this many cells (terms by documents), every term has a row."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents by term. `starts` has one more item than there are terms.

    `documents`, `scores` and `fields` (a bit by field, see `fields.FIELDS`) run in parallel;
    within a term, documents ascend. `idf` is by term.
    """

    size: int
    starts: NDArray[np.int64]
    documents: Ints
    scores: Floats
    fields: NDArray[np.uint16]
    idf: Floats
    row_of: Ints
    rows: Floats

    @property
    def terms(self) -> int:
        return len(self.idf)

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
        """Score of every document for weighted terms."""
        total = np.zeros(self.size, np.float32)
        for term, weight in zip(terms, weights, strict=True):
            row = self.row_of[term]
            if row >= 0:
                total += self.rows[row] if weight == 1 else self.rows[row] * np.float32(weight)
            else:
                documents, scores = self.of(term)
                total[documents] += scores if weight == 1 else scores * np.float32(weight)
        return total

    def best(
        self, terms: Sequence[int], weights: Sequence[float], limit: int
    ) -> tuple[Ints, Floats]:
        """The `limit` best documents with a score above zero, best first, and their scores."""
        return top(self.score(terms, weights), limit)


def top(total: Floats, limit: int) -> tuple[Ints, Floats]:
    """Positions and values of the largest positive numbers, largest first, ties by position."""
    if len(total) > limit * 4:
        chosen = np.argpartition(total, -limit)[-limit:]
        # Of equals at the edge argpartition takes any: a stable answer takes the first.
        edge = total[chosen].min()
        if edge > 0:
            above = np.flatnonzero(total > edge)
            equal = np.flatnonzero(total == edge)[: limit - len(above)]
            chosen = np.concatenate((above, equal))
        else:
            chosen = np.flatnonzero(total > 0)
    else:
        chosen = np.flatnonzero(total > 0)
    values = total[chosen]
    order = np.lexsort((chosen, -values))[:limit]
    return chosen[order].astype(np.int32), values[order]


def assemble(
    size: int,
    keys: NDArray[np.int64],
    weights: Floats,
    fields: NDArray[np.uint16],
    idf: Floats,
    saturation: float,
) -> Postings:
    """Postings from weighted occurrences; `keys` are `term * size + document`, repeats are added.

    `weights` are occurrences already weighted by field and length; `saturation` is BM25's k1.
    """
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first: NDArray[Any] = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else keys
    if len(keys):
        frequency = np.add.reduceat(weights[order], first)
        fields = np.bitwise_or.reduceat(fields[order], first)
        keys = keys[first]
    else:
        frequency = weights
    terms = keys // size if size else keys
    documents = (keys - terms * size).astype(np.int32)
    starts = np.searchsorted(terms, np.arange(len(idf) + 1)).astype(np.int64)
    scores = (idf[terms] * frequency / (frequency + np.float32(saturation))).astype(np.float32)
    return with_rows(size, starts, documents, scores, fields, idf)


def with_rows(
    size: int,
    starts: NDArray[np.int64],
    documents: Ints,
    scores: Floats,
    fields: NDArray[np.uint16],
    idf: Floats,
) -> Postings:
    """Postings with rows worked out for frequent terms."""
    counts = np.diff(starts)
    small = len(idf) * size <= SMALL_TABLE
    frequent = np.arange(len(idf)) if small else np.flatnonzero(counts > size * DENSE_SHARE)
    row_of = np.full(len(idf), -1, np.int32)
    row_of[frequent] = np.arange(len(frequent), dtype=np.int32)
    rows = np.zeros((len(frequent), size), np.float32)
    for row, term in enumerate(frequent):
        start, end = starts[term], starts[term + 1]
        rows[row, documents[start:end]] = scores[start:end]
    return Postings(size, starts, documents, scores, fields, idf, row_of, rows)
