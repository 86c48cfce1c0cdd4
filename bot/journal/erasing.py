"""Erasing: a person is forgotten, or the time to keep records is over. The chain still fits.

An erased record loses person, words and salt; its digest, which the chain covers, stays and says
nothing. Each erasure is a record itself and sums up which records it erased, so that words can't
vanish in silence. Where others' records name the person, their id is struck out of the words; the
erasure then covers the digest of what is left.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import json
import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.journal.chain import canonical, digest_private, new_salt
from bot.journal.database import reading
from bot.journal.desk_tables import ACTION, DISCUSSION, DISCUSSION_EVENT, DRAFT, DRAFT_STEP
from bot.journal.drafts import LIVE
from bot.journal.log import Log, lock_head, prepare, stored
from bot.journal.projections import indexed
from bot.journal.records import NewRecord
from bot.journal.rejects import Rejects, drop_lines
from bot.journal.spool import Spool, without_person
from bot.journal.tables import ERASURE, GUILD_SETTING, RECORD

log = logging.getLogger(__name__)

NOBODY = "0"
"""Stands where a person's id was struck out; no Discord id is 0."""

BATCH = 2000
"""Records erased in one transaction: the writer gets its turn between two."""

TRIES = 50
"""Times that the write-ahead log is tried to be emptied, a tenth of a second apart."""

ERASED = {"user_id": None, "private": None, "salt": None}


@dataclass(frozen=True, slots=True)
class Erased:
    """How many records lost person and words, and out of how many others an id was struck."""

    records: int
    mentions: int
    spooled: int = 0


def erasure_sum(rows: Iterable[tuple[int, str | None]]) -> str:
    """SHA-256 over the numbers of erased records, each with the digest of what is left of it."""
    total = hashlib.sha256()
    for seq, digest in rows:
        total.update(f"{seq}:{digest or ''}\n".encode("ascii"))
    return total.hexdigest()


class Eraser:
    """Takes people and words out of every table, index and file of the journal."""

    def __init__(self, log: Log, spool: Spool, rejects: Rejects) -> None:
        self._log = log
        self._spool = spool
        self._rejects = rejects

    async def forget(self, user_id: str) -> Erased:
        """Forget a person everywhere. Raises ValueError for what is no Discord id."""
        if not re.fullmatch(r"\d{1,20}", user_id) or user_id == NOBODY:
            raise ValueError(f"{user_id!r} is no Discord user id: it has digits only")
        spooled = await asyncio.to_thread(self._scrub_files, user_id)
        records = 0
        mine = RECORD.c.user_id == user_id
        while batch := await self._erase(mine, "forgotten"):
            records += batch
        mentions = await self._strike(user_id)
        async with self._log.engine.begin() as connection:
            await connection.execute(
                update(ACTION).where(ACTION.c.owner_id == user_id).values(owner_id=None)
            )
        await self.compact()
        return Erased(records, mentions, spooled)

    async def purge(self, at: dt.datetime | None = None) -> Erased:
        """Erase in each server what is older than it set. Work in progress is kept: discussions
        count from their end, drafts from their last step."""
        at = at or dt.datetime.now(dt.UTC)
        async with reading(self._log.engine).connect() as connection:
            settings = (await connection.execute(select(GUILD_SETTING))).all()
        records = 0
        for setting in settings:
            days = json.loads(setting.value).get("retention_days")
            if isinstance(days, int) and days > 0:
                before = (at - dt.timedelta(days=days)).isoformat(timespec="microseconds")
                while batch := await self._erase(_older(setting.guild_id, before), "retention"):
                    records += batch
        if records:
            await self.compact()
        return Erased(records, 0)

    async def compact(self) -> None:
        """Overwrite what the databases' files still hold of erased words."""
        if self._log.engine.dialect.name == "sqlite":
            await self._merge_index()
            await self._empty_wal()
        else:
            tables = "record, search, actionitem, draft, discussion"
            async with self._log.engine.connect() as connection:
                alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
                await alone.execute(text(f"VACUUM {tables}"))

    async def _empty_wal(self) -> None:
        """Have SQLite cut its write-ahead log to nothing. Readers can hold that up for a while."""
        async with self._log.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            for _ in range(TRIES):  # straight to the driver: not possible inside a transaction
                async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                    if not (await cursor.fetchone())[0]:
                        return
                await asyncio.sleep(0.1)
        log.warning("journal: readers kept the write-ahead log; the next checkpoint empties it")

    async def _merge_index(self) -> None:
        """Merge the index's segments step by step: only a merge drops the words of deleted rows."""
        first = True
        while True:
            async with self._log.engine.begin() as connection:
                await connection.execute(text("PRAGMA secure_delete=ON"))
                before = (await connection.execute(text("SELECT total_changes()"))).scalar_one()
                await connection.execute(
                    text("INSERT INTO search(search, rank) VALUES ('merge', :pages)"),
                    {"pages": -500 if first else 500},
                )
                after = (await connection.execute(text("SELECT total_changes()"))).scalar_one()
            first = False
            if after - before < 2:
                return

    async def _erase(self, which: ColumnElement[bool], reason: str) -> int:
        """One batch of records that still hold something. Returns how many."""
        query = (
            select(RECORD.c.seq)
            .where(which, RECORD.c.salt.is_not(None))
            .order_by(RECORD.c.seq)
            .limit(BATCH)
        )
        async with self._log.engine.begin() as connection:
            await self._secure(connection)
            await connection.run_sync(lock_head)
            seqs = list((await connection.execute(query)).scalars())
            if not seqs:
                return 0
            await connection.execute(
                update(RECORD).where(RECORD.c.seq == bindparam("number")).values(ERASED),
                [{"number": seq} for seq in seqs],
            )
            await self._log.index.remove(connection, seqs)
            await self._note(connection, reason, [(seq, None) for seq in seqs])
        return len(seqs)

    async def _strike(self, user_id: str) -> int:
        """Strike a person's id out of what others said. Returns out of how many records."""
        query = (
            select(RECORD)
            .where(RECORD.c.private.contains(user_id), RECORD.c.salt.is_not(None))
            .order_by(RECORD.c.seq)
        )
        alone = re.compile(rf"(?<!\d){user_id}(?!\d)")
        async with reading(self._log.engine).connect() as connection:
            rows = (await connection.execute(query)).all()
        named = [row for row in rows if alone.search(row.private)]
        for start in range(0, len(named), BATCH):
            await self._strike_batch([row.seq for row in named[start : start + BATCH]], alone)
        return len(named)

    async def _strike_batch(self, seqs: Sequence[int], alone: re.Pattern[str]) -> None:
        async with self._log.engine.begin() as connection:
            await self._secure(connection)
            await connection.run_sync(lock_head)
            found = await connection.execute(
                select(RECORD)
                .where(RECORD.c.seq.in_(seqs), RECORD.c.salt.is_not(None))
                .order_by(RECORD.c.seq)
            )
            struck: list[tuple[int, str | None]] = []
            for row in found.all():
                private = canonical(_without(json.loads(row.private), alone))
                salt = new_salt()
                await connection.execute(
                    update(RECORD).where(RECORD.c.seq == row.seq).values(private=private, salt=salt)
                )
                struck.append((row.seq, digest_private(salt, row.user_id, private)))
                await self._log.index.remove(connection, [row.seq])
                entry = indexed(replace(stored(row), private=json.loads(private)))
                if entry is not None:
                    fresh = self._log.index.row(row.seq, entry)
                    await connection.exec_driver_sql(self._log.index.insert, [fresh])
            if struck:
                await self._note(connection, "mention", struck)

    async def _note(
        self, connection: AsyncConnection, reason: str, rows: Sequence[tuple[int, str | None]]
    ) -> None:
        """Put the erasure itself on record."""
        public = {"reason": reason, "records": len(rows), "sha256": erasure_sum(rows)}
        record = prepare(NewRecord(type="erasure", public=public))
        seq, _ = await connection.run_sync(self._log.append_within, [record])
        await connection.execute(
            insert(ERASURE),
            [{"seq": seq, "erased_seq": erased, "digest": digest} for erased, digest in rows],
        )

    async def _secure(self, connection: AsyncConnection) -> None:
        """Have SQLite overwrite with zeros what is deleted in this connection."""
        if self._log.engine.dialect.name == "sqlite":
            await connection.execute(text("PRAGMA secure_delete=ON"))

    def _scrub_files(self, user_id: str) -> int:
        alone = re.compile(rf"(?<!\d){user_id}(?!\d)")

        def scrub(record: NewRecord) -> NewRecord:
            if record.user_id == user_id:
                return without_person(record)
            if alone.search(canonical(record.private)):
                return replace(record, private=_without(dict(record.private), alone))
            return record

        changed = self._spool.scrub(scrub)
        drop_lines(self._rejects.path, user_id)
        drop_lines(self._spool.damaged, user_id)
        return changed


def _without(value: Any, alone: re.Pattern[str]) -> Any:
    """A JSON value with an id struck out of all its texts."""
    if isinstance(value, str):
        return alone.sub(NOBODY, value)
    if isinstance(value, dict):
        items: Any = value.items()  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
        return {alone.sub(NOBODY, key): _without(inner, alone) for key, inner in items}
    if isinstance(value, list):
        return [_without(inner, alone) for inner in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, int) and not isinstance(value, bool) and alone.fullmatch(str(value)):
        return int(NOBODY)
    return value


def _older(guild_id: str, before: str) -> ColumnElement[bool]:
    """A server's records from before a moment, without those of work that goes on."""
    going_on = or_(DISCUSSION.c.state == "open", DISCUSSION.c.closed_at >= before)
    events = (
        select(DISCUSSION_EVENT.c.seq)
        .join(DISCUSSION, DISCUSSION.c.discussion_id == DISCUSSION_EVENT.c.discussion_id)
        .where(going_on)
    )
    steps = (
        select(DRAFT_STEP.c.seq)
        .join(DRAFT, DRAFT.c.draft_id == DRAFT_STEP.c.draft_id)
        .where(or_(DRAFT.c.state.in_(LIVE), DRAFT.c.since >= before))
    )
    return and_(
        RECORD.c.guild_id == guild_id,
        RECORD.c.created_at < before,
        RECORD.c.seq.not_in(select(DISCUSSION.c.seq).where(going_on)),
        RECORD.c.seq.not_in(events),
        RECORD.c.seq.not_in(steps),
    )
