"""Appending to the chained log, a group at a time, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.journal.chain import Link, canonical, digest_private, new_salt
from bot.journal.records import NewRecord, StoredRecord
from bot.journal.tables import HEAD, INTERACTION, RECORD


async def append(engine: AsyncEngine, records: Sequence[NewRecord]) -> tuple[int, str]:
    """Write these records at the end of the chain, all or none; one already written counts once.

    Returns number and hash of the new end. Raises what the database raises.
    """
    async with engine.begin() as connection:
        end = await _lock_head(connection)
        fresh = await _not_yet_written(connection, records)
        if not fresh:
            return end
        rows, interactions, end = _chained(fresh, *end)
        await connection.execute(insert(RECORD), rows)
        if interactions:
            await connection.execute(insert(INTERACTION), interactions)
        await connection.execute(update(HEAD).values(seq=end[0], hash=end[1]))
    return end


def stored(row: Any) -> StoredRecord:
    """A row of `record` as plain data."""
    return StoredRecord(
        seq=row.seq,
        key=row.key,
        type=row.type,
        created_at=row.created_at,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        user_id=row.user_id,
        public=json.loads(row.public),
        private=None if row.private is None else json.loads(row.private),
    )


async def _lock_head(connection: AsyncConnection) -> tuple[int, str]:
    """The end of the chain, locked against other writers until the transaction ends."""
    row = (await connection.execute(select(HEAD.c.seq, HEAD.c.hash).with_for_update())).one()
    return row.seq, row.hash


async def _not_yet_written(
    connection: AsyncConnection, records: Sequence[NewRecord]
) -> list[NewRecord]:
    by_key = {record.key: record for record in records}
    found = await connection.execute(select(RECORD.c.key).where(RECORD.c.key.in_(by_key)))
    for key in found.scalars():
        del by_key[key]
    return list(by_key.values())


def _chained(
    records: Sequence[NewRecord], seq: int, previous: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], tuple[int, str]]:
    rows: list[dict[str, Any]] = []
    interactions: list[dict[str, Any]] = []
    for record in records:
        seq += 1
        salt = new_salt()
        private = canonical(dict(record.private))
        link = Link(
            seq=seq,
            key=record.key,
            type=record.type,
            created_at=record.created_at,
            guild_id=record.guild_id,
            channel_id=record.channel_id,
            public=canonical(dict(record.public)),
            private_digest=digest_private(salt, record.user_id, private),
            previous=previous,
        )
        previous = link.hash()
        rows.append(
            {
                "seq": seq,
                "key": link.key,
                "type": link.type,
                "created_at": link.created_at,
                "guild_id": link.guild_id,
                "channel_id": link.channel_id,
                "user_id": record.user_id,
                "public": link.public,
                "private": private,
                "salt": salt,
                "private_digest": link.private_digest,
                "previous": link.previous,
                "hash": previous,
            }
        )
        if record.type == "interaction":
            interactions.append(_interaction(seq, record))
    return rows, interactions, (seq, previous)


def _interaction(seq: int, record: NewRecord) -> dict[str, Any]:
    names = (
        "interaction_id",
        "command",
        "outcome",
        "knowledge_revision",
        "language",
        "latency_ms",
        "error_reference",
    )
    return {"seq": seq, **{name: record.public[name] for name in names}}
