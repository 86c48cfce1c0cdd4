"""References between entries: every id exists, is of the right kind, and is not retired."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.knowledge import words
from bot.knowledge.checks.base import Base, Issue, Record
from bot.knowledge.findings import Path
from bot.knowledge.kinds import FOLDERS
from bot.knowledge.reading.paths import select

TARGETS: dict[str, str | None] = {
    "sources.*": "source",
    "caveats.*.sources.*": "source",
    "quotes.*.source": "source",
    "related.*.entry": None,
    "redlines.*": "redline",
    "phases.*": "escalation",
    "basis.*": "law",
    "say.*": "template",
    "do.*": "countermeasure",
    "conflicts_with.*": "countermeasure",
    "legal.law.*": "law",
}
"""Which kind a reference points to, by where it stands; None for any kind but a source."""

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What has not even this form is told as a fault of its shape."""

ONCE = (
    "sources",
    "passages",
    "redlines",
    "phases",
    "basis",
    "say",
    "do",
    "conflicts_with",
    "effects",
    "audiences",
    "disarm",
)
"""Lists in which nothing may stand twice."""


def check(base: Base) -> Iterator[Issue]:
    yield from _duplicate_ids(base)
    for record in base.records:
        for pattern, kind in TARGETS.items():
            for path, target in select(record.node, pattern):
                if isinstance(target, str) and ID.fullmatch(target):
                    yield from _reference(base, record, path, target, kind)
        yield from _twice(record)


def _duplicate_ids(base: Base) -> Iterator[Issue]:
    for record in base.records:
        first = base.by_id[record.id]
        if first is not record:
            for one, other in ((first, record), (record, first)):
                yield one.issue(
                    "KB113",
                    ("id",),
                    f"the id '{record.id}' is used by two files",
                    f"the other one is {other.file}; give one of them another id",
                )


def _reference(
    base: Base, record: Record, path: Path, target: str, kind: str | None
) -> Iterator[Issue]:
    if target == record.id:
        yield record.issue(
            "KB204", path, f"the entry refers to itself ('{target}')", "delete this line"
        )
        return
    found = base.by_id.get(target)
    if found is None:
        if target not in base.unreadable:
            yield _unknown(base, record, path, target, kind)
        return
    if kind is not None and found.kind != kind:
        near = words.nearest(target, _ids(base, kind))
        yield record.issue(
            "KB203",
            path,
            f"'{target}' is of kind {found.kind}; here stands the id of a {kind}",
            f"did you mean {words.either(near)}?" if near else f"write the id of a {kind}",
        )
        return
    if found.entry is not None and found.entry.status == "retired":
        if record.entry is not None and record.entry.status == "retired":
            return
        successors = [
            other.id
            for other in base.records
            for relation in (other.entry.related if other.entry else ())
            if relation.type == "instead-of" and relation.entry == target
        ]
        yield record.issue(
            "KB202",
            path,
            f"'{target}' is retired",
            f"refer to {words.either(successors)} instead"
            if successors
            else "delete the reference, or refer to an entry that is in use",
        )


def _unknown(base: Base, record: Record, path: Path, target: str, kind: str | None) -> Issue:
    near = words.nearest(target, _ids(base, kind))
    folder = FOLDERS[kind] if kind else "…"
    return record.issue(
        "KB201",
        path,
        f"there is no {kind or 'entry'} with the id '{target}'",
        (f"did you mean {words.either(near)}? otherwise" if near else "check the spelling, or")
        + f" write knowledge/{folder}/{target}.yaml",
    )


def _ids(base: Base, kind: str | None) -> list[str]:
    return [each.id for each in base.by_id.values() if kind is None or each.kind == kind]


def _twice(record: Record) -> Iterator[Issue]:
    for name in ONCE:
        seen: dict[str, Path] = {}
        for path, value in select(record.node, f"{name}.*"):
            if not isinstance(value, str) or not value:
                continue
            if value in seen:
                yield record.issue(
                    "KB205", path, f"'{value}' stands twice in '{name}'", "delete one of the two"
                )
            seen.setdefault(value, path)
    pairs: set[tuple[object, object]] = set()
    for path, relation in select(record.node, "related.*"):
        pair = tuple(value for name in ("type", "entry") for _, value in select(relation, name))
        if len(pair) == 2 and all(isinstance(value, str) for value in pair):
            if pair in pairs:
                yield record.issue(
                    "KB205",
                    path,
                    f"the relation '{pair[0]}' to '{pair[1]}' stands twice",
                    "delete one of the two",
                )
            pairs.add(pair)
