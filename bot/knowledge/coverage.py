"""Which passages of the source brief are restated, and by which entries."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge.passages import Passages
from bot.knowledge.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Coverage:
    """Ids of citing entries by passage, and the content passages that nobody cites."""

    passages: dict[str, tuple[str, ...]]
    uncovered: tuple[str, ...]


def coverage(snapshot: Snapshot, passages: Passages) -> Coverage:
    """Who cites what. Sources and retired entries restate nothing and do not count."""
    counting = {
        entry.id
        for entry in snapshot.entries.values()
        if entry.kind != "source" and entry.status != "retired"
    }
    cited = {
        number: tuple(each for each in snapshot.passages.get(number, ()) if each in counting)
        for number in sorted(passages.citable | snapshot.passages.keys())
    }
    return Coverage(cited, tuple(number for number in passages.content if not cited[number]))
