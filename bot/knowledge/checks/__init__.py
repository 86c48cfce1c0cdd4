"""Checks of what entries say and how they hang together, one concern a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.knowledge.checks import references
from bot.knowledge.checks.base import Base, Issue, Record

CHECKS: tuple[Callable[[Base], Iterator[Issue]], ...] = (references.check,)

__all__ = ["CHECKS", "Base", "Issue", "Record"]
