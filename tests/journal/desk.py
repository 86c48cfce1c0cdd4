"""Records and helpers that the tests of the journal share."""

from __future__ import annotations

from itertools import count
from typing import Any

from sqlalchemy import text

from bot.journal import InteractionRecord, Journal, StoredRecord
from bot.journal.exports import Selection

GUILD, CHANNEL, THREAD = "700000000000000001", "710000000000000001", "720000000000000001"
ANNA, BORIS, CAROL = "100000000000000001", "100000000000000002", "100000000000000003"

_ids = count(900000000000000000)


def asked(question: str = "why now?", **changes: Any) -> InteractionRecord:
    fields: dict[str, Any] = {
        "interaction_id": str(next(_ids)),
        "command": "ask",
        "outcome": "answered",
        "knowledge_revision": "rev-1",
        "latency_ms": 12,
        "guild_id": GUILD,
        "channel_id": CHANNEL,
        "user_id": ANNA,
        "options": {"question": question},
        "entries": ("analysis-timing-of-the-demand",),
        "language": "en",
    }
    return InteractionRecord(**{**fields, **changes})


async def everything(journal: Journal, **selection: Any) -> list[StoredRecord]:
    return [record async for record in journal.exports.records(Selection(**selection))]


async def change(journal: Journal, statement: str, **values: Any) -> None:
    """Change the database behind the journal's back."""
    async with journal.engine.begin() as connection:
        await connection.execute(text(statement), values)
