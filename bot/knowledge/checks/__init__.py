"""Checks of what entries say and how they hang together, one concern a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.knowledge.checks import (
    languages,
    lifecycle,
    marking,
    references,
    structure,
    templates,
    tradecraft,
    vocabulary,
)
from bot.knowledge.checks.base import Base, Issue, Record

CHECKS: tuple[Callable[[Base], Iterator[Issue]], ...] = (
    references.check,
    vocabulary.check,
    structure.check,
    lifecycle.check,
    templates.check,
    tradecraft.check,
    marking.check,
)
"""What needs the other entries, the vocabulary or the date: made on every load."""

ENTRY_CHECKS: tuple[Callable[[Record], Iterator[Issue]], ...] = (
    languages.check_entry,
    lifecycle.check_entry,
    templates.check_entry,
    tradecraft.check_entry,
)
"""What an entry alone tells: made once for each content of a file, then remembered."""

__all__ = ["CHECKS", "ENTRY_CHECKS", "Base", "Issue", "Record"]
