"""The red lines that ship, and a small snapshot whose rules a test writes itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.kinds import Redline
from bot.knowledge.reading import load
from bot.knowledge.snapshot import Snapshot
from bot.knowledge.vocabulary import Vocabulary

ROOT = Path(__file__).parents[3]
MakeSnapshot = Callable[..., Snapshot]


@pytest.fixture(scope="session")
def shipped() -> Snapshot:
    snapshot = load(ROOT / "knowledge").readable
    assert snapshot is not None
    return snapshot


@pytest.fixture(scope="session")
def make(shipped: Snapshot) -> MakeSnapshot:
    """A snapshot with one red line: its rules by list, each as keyword arguments."""
    example = shipped.get("redline-presence-not-negotiable")
    assert isinstance(example, Redline)

    def rule(given: dict[str, Any]) -> dict[str, Any]:
        examples = {"en": {"bad": ["bad text"], "good": ["good text"]}}
        return {"reason": "Why.", "say_instead": "This.", "examples": examples, **given}

    def make_snapshot(status: str = "reviewed", **lists: list[dict[str, Any]]) -> Snapshot:
        fallback = [{"id": "unused", "severity": "warn", "patterns": {"en": ["zzz"]}}]
        data = example.model_dump() | {
            "status": status,
            "must_say": [rule(each) for each in lists.get("must_say", fallback)],
            "never_say": [rule(each) for each in lists.get("never_say", fallback)],
            "ambiguity": [rule(each) for each in lists.get("ambiguity", [])],
        }
        entry = Redline.model_validate(data)
        vocabulary: Vocabulary = shipped.vocabulary
        return Snapshot(entries={entry.id: entry}, vocabulary=vocabulary, revision="same")

    return make_snapshot
