"""The journal: everything that was asked, answered, shared, discussed, drafted and set."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.journal import backup, schema
from bot.journal.anchor import Anchor
from bot.journal.database import FAULTS, make_engine, reading
from bot.journal.discussions import Discussions
from bot.journal.drafts import Drafts
from bot.journal.erasing import Eraser
from bot.journal.exports import Exports
from bot.journal.history import History
from bot.journal.insight import Insight
from bot.journal.log import End, Log, prepare, stored
from bot.journal.maintenance import Maintenance
from bot.journal.pack import Packs
from bot.journal.persons import AboutPerson, about_person
from bot.journal.records import InteractionRecord, NewRecord, StoredRecord, now
from bot.journal.rejects import Rejects
from bot.journal.spool import Spool
from bot.journal.tables import GUILD_SETTING, INTERACTION, RECORD
from bot.journal.verifying import Progress, Verdict, verify
from bot.journal.writer import Writer

log = logging.getLogger(__name__)


class Journal:
    """Open it with `Journal.open`; every write returns when it is on disk.

    `discussions`, `drafts`, `history` (search), `insight` (statistics, gaps), `exports`, `packs`
    and `eraser` are its parts.
    """

    def __init__(self, engine: AsyncEngine, data_dir: Path) -> None:
        self.engine = engine
        self.data_dir = data_dir
        self.log = Log(engine)
        self.spool = Spool(data_dir / "journal.spool")
        self.rejects = Rejects(data_dir / "journal.rejected")
        url = engine.url.render_as_string(hide_password=True)
        name = blake2b(url.encode(), digest_size=6).hexdigest()
        self.anchor = Anchor(data_dir / f"journal-{name}.head")
        self.writer = Writer(self.log, self.spool, self.anchor, self.rejects)
        self.discussions = Discussions(self.log, self.writer)
        self.drafts = Drafts(self.log)
        self.history = History(self.log)
        self.insight = Insight(self.log)
        self.exports = Exports(self.log)
        self.packs = Packs(self.log, self.discussions, self.drafts)
        self.eraser = Eraser(self.log, self.spool, self.rejects)
        self.maintenance = Maintenance(self.log, self.eraser)

    @classmethod
    async def open(cls, database_url: str, data_dir: Path) -> Self:
        """Migrate, replay what waits, start the writer.

        Raises SchemaTooNew, DriverMissing, and what a database raises that can't be reached.
        """
        await asyncio.to_thread(data_dir.mkdir, parents=True, exist_ok=True)
        await schema.upgrade(database_url)
        journal = cls(make_engine(database_url), data_dir)
        await asyncio.to_thread(journal.spool.open)
        await journal._note_break()
        await journal.maintenance.renew_index()
        await journal.writer.start()
        journal.maintenance.start()
        return journal

    @classmethod
    async def attach(cls, database_url: str, data_dir: Path) -> Self:
        """For a command beside the running bot: nothing is migrated, replayed or started, and
        nothing can be recorded. Raises SchemaTooNew, SchemaTooOld, DriverMissing."""
        await asyncio.to_thread(data_dir.mkdir, parents=True, exist_ok=True)
        await schema.require_current(database_url)
        journal = cls(make_engine(database_url), data_dir)
        await asyncio.to_thread(journal.spool.open)
        return journal

    async def close(self) -> None:
        """Write what is queued, then end. Safe to call twice."""
        await self.maintenance.stop()
        await self.writer.stop()
        await self.log.close()

    async def append(self, record: NewRecord) -> None:
        """Write any record. Returns when it is durable; raises JournalLost if nothing takes it."""
        await self.writer.write(record)

    async def record_interaction(self, record: InteractionRecord) -> None:
        """Write what was asked and answered, before the answer is sent."""
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
        """The record of one interaction: the first, where errors followed.

        While the database is away, what waits in the spool is found all the same.
        """
        query = (
            select(RECORD)
            .join(INTERACTION, INTERACTION.c.seq == RECORD.c.seq)
            .where(INTERACTION.c.interaction_id == interaction_id)
            .order_by(RECORD.c.seq)
            .limit(1)
        )
        try:
            async with reading(self.engine).connect() as connection:
                row = (await connection.execute(query)).first()
        except FAULTS:
            waiting = await self._waiting(interaction_id)
            if waiting is None:
                raise
            return waiting
        return stored(row) if row is not None else await self._waiting(interaction_id)

    async def guild_settings(self, guild_id: str) -> dict[str, Any]:
        """What is set in a server; empty where nothing was set."""
        query = select(GUILD_SETTING.c.value).where(GUILD_SETTING.c.guild_id == guild_id)
        async with reading(self.engine).connect() as connection:
            value = (await connection.execute(query)).scalar()
        return json.loads(value) if value else {}

    async def save_guild_settings(
        self, guild_id: str, value: Mapping[str, Any], *, user_id: str | None = None
    ) -> None:
        """Replace a server's settings; the change goes to the log, both or neither."""
        insert = insert_sqlite if self.engine.dialect.name == "sqlite" else insert_postgresql
        changed = {"value": json.dumps(dict(value), sort_keys=True), "changed_at": now()}
        statement = (
            insert(GUILD_SETTING)
            .values(guild_id=guild_id, **changed)
            .on_conflict_do_update(index_elements=["guild_id"], set_=changed)
        )
        record = NewRecord(
            type="setting", public={"value": dict(value)}, guild_id=guild_id, user_id=user_id
        )

        def apply(connection: Connection, _seq: int) -> None:
            connection.execute(statement)

        await self.log.append_with(prepare(record), apply)

    async def verify(
        self, known: Sequence[tuple[str, End]] = (), progress: Progress | None = None
    ) -> Verdict:
        """Check the whole journal, also against the end of the chain noted beside it."""
        noted = await asyncio.to_thread(self.anchor.read)
        own = [] if noted is None else [(str(self.anchor.path), noted)]
        return await verify(self.engine, (*own, *known), progress)

    async def accept(self, reason: str) -> End:
        """Put on record that the chain goes on from where it now ends, though records that were
        noted are missing: a backup was put back. Returns the new end."""
        if not reason.strip():
            raise ValueError("say why the journal goes on without the missing records")
        noted = await asyncio.to_thread(self.anchor.read)
        public = {"reason": reason.strip(), "noted_seq": noted[0] if noted else None}
        end = await self.log.append([prepare(NewRecord(type="accepted", public=public))])
        await asyncio.to_thread(self.anchor.write, end)
        return end

    async def about(self, user_id: str) -> AboutPerson:
        """What is held about a person."""
        return await about_person(self.log, user_id)

    async def backup(self, target: Path) -> int:
        """Copy the database to a new file while it is in use; returns the copy's bytes.

        Raises BackupError, which for PostgreSQL names its own tool.
        """
        database = backup.sqlite_file(self.engine.url.render_as_string(hide_password=False))
        return await asyncio.to_thread(backup.backup, database, target)

    async def health(self) -> dict[str, Any]:
        """`ok`, the kind of database, how many records wait in the spool or were refused for good,
        and what is wrong."""
        return {
            "ok": self.writer.healthy,
            "database": self.engine.dialect.name,
            "spooled": self.spool.waiting,
            "rejected": await asyncio.to_thread(lambda: self.rejects.count),
            "fault": self.writer.fault,
        }

    async def _waiting(self, interaction_id: str) -> StoredRecord | None:
        def matches(record: NewRecord) -> bool:
            return record.public.get("interaction_id") == interaction_id and (
                record.type == "interaction"
            )

        found = await asyncio.to_thread(self.spool.find, matches)
        if found is None:
            return None
        return StoredRecord(
            seq=0,
            key=found.key,
            type=found.type,
            created_at=found.created_at,
            guild_id=found.guild_id,
            channel_id=found.channel_id,
            user_id=found.user_id,
            public=found.public,
            private=found.private,
        )

    async def _note_break(self) -> None:
        """Put on record where the database is not the one whose end was noted, before new records
        cover it up."""
        noted = await asyncio.to_thread(self.anchor.read)
        if noted is None:
            return
        query = select(RECORD.c.hash).where(RECORD.c.seq == noted[0])
        async with reading(self.engine).connect() as connection:
            found = (await connection.execute(query)).scalar()
        if found == noted[1] or noted[0] == 0:
            return
        log.error(
            "journal: record %d, noted in %s, is missing or another; `redline journal verify` "
            "tells more",
            noted[0],
            self.anchor.path,
        )
        public = {"noted_seq": noted[0], "noted_hash": noted[1]}
        await self.log.append([prepare(NewRecord(type="break", public=public))])
