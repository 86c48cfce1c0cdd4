"""The journal: everything that was asked, answered, shared and set."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.journal import schema
from bot.journal.database import make_engine, reading
from bot.journal.log import stored
from bot.journal.records import InteractionRecord, NewRecord, StoredRecord, now
from bot.journal.spool import Spool
from bot.journal.tables import GUILD_SETTING, INTERACTION, RECORD
from bot.journal.writer import Writer


class Journal:
    """Open it with `Journal.open`; every write returns when it is on disk."""

    def __init__(self, engine: AsyncEngine, data_dir: Path) -> None:
        self.engine = engine
        self.data_dir = data_dir
        self.spool = Spool(data_dir / "journal.spool")
        self.anchor = data_dir / "journal.head"
        self.writer = Writer(engine, self.spool, self.anchor)

    @classmethod
    async def open(cls, database_url: str, data_dir: Path) -> Self:
        """Migrate, replay what waits, start the writer. Raises SchemaTooNew."""
        await asyncio.to_thread(data_dir.mkdir, parents=True, exist_ok=True)
        await schema.upgrade(database_url)
        journal = cls(make_engine(database_url), data_dir)
        await journal.writer.start()
        return journal

    async def close(self) -> None:
        await self.writer.stop()
        await self.engine.dispose()

    async def append(self, record: NewRecord) -> None:
        """Write any record. Returns when it is durable; raises JournalLost if nothing takes it."""
        await self.writer.write(record)

    async def record_interaction(self, record: InteractionRecord) -> None:
        await self.append(record.as_new())

    async def record_feedback(
        self,
        *,
        interaction_id: str,
        helpful: bool,
        guild_id: str | None,
        channel_id: str | None,
        user_id: str,
        entry_id: str | None = None,
    ) -> None:
        """Helpful or not: about the answer to the interaction `interaction_id`."""
        await self.append(
            NewRecord(
                type="feedback",
                public={"interaction_id": interaction_id, "helpful": helpful, "entry": entry_id},
                guild_id=guild_id,
                channel_id=channel_id,
                user_id=user_id,
            )
        )

    async def record_share(
        self,
        *,
        interaction_id: str,
        message_id: str | None,
        entries: tuple[str, ...],
        tlp: str,
        guild_id: str | None,
        channel_id: str | None,
        user_id: str,
    ) -> None:
        """Who posted an answer where all of the channel read it."""
        await self.append(
            NewRecord(
                type="share",
                public={
                    "interaction_id": interaction_id,
                    "message_id": message_id,
                    "entries": list(entries),
                    "tlp": tlp,
                },
                guild_id=guild_id,
                channel_id=channel_id,
                user_id=user_id,
            )
        )

    async def interaction(self, interaction_id: str) -> StoredRecord | None:
        """The record of one interaction: the first, where errors followed."""
        query = (
            select(RECORD)
            .join(INTERACTION, INTERACTION.c.seq == RECORD.c.seq)
            .where(INTERACTION.c.interaction_id == interaction_id)
            .order_by(RECORD.c.seq)
            .limit(1)
        )
        async with reading(self.engine).connect() as connection:
            row = (await connection.execute(query)).first()
        if row is not None:
            return stored(row)
        for waiting in self.spool.read() if self.spool.waiting else ():
            if waiting.public.get("interaction_id") == interaction_id:
                return _waiting(waiting)
        return None

    async def guild_settings(self, guild_id: str) -> dict[str, Any]:
        """What is set in a server; empty where nothing was set."""
        query = select(GUILD_SETTING.c.value).where(GUILD_SETTING.c.guild_id == guild_id)
        async with reading(self.engine).connect() as connection:
            value = (await connection.execute(query)).scalar()
        return json.loads(value) if value else {}

    async def save_guild_settings(
        self, guild_id: str, value: Mapping[str, Any], *, user_id: str | None = None
    ) -> None:
        """Replace a server's settings; the change itself goes to the log."""
        text = json.dumps(dict(value), sort_keys=True)
        insert = insert_sqlite if self.engine.dialect.name == "sqlite" else insert_postgresql
        changed = {"value": text, "changed_at": now()}
        statement = (
            insert(GUILD_SETTING)
            .values(guild_id=guild_id, **changed)
            .on_conflict_do_update(index_elements=["guild_id"], set_=changed)
        )
        async with self.engine.begin() as connection:
            await connection.execute(statement)
        await self.append(
            NewRecord(
                type="setting", public={"value": dict(value)}, guild_id=guild_id, user_id=user_id
            )
        )

    async def health(self) -> dict[str, Any]:
        """`ok`, the kind of database, how many records wait in the spool, and what is wrong."""
        return {
            "ok": self.writer.healthy,
            "database": self.engine.dialect.name,
            "spooled": self.spool.waiting,
            "fault": self.writer.fault,
        }


def _waiting(record: NewRecord) -> StoredRecord:
    return StoredRecord(
        seq=0,
        key=record.key,
        type=record.type,
        created_at=record.created_at,
        guild_id=record.guild_id,
        channel_id=record.channel_id,
        user_id=record.user_id,
        public=record.public,
        private=record.private,
    )
