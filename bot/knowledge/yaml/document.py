"""A YAML text as plain data, with the place of every key and value and all that is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.knowledge.findings import Fault, Path, Place

NEEDLE_LINES = 400
"""How many lines of a long text are searched for the piece that is meant."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a key and its value stand; `raw` is the scalar as typed, None for lists and maps."""

    key: Place | None
    value: Place
    raw: str | None = None
    plain: bool = False


@dataclass(slots=True)
class Document:
    """Data (None if unreadable), spots by path, and faults so far."""

    data: Any = None
    spots: dict[Path, Spot] = field(default_factory=dict[Path, Spot])
    faults: list[Fault] = field(default_factory=list[Fault])
    readable: bool = True
    lines: tuple[str, ...] = ()

    def place_near(self, path: Path, needle: str) -> Place:
        """The place of a piece of text within a value; that of the value if it is not found."""
        start = self.place(path)
        for number in range(start.line, min(start.line + NEEDLE_LINES, len(self.lines) + 1)):
            line = self.lines[number - 1]
            found = line.find(needle, start.column - 1 if number == start.line else 0)
            if found >= 0:
                return Place(number, found + 1)
        return start

    def place(self, path: Path, *, key: bool = False) -> Place:
        """The place of a value (or of its key), or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            spot = self.spots.get(path[:length])
            if spot is None:
                continue
            if key and length == len(path) and spot.key is not None:
                return spot.key
            return spot.value if length == len(path) or spot.key is None else spot.key
        return Place(1, 1)
