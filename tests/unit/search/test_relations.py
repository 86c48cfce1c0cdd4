"""Nearness of entries, against its definition worked out pair by pair."""

from __future__ import annotations

import numpy as np
import pytest

from bot.knowledge.search.relations import NAMED, Relations
from bot.knowledge.snapshot import Snapshot, references


def test_spreading_follows_the_definition(snapshot: Snapshot) -> None:
    entries = tuple(snapshot.entries.values())
    relations = Relations(entries)
    near = 0
    for place in range(0, len(entries), 7):
        chance = np.zeros(len(entries), np.float32)
        chance[place] = 1.0
        here = entries[place]
        expected: list[float] = []
        for other in entries:
            named = other.id in references(here) or here.id in references(other)
            mine, theirs = set(here.passages), set(other.passages)
            shared = len(mine & theirs)
            share = shared / min(len(mine), len(theirs)) if shared else 0.0
            expected.append(0.0 if other is here else max(share, NAMED if named else 0.0))
        near += sum(value > 0 for value in expected)
        assert relations.spread(chance) == pytest.approx(expected)
        # What was worked out before serves again.
        assert relations.spread(chance) == pytest.approx(expected)
    assert near > 10


def test_no_entries_have_nothing_near() -> None:
    assert Relations(()).spread(np.zeros(0, np.float32)).shape == (0,)
