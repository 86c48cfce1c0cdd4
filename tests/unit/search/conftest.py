"""The real search over the real knowledge base."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.reading import load
from bot.knowledge.search import questions
from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.search.questions import Questions
from bot.knowledge.search.semantic import encoder
from bot.knowledge.snapshot import Snapshot

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    loaded = load(KNOWLEDGE)
    assert loaded.snapshot is not None, loaded.findings[:3]
    return loaded.snapshot


@pytest.fixture(scope="session")
def lexical(snapshot: Snapshot) -> SearchEngine:
    return SearchEngine(snapshot, semantic=False)


@pytest.fixture(scope="session")
def hybrid(snapshot: Snapshot, pytestconfig: pytest.Config) -> SearchEngine:
    """Search by meaning too; vectors are kept from one run of the tests to the next."""
    if encoder() is None:
        pytest.skip("the extra `semantic` is not installed here")
    cache = getattr(pytestconfig, "cache", None)
    return SearchEngine(
        snapshot, cache_dir=cache.mkdir("redline-vectors") if cache else None, semantic=True
    )


@pytest.fixture(scope="session", params=["lexical", "hybrid"])
def engine(request: pytest.FixtureRequest) -> SearchEngine:
    """Both modes, one after the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def golden() -> Questions:
    return questions.read(KNOWLEDGE / "questions.yaml")
