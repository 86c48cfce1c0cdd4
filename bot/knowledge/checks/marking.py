"""TLP: an entry is marked no lower than what it draws on."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.checks.base import Base, Issue
from bot.knowledge.reading.paths import select

TLP_ORDER = ("clear", "green", "amber", "amber+strict", "red")
DRAWN_FROM = ("sources.*", "caveats.*.sources.*", "quotes.*.source")
"""What an entry cites. A relation only leads on to another entry, which is marked by itself,
except where the entry is based on it."""


def check(base: Base) -> Iterator[Issue]:
    for record in base.records:
        entry = record.entry
        if entry is None or entry.tlp == TLP_ORDER[-1]:
            continue
        cited = [pair for pattern in DRAWN_FROM for pair in select(entry, pattern)]
        cited += [
            (("related", position, "entry"), relation.entry)
            for position, relation in enumerate(entry.related)
            if relation.type == "based-on"
        ]
        for path, target in cited:
            found = base.by_id.get(target)
            if found is None or found.entry is None:
                continue
            if TLP_ORDER.index(found.entry.tlp) > TLP_ORDER.index(entry.tlp):
                yield record.issue(
                    "KB601",
                    path,
                    f"the entry is TLP:{entry.tlp.upper()}, but cites '{target}', "
                    f"which is TLP:{found.entry.tlp.upper()}",
                    f"write 'tlp: {found.entry.tlp}', or cite something that is open",
                )
