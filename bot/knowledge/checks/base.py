"""What the checks look at, and what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bot.knowledge.disarm import Disarm
from bot.knowledge.findings import Path
from bot.knowledge.kinds import Entry
from bot.knowledge.passages import Passages
from bot.knowledge.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Issue:
    """A fault at a path of an entry's file; the place in the text is looked up later."""

    code: str
    file: str
    path: Path
    message: str
    hint: str
    key: bool = False
    """The key is meant and not its value."""
    needle: str = ""
    """The piece of the text that is meant, to point at within a long one."""


@dataclass(frozen=True, slots=True)
class Record:
    """One entry's file: the entry, or only its plain data where its shape is wrong."""

    file: str
    """Path relative to the parent of the knowledge directory."""
    id: str
    kind: str
    node: Any
    """The entry, or plain data of any shape."""
    entry: Entry | None

    def issue(
        self,
        code: str,
        path: Path,
        message: str,
        hint: str,
        *,
        key: bool = False,
        needle: str = "",
    ) -> Issue:
        return Issue(code, self.file, path, message, hint, key, needle)


@dataclass(frozen=True)
class Base:
    """The whole knowledge base as the checks see it."""

    records: tuple[Record, ...]
    vocabulary: Vocabulary | None
    disarm: Disarm | None
    passages: Passages | None
    today: dt.date
    unreadable: frozenset[str] = field(default=frozenset())
    """Ids (by file name) of files that could not be read: they exist, but nothing is known."""

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        """The first record of each id."""
        found: dict[str, Record] = {}
        for record in self.records:
            found.setdefault(record.id, record)
        return found
