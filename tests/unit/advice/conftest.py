"""The shipped knowledge base and an adviser on it, lexical, for the whole run."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.advice.adviser import Adviser
from bot.knowledge.reading import load
from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.snapshot import Snapshot

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    loaded = load(KNOWLEDGE)
    assert loaded.snapshot is not None, [str(finding) for finding in loaded.findings[:5]]
    return loaded.snapshot


@pytest.fixture(scope="session")
def adviser(snapshot: Snapshot) -> Adviser:
    return Adviser(snapshot, SearchEngine(snapshot, semantic=False))
