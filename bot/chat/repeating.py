"""Work that comes back every so often, around the bot and not inside it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.journal import FAULTS, JournalLost

if TYPE_CHECKING:
    from bot.chat.client import RedlineBot

log = logging.getLogger(__name__)

GRACE = 10.0
"""Seconds that work under way is given when the bot stops."""

Work = Callable[["RedlineBot"], Awaitable[object]]


@asynccontextmanager
async def repeating(
    bot: RedlineBot, work: Work, every: float, *, name: str
) -> AsyncGenerator[None]:
    """Do the work every so many seconds as long as this is entered. A fault ends no round but
    its own."""
    stop = asyncio.Event()
    task = asyncio.create_task(_run(bot, work, every, name, stop), name=name)
    try:
        yield
    finally:
        stop.set()
        done, _ = await asyncio.wait({task}, timeout=GRACE)
        if not done:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _run(bot: RedlineBot, work: Work, every: float, name: str, stop: asyncio.Event) -> None:
    while not stop.is_set():
        if bot.is_ready():
            try:
                await work(bot)
            except (*FAULTS, JournalLost) as error:
                log.warning("%s: waiting for the journal: %s", name, type(error).__name__)
            except Exception:
                log.exception("%s: fault", name)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), every)
