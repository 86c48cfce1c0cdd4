"""Which entries belong together: named by one another, or restating the same passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.kinds import Entry
from bot.knowledge.search.signals import Floats
from bot.knowledge.snapshot import references

NAMED = 0.3
"""Nearness of an entry to one that it names."""

SPREADING = 12
"""Only the likeliest entries make others likelier."""

Near = tuple[NDArray[np.int64], Floats]
"""Numbers of entries, and how near each is."""


class Relations:
    """By entry: the entries near it, and how near (0 to 1)."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        number = {entry.id: place for place, entry in enumerate(entries)}
        self._named: dict[int, set[int]] = defaultdict(set)
        self._passages = [frozenset(entry.passages) for entry in entries]
        self._citing: dict[str, list[int]] = defaultdict(list)
        for place, entry in enumerate(entries):
            for target in references(entry):
                other = number.get(target)
                if other is not None and other != place:
                    self._named[place].add(other)
                    self._named[other].add(place)
            for passage in self._passages[place]:
                self._citing[passage].append(place)
        # Filled by the searches: where many cite the same passages, the pairs of all entries are
        # millions, and few of them are ever asked for.
        self._near: dict[int, Near] = {}

    def spread(self, chance: Floats) -> Floats:
        """By entry: the chances of the likeliest entries, as far as they are near it."""
        total = np.zeros_like(chance)
        count = min(SPREADING, len(chance))
        for place in np.argpartition(-chance, count - 1)[:count].tolist() if count else ():
            near = self._near.get(place)
            if near is None:
                near = self._near[place] = self._near_to(place)
            places, shares = near
            total[places] += chance[place] * shares
        return total

    def _near_to(self, place: int) -> Near:
        near = dict.fromkeys(self._named.get(place, ()), NAMED)
        mine = self._passages[place]
        for other in {other for passage in mine for other in self._citing[passage]} - {place}:
            theirs = self._passages[other]
            share = len(mine & theirs) / min(len(mine), len(theirs))
            near[other] = max(share, near.get(other, 0.0))
        return np.array(list(near), np.int64), np.array(list(near.values()), np.float32)
