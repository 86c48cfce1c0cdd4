"""Killed without warning, the journal has all that it acknowledged."""

from __future__ import annotations

import asyncio
from pathlib import Path

from kill_harness import rounds


async def test_no_acknowledged_interaction_is_lost_to_a_kill(database: str, data_dir: Path) -> None:
    """A dozen kills; `tests/benchmarks/journal_kill.py` does hundreds."""
    outcome = await asyncio.to_thread(rounds, database, data_dir, 12, longest=0.4)

    assert outcome.acknowledged > 12
    assert outcome.missing == 0
    assert outcome.twice == 0
    assert outcome.broken is None
    assert outcome.stored >= outcome.acknowledged
