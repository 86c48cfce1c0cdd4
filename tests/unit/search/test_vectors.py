"""Vectors by content."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge.search import vectors
from bot.knowledge.search.vectors import VectorStore


class Counting:
    """Computes a vector from a text's letters, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[len(text), text.count("a"), 1] for text in texts], np.float32)


@pytest.fixture
def new_process(monkeypatch: pytest.MonkeyPatch):
    """A function that forgets what the process has computed."""
    return lambda: monkeypatch.setattr(vectors, "_memory", {})


def test_only_what_is_new_is_computed(tmp_path: Path, new_process) -> None:
    new_process()
    compute = Counting()
    first = VectorStore("model", 3, tmp_path).get(["alpha", "beta", "alpha"], compute)
    assert compute.asked.count("alpha") == 1
    new_process()
    compute = Counting()
    second = VectorStore("model", 3, tmp_path).get(["beta", "gamma", "alpha"], compute)
    assert compute.asked == ["gamma"]
    assert np.array_equal(first[[1, 0]], second[[0, 2]])


def test_the_process_remembers_without_a_directory(new_process) -> None:
    new_process()
    VectorStore("model", 3, None).get(["alpha"], Counting())
    compute = Counting()
    VectorStore("model", 3, None).get(["alpha"], compute)
    assert compute.asked == []


def test_another_model_has_its_own_vectors(tmp_path: Path, new_process) -> None:
    new_process()
    VectorStore("one", 3, tmp_path).get(["alpha"], Counting())
    compute = Counting()
    VectorStore("two", 3, tmp_path).get(["alpha"], compute)
    assert compute.asked == ["alpha"]


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 cut short"])
def test_a_damaged_file_costs_time_only(tmp_path: Path, new_process, content: bytes) -> None:
    (tmp_path / "vectors-model.npz").write_bytes(content)
    new_process()
    compute = Counting()
    found = VectorStore("model", 3, tmp_path).get(["alpha"], compute)
    assert compute.asked == ["alpha"]
    assert found.shape == (1, 3)
    new_process()
    again = Counting()
    VectorStore("model", 3, tmp_path).get(["alpha"], again)
    assert again.asked == []


def test_a_directory_that_cannot_be_made_costs_time_only(tmp_path: Path, new_process) -> None:
    new_process()
    (tmp_path / "file").write_text("in the way")
    found = VectorStore("model", 3, tmp_path / "file" / "cache").get(["alpha"], Counting())
    assert found.shape == (1, 3)


def test_vectors_that_ship_need_not_be_computed(
    tmp_path: Path, new_process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "SHIPPED", tmp_path / "shipped")
    new_process()
    store = VectorStore("model", 3, None)
    store.get(["alpha", "beta"], Counting())
    assert store.ship(["alpha"]).is_file()
    new_process()
    compute = Counting()
    VectorStore("model", 3, None).get(["alpha", "beta"], compute)
    assert compute.asked == ["beta"]


def test_no_texts_no_rows(new_process) -> None:
    new_process()
    assert VectorStore("model", 3, None).get([], Counting()).shape == (0, 3)
