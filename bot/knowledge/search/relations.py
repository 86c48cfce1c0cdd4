"""Which entries belong together: named by one another, or restating the same passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from bot.knowledge.kinds import Entry
from bot.knowledge.search.signals import Floats
from bot.knowledge.snapshot import references

NAMED = 0.3
"""Nearness of an entry to one that it names."""

SPREADING = 12
"""Only the likeliest entries make others likelier."""


class Relations:
    """By entry: the entries near it, and how near (0 to 1)."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        number = {entry.id: place for place, entry in enumerate(entries)}
        near: list[dict[int, float]] = [{} for _ in entries]
        by_passage: dict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(entries):
            for target in references(entry):
                other = number.get(target)
                if other is not None and other != place:
                    near[place][other] = near[other][place] = NAMED
            for passage in entry.passages:
                by_passage[passage].append(place)
        for place, entry in enumerate(entries):
            mine = set(entry.passages)
            others = {other for passage in mine for other in by_passage[passage]} - {place}
            for other in others:
                theirs = set(entries[other].passages)
                share = len(mine & theirs) / min(len(mine), len(theirs))
                near[place][other] = max(share, near[place].get(other, 0.0))
        self._places = [np.array(list(many), np.int64) for many in near]
        self._shares = [np.array(list(many.values()), np.float32) for many in near]

    def spread(self, chance: Floats) -> Floats:
        """By entry: the chances of the likeliest entries, as far as they are near it."""
        total = np.zeros_like(chance)
        count = min(SPREADING, len(chance))
        for place in np.argpartition(-chance, count - 1)[:count].tolist() if count else ():
            total[self._places[place]] += chance[place] * self._shares[place]
        return total
