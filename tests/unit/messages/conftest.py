"""The shipped templates, and small ones made for a single rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.kinds import Template
from bot.knowledge.reading import load
from bot.knowledge.snapshot import Snapshot

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """The entries that can be read: a slip in another kind of entry is not about messages."""
    readable = load(KNOWLEDGE).readable
    assert readable is not None
    return readable


@pytest.fixture(scope="session")
def make_slot() -> Callable[..., dict[str, Any]]:
    return slot


@pytest.fixture(scope="session")
def make_template() -> Callable[..., Template]:
    """A template with this text and these slots; anything else can be set by name."""

    def make(
        text: str = "Something happened at {place}.",
        slots: dict[str, dict[str, Any]] | None = None,
        **changes: Any,
    ) -> Template:
        fields: dict[str, Any] = {
            "id": "tpl-made-for-a-test",
            "kind": "template",
            "title": "Made for a test",
            "summary": "A template for one test.",
            "body": "Use it in a test.",
            "situation": "baltic-withdrawal-demand",
            "confidence": "high",
            "tlp": "clear",
            "status": "reviewed",
            "reviewed": dt.date(2026, 11, 20),
            "review_by": dt.date(2027, 5, 20),
            "purpose": "holding",
            "redlines": ["redline-presence-not-negotiable"],
            "channel": "holding-statement",
            "audiences": ["press"],
            "tone": "firm",
            "slots": {"place": slot("place")} if slots is None else slots,
            "variants": {"en": {"text": text, "review": "original"}},
        }
        return Template.model_validate(fields | changes)

    return make


def slot(kind: str = "text", **changes: Any) -> dict[str, Any]:
    """A slot of this type, required, with room for 100 characters."""
    return {
        "type": kind,
        "label": f"The {kind}",
        "help": "What to type here",
        "example": "An example",
    } | changes
