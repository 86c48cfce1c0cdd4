"""The indexes on disk."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge.search import storing
from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.search.result import SearchResult
from bot.knowledge.snapshot import Snapshot


def answers(engine: SearchEngine, golden) -> list[list[tuple[str, float, object]]]:
    results: list[SearchResult] = [engine.search(item.ask) for item in golden.questions[::3]]
    return [
        [(hit.entry.id, round(hit.score, 6), hit.why) for hit in result.hits] for result in results
    ]


def test_what_is_read_again_answers_as_before(
    snapshot: Snapshot, golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = SearchEngine(snapshot, cache_dir=tmp_path, semantic=False)
    assert storing.place(tmp_path, snapshot).is_file()

    def never(*_: object) -> None:
        raise AssertionError("the index was built again")

    monkeypatch.setattr("bot.knowledge.search.index.LexicalIndex.build", never)
    second = SearchEngine(snapshot, cache_dir=tmp_path, semantic=False)
    assert answers(first, golden) == answers(second, golden)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut short"])
def test_a_damaged_file_is_built_anew(snapshot: Snapshot, tmp_path: Path, content: bytes) -> None:
    path = storing.place(tmp_path, snapshot)
    path.write_bytes(content)
    assert SearchEngine(snapshot, cache_dir=tmp_path, semantic=False).search("buffer zone").hits
    with np.load(path) as stored:
        assert "idf" in stored.files


def test_another_revision_has_another_file(snapshot: Snapshot, tmp_path: Path) -> None:
    for number in range(storing.KEPT + 2):
        changed = dataclasses.replace(snapshot, revision=f"revision{number}")
        SearchEngine(changed, cache_dir=tmp_path, semantic=False)
    kept = list(tmp_path.glob("index-*.npz"))
    assert len(kept) == storing.KEPT
    assert storing.place(tmp_path, changed) in kept


def test_a_directory_that_cannot_be_made_costs_time_only(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    engine = SearchEngine(snapshot, cache_dir=tmp_path / "file" / "cache", semantic=False)
    assert engine.search("buffer zone").hits
