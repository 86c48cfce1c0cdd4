"""Drafts whose time is over: marked so on record and on the board, soon after it happens.

Until then every look at a draft counts its time anyway: nothing expired is ever released.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.advice.drafts import expire
from bot.chat.drafting.board import refresh
from bot.chat.drafting.seen import seen
from bot.chat.drafting.stored import change_of, draft_of, erased
from bot.chat.repeating import repeating
from bot.journal import DraftConflict

if TYPE_CHECKING:
    from bot.chat.client import RedlineBot

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two looks at what has expired."""


@asynccontextmanager
async def expiring(bot: RedlineBot) -> AsyncGenerator[None]:
    """Mark what has expired as long as this is entered."""
    async with repeating(bot, expire_due, EVERY, name="drafts that expire"):
        yield


async def expire_due(bot: RedlineBot, at: dt.datetime | None = None) -> int:
    """Mark every draft that has expired at this moment; returns how many were marked."""
    at = at or dt.datetime.now(dt.UTC)
    journal = bot.services.journal
    snapshot = bot.services.advisers.current.snapshot
    marked = 0
    for due in await journal.drafts.due(at.isoformat()):
        stored = await journal.drafts.get(due.draft_id)
        if stored is None or not stored.steps:
            continue
        before = draft_of(stored)
        after = expire(before, at)
        if after is before:
            continue
        change = change_of(after, guild_id=stored.guild_id, revision=snapshot.revision)
        if erased(stored):
            # Its words are gone, and with them the fingerprint that they would give.
            change = replace(change, sha256=stored.sha256)
        try:
            await journal.drafts.save(change)
        except DraftConflict:
            continue  # somebody was quicker: it is no longer due, or is looked at next time
        marked += 1
        if not erased(stored):
            shown = await asyncio.to_thread(seen, snapshot, after)
            await refresh(bot, int(stored.guild_id or 0), shown)
    return marked
