"""Ways on from an entry: what it names, what names it, and what those lead to."""

from __future__ import annotations

from collections.abc import Iterable

from bot.advice.answer import Link
from bot.advice.clearance import Clearance
from bot.knowledge.kinds import Entry
from bot.knowledge.search.result import SearchResult
from bot.knowledge.snapshot import Snapshot, references

PER_KIND = 25
"""A Discord select takes 25 options, and there is one select a kind."""

BY_WAY_OF = {"redline": "template", "escalation": "countermeasure"}
"""From the kind on the left, which an entry names, one goes on to the kind on the right."""


def links_of(
    entry: Entry, snapshot: Snapshot, clearance: Clearance, result: SearchResult | None = None
) -> tuple[Link, ...]:
    """Links from this entry, nearest first, without what the asker may not see."""
    found: dict[str, Link] = {}

    def add(target_id: str, relation: str) -> None:
        target = snapshot.get(target_id)
        if target is None or target.id == entry.id or target.id in found:
            return
        if target.kind == "source" or target.status == "retired":
            return
        if clearance.admits(target.tlp):
            found[target.id] = link_to(target, relation)

    for relation in entry.related:
        add(relation.entry, relation.type)
    for target_id in references(entry):
        add(target_id, "names")
    for referrer in snapshot.referrers.get(entry.id, ()):
        add(referrer, "named-by")
    for near in list(found.values()):
        onward = BY_WAY_OF.get(near.kind)
        if onward is None:
            continue
        for far_id in _neighbours(near.id, snapshot):
            far = snapshot.get(far_id)
            if far is not None and far.kind == onward:
                add(far_id, "by-way-of")
    # What also matched is listed apart: a red line that does both must not leave the red lines.
    matches = [
        Link(hit.entry.id, hit.entry.kind, hit.entry.title, "match", hit.why)
        for hit in (result.hits if result else ())
        if hit.entry.id != entry.id
    ]
    return tuple(_capped([*found.values(), *matches]))


def suggestions(entries: Iterable[Entry]) -> tuple[Link, ...]:
    """Topics to browse where nothing is on file."""
    return tuple(link_to(entry, "suggestion") for entry in entries)


def link_to(entry: Entry, relation: str) -> Link:
    return Link(entry.id, entry.kind, entry.title, relation)


def _neighbours(entry_id: str, snapshot: Snapshot) -> Iterable[str]:
    entry = snapshot.get(entry_id)
    if entry is not None:
        yield from references(entry)
    yield from snapshot.referrers.get(entry_id, ())


def _capped(links: Iterable[Link]) -> Iterable[Link]:
    counts: dict[str, int] = {}
    for link in links:
        group = "match" if link.relation == "match" else link.kind
        counts[group] = counts.get(group, 0) + 1
        if counts[group] <= PER_KIND:
            yield link
