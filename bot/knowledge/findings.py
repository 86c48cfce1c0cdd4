"""What the checker found: a stable code, a place in a file, a sentence and what to type."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
Path = tuple[str | int, ...]
"""Where in an entry: keys and list positions, as in `("related", 0, "entry")`."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding that does not know its file yet."""

    code: str
    place: Place
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `file` is relative to the parent of the knowledge directory."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    message: str
    hint: str

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sorts findings as a reader meets them: by file, from top to bottom."""
        return (self.file, self.line, self.column, self.code, self.message)

    def as_json(self) -> dict[str, str | int]:
        """The finding as the contract of `redline kb check --json` spells it."""
        return asdict(self)
