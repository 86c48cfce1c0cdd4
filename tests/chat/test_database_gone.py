"""The whole bot while its database takes nothing: people are answered, and nothing is lost."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from chat_world import ANALYSIS, World, click, shown

PATIENCE = 3.0
"""Seconds after which Discord tells the user that the bot did not answer."""


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Another program holds the database and lets nobody write."""
    holder = sqlite3.connect(str(world.services.journal.engine.url.database), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.rollback()
        holder.close()


async def healthy_again(world: World) -> None:
    async with asyncio.timeout(60):
        while (health := await world.services.journal.health())["spooled"] or not health["ok"]:
            await asyncio.sleep(0.05)


@pytest.mark.faulty
async def test_people_are_answered_in_time_and_every_answer_is_recorded_once_in_order(
    world: World,
) -> None:
    await world.team.slash(world.channel, "ask", question="before")
    with locked(world):
        slowest = 0.0
        for number in range(4):
            begun = time.perf_counter()
            answer = await world.team.slash(world.channel, "topic", entry=ANALYSIS)
            slowest = max(slowest, time.perf_counter() - begun)
            assert "The demand tests the alliance" in shown(answer), number
        begun = time.perf_counter()
        listed = await click(world.team, answer, "o-red")
        back = await click(world.team, listed, "back")
        slowest = max(slowest, (time.perf_counter() - begun) / 2)
        assert "The demand tests the alliance" in shown(back)
        assert slowest < PATIENCE

        health = await world.services.journal.health()
        assert not health["ok"]
        assert health["fault"]
        assert health["spooled"] == 6
        parts = await world.services.health.parts()
        assert not parts["database"]["ok"]
    await healthy_again(world)

    await world.team.slash(world.channel, "ask", question="after")
    found = await world.records()
    assert [one["command"] for one in found] == [
        "ask", "topic", "topic", "topic", "topic", "button o-red", "button back", "ask",
    ]  # fmt: skip
    assert len({one["interaction_id"] for one in found}) == len(found)
    assert (await world.services.journal.verify()).ok
    assert (await world.services.health.parts())["database"]["ok"]
