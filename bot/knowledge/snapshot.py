"""The whole knowledge base at one moment, immutable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from bot.knowledge.disarm import Disarm
from bot.knowledge.kinds import Entry
from bot.knowledge.search.calibration import Calibration
from bot.knowledge.search.intents import Intents
from bot.knowledge.search.off_topic import OffTopic
from bot.knowledge.search.taught import Taught
from bot.knowledge.vocabulary import Vocabulary


@dataclass(frozen=True)
class Snapshot:
    """All entries by id, with a revision that changes when any byte of any file changes."""

    entries: Mapping[str, Entry]
    vocabulary: Vocabulary
    revision: str
    """First twelve hexadecimal digits of the content hash."""
    intents: Intents | None = None
    """The words by which people ask for a kind of entry; None where the file is missing."""
    calibration: Calibration | None = None
    """The numbers that the search was calibrated to; None before the first calibration."""
    disarm: Disarm | None = None
    """Names of the DISARM identifiers that entries carry; None where the list is missing."""
    off_topic: OffTopic | None = None
    """Examples of what the knowledge base is not about; None where the file is missing."""
    taught: Taught | None = None
    """What calibration learnt about meaning; None before the first calibration."""
    wording: Taught | None = None
    """What it learnt about words."""
    loaded_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))

    def get(self, entry_id: str) -> Entry | None:
        return self.entries.get(entry_id)

    def of_kind(self, *kinds: str) -> tuple[Entry, ...]:
        """Entries of these kinds, in order of id."""
        return tuple(entry for entry in self.entries.values() if entry.kind in kinds)

    @cached_property
    def referrers(self) -> Mapping[str, tuple[str, ...]]:
        """By entry id: the ids of the entries that refer to it, sorted."""
        found: dict[str, set[str]] = {}
        for entry in self.entries.values():
            for target in references(entry):
                found.setdefault(target, set()).add(entry.id)
        return MappingProxyType({key: tuple(sorted(ids)) for key, ids in found.items()})

    @cached_property
    def passages(self) -> Mapping[str, tuple[str, ...]]:
        """By passage number: the ids of the entries that cite it, sorted."""
        found: dict[str, list[str]] = {}
        for entry in self.entries.values():
            for passage in entry.passages:
                found.setdefault(passage, []).append(entry.id)
        return MappingProxyType({key: tuple(sorted(ids)) for key, ids in found.items()})


def references(entry: Entry) -> Iterable[str]:
    """Ids of the entries that this one names in its relations and in its kind's own fields."""
    # Not by getattr: what a kind lacks costs a model many times more to say.
    fields = entry.__dict__
    yield from (relation.entry for relation in entry.related)
    for name in ("redlines", "basis", "phases", "say", "do", "conflicts_with"):
        yield from fields.get(name, ())
    legal = fields.get("legal")
    if legal is not None:
        yield from legal.law
