"""How entries hang together: the ladder, inner ids, quotes and their sources, orphans."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.checks.base import Base, Issue, Record
from bot.knowledge.findings import Path
from bot.knowledge.kinds import Escalation, Source
from bot.knowledge.reading.paths import select

INNER_IDS = ("indicators.*.id", "must_say.*.id", "never_say.*.id", "ambiguity.*.id")


def check(base: Base) -> Iterator[Issue]:
    yield from _ladder(base)
    yield from _inner_ids(base)
    cited: set[str] = set()
    for record in base.records:
        cited.update(_cited(record))
        yield from _quotes(record)
    for record in base.records:
        source = record.entry
        if isinstance(source, Source) and source.id not in cited and source.status != "retired":
            yield record.issue(
                "KB212",
                ("id",),
                "no entry cites this source",
                "cite it where it is used, or delete the file",
            )


def _cited(record: Record) -> Iterator[str]:
    for pattern in ("sources.*", "caveats.*.sources.*", "quotes.*.source", "related.*.entry"):
        for _, target in select(record.node, pattern):
            if isinstance(target, str) and target != record.id:
                yield target


def _quotes(record: Record) -> Iterator[Issue]:
    named = {target for _, target in select(record.node, "sources.*")}
    for path, source in select(record.node, "quotes.*.source"):
        if isinstance(source, str) and source and source not in named:
            yield record.issue(
                "KB210",
                path,
                f"the quote's source '{source}' is not among the sources of the entry",
                f"add '{source}' to 'sources'",
            )


def _ladder(base: Base) -> Iterator[Issue]:
    levels: dict[tuple[str, int], Record] = {}
    for record in base.records:
        phase = record.entry
        if not isinstance(phase, Escalation):
            continue
        if phase.level == 0 and not phase.phases:
            yield record.issue(
                "KB211",
                ("level",),
                "level 0 is the ladder as a whole, but it names no phases",
                "add 'phases:' with the ids of the phases from lowest to highest",
            )
        if phase.level > 0 and phase.phases:
            yield record.issue(
                "KB211",
                ("phases",),
                "only the ladder as a whole (level 0) names phases",
                "delete 'phases' here",
                key=True,
            )
        if phase.level == 0:
            yield from _order(base, record, phase)
        first = levels.setdefault((phase.situation, phase.level), record)
        if first is not record:
            yield record.issue(
                "KB211",
                ("level",),
                f"level {phase.level} is taken by '{first.id}'",
                "give the phase a level of its own",
            )


def _order(base: Base, record: Record, ladder: Escalation) -> Iterator[Issue]:
    last = 0
    for position, target in enumerate(ladder.phases):
        found = base.by_id.get(target)
        if found is None or not isinstance(found.entry, Escalation):
            continue
        if found.entry.level <= last:
            yield record.issue(
                "KB211",
                ("phases", position),
                f"'{target}' (level {found.entry.level}) stands above a phase of level {last}",
                "list the phases from the lowest level to the highest",
            )
        last = max(last, found.entry.level)


def _inner_ids(base: Base) -> Iterator[Issue]:
    for pattern in INNER_IDS:
        seen: dict[str, tuple[Record, Path]] = {}
        for record in base.records:
            for path, inner in select(record.node, pattern):
                if not isinstance(inner, str) or not inner:
                    continue
                first, first_path = seen.setdefault(inner, (record, path))
                if (first, first_path) != (record, path):
                    where = "this entry" if first is record else f"'{first.id}'"
                    yield record.issue(
                        "KB214",
                        path,
                        f"the id '{inner}' is already used in {where}",
                        "give it an id of its own",
                    )
