"""Scores of documents, compared with adding them up one by one."""

from __future__ import annotations

import numpy as np
import pytest

from bot.knowledge.search import postings as module
from bot.knowledge.search.postings import SORT_ALL, Postings, top, with_rows


def make(size: int, terms: int, seed: int) -> Postings:
    generator = np.random.default_rng(seed)
    starts, documents, scores = [0], [], []
    for term in range(terms):
        share = 0.5 if term % 7 == 0 else 0.02
        owners = np.flatnonzero(generator.random(size) < share)
        documents.append(owners)
        # Few different values, so that there are ties to break.
        scores.append(generator.integers(1, 5, len(owners)) / 4)
        starts.append(starts[-1] + len(owners))
    return with_rows(
        size,
        np.array(starts, np.int64),
        np.concatenate(documents).astype(np.int32),
        np.concatenate(scores).astype(np.float32),
        np.ones(starts[-1], np.uint16),
        np.ones(terms, np.float32),
    )


def added_up(postings: Postings, terms: list[int], weights: list[float]) -> np.ndarray:
    total = np.zeros(postings.size, np.float64)
    for term, weight in zip(terms, weights, strict=True):
        documents, scores = postings.of(term)
        for document, score in zip(documents, scores, strict=True):
            total[document] += score * weight
    return total


@pytest.mark.parametrize("size", [1, 3, 150, SORT_ALL + 1, 9000])
@pytest.mark.parametrize("small_table", [0, module.SMALL_TABLE])
def test_the_best_are_those_with_the_highest_sums(
    size: int, small_table: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SMALL_TABLE", small_table)
    postings = make(size, 40, seed=size)
    generator = np.random.default_rng(1)
    for _ in range(60):
        terms = generator.choice(40, generator.integers(1, 8), replace=False).tolist()
        weights = generator.choice([1.0, 0.12, 0.7], len(terms)).tolist()
        total = added_up(postings, terms, weights)
        places, values = postings.best(terms, weights, 10)
        expected = sorted(
            (place for place in range(size) if total[place] > 0),
            key=lambda place: -total[place],
        )[:10]
        assert len(places) == len(expected)
        assert values.tolist() == pytest.approx([total[place] for place in expected], abs=1e-5)
        assert [total[place] for place in places] == pytest.approx(values.tolist(), abs=1e-5)
        assert len(set(places.tolist())) == len(places)


@pytest.mark.parametrize("size", [50, SORT_ALL * 2])
def test_of_equals_the_first_comes_first(size: int) -> None:
    total = np.zeros(size, np.float32)
    total[10:40] = 1
    total[45] = 2
    places, values = top(total, 5)
    assert places.tolist() == [45, 10, 11, 12, 13]
    assert values.tolist() == [2, 1, 1, 1, 1]


def test_nothing_is_best_of_nothing() -> None:
    postings = make(SORT_ALL * 2, 3, seed=1)
    assert len(postings.best([], [], 5)[0]) == 0


def test_fields_of_a_posting_and_of_none() -> None:
    postings = make(100, 5, seed=3)
    documents, _ = postings.of(1)
    assert postings.fields_of(1, int(documents[0])) == 1
    missing = next(place for place in range(100) if place not in documents.tolist())
    assert postings.fields_of(1, missing) == 0
