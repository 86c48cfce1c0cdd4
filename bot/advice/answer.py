"""What the advice layer returns: plain data that Discord, the terminal and documents render."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.search.result import Reason

Outcome = Literal["answered", "nothing-on-file", "refused"]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as it is shown: `reliability` is the Admiralty letter A to F."""

    id: str
    title: str
    publisher: str
    url: str | None
    published: dt.date | None
    reliability: str


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of an answer: prose (Markdown), then points. `id` is stable for layout."""

    id: str
    title: str
    text: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A way on to another entry, for buttons and selects."""

    id: str
    kind: str
    title: str
    relation: str
    """Relation type, or `match` for another search result, or `suggestion` to browse."""
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. Every sentence in it comes from the knowledge base or a system text.

    `entries` are the ids answered, first the main one; `links` lead on by kind
    (red lines, options, templates, other matches, suggestions when nothing is on file).
    """

    outcome: Outcome
    command: str
    query: str | None
    entry_id: str | None
    kind: str | None
    title: str
    bottom_line: str
    key_points: tuple[str, ...]
    sections: tuple[Section, ...]
    caveats: tuple[str, ...]
    confidence: Literal["high", "moderate", "low"] | None
    tlp: str
    """Highest marking of what the answer contains: clear, green, amber, amber+strict, red."""
    status: str | None
    reviewed: dt.date | None
    review_overdue: bool
    sources: tuple[SourceLine, ...]
    passages: tuple[str, ...]
    links: tuple[Link, ...]
    why: tuple[Reason, ...]
    entries: tuple[str, ...]
    language: str
    """Language that the answer is in."""
    language_note: Literal["", "untranslated", "awaiting-native-review"]
    revision: str
