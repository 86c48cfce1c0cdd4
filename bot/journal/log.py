"""Appending to the chained log, a group at a time, in one transaction."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Table, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.journal.chain import canonical, digest_private, encodable, link_hash, new_salt
from bot.journal.database import make_direct_engine
from bot.journal.desk_tables import GIVEN
from bot.journal.index import Index, index_for
from bot.journal.projections import Indexed, indexed, view_rows
from bot.journal.records import OWN_FIELDS, NewRecord, StoredRecord
from bot.journal.tables import HEAD, RECORD

End = tuple[int, str]
"""Number and hash of a chain's last row."""

LOCK_HEAD = select(HEAD.c.seq, HEAD.c.hash).with_for_update()
MOVE_HEAD = update(HEAD).values(seq=bindparam("seq"), hash=bindparam("hash"))

Change = Callable[[Connection, int], None]
"""What else belongs to a record, given its number: done in the record's own transaction."""


class Prepared(NamedTuple):
    """A record with everything that can be worked out before its place in the chain is known."""

    record: NewRecord
    public: str
    private: str
    salt: str
    digest: str
    views: list[tuple[Table, tuple[Any, ...]]]
    indexed: Indexed | None


def prepare(record: NewRecord) -> Prepared:
    """Raises TypeError, ValueError or KeyError for a record that no journal can hold."""
    for part in (record.public, record.private):
        if not OWN_FIELDS.isdisjoint(part):
            clash = ", ".join(sorted(OWN_FIELDS.intersection(part)))
            raise ValueError(f"a record's content can't have fields named {clash}")
    public, private, salt = canonical(record.public), canonical(record.private), new_salt()
    digest = digest_private(salt, record.user_id, private)
    return Prepared(record, public, private, salt, digest, view_rows(record), indexed(record))


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


class Log:
    """The end of the chain, where records are appended.

    SQLite gets a thread of its own and a whole transaction in one go: to hand over each statement
    would take longer than the statements do.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.index: Index = index_for(engine.dialect.name)
        self._inserts: dict[str, str] = {}
        self._direct: Engine | None = None
        self._held: Connection | None = None
        self._thread: ThreadPoolExecutor | None = None
        if engine.dialect.name == "sqlite":
            self._direct = make_direct_engine(engine.url)
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal-sqlite")

    async def close(self) -> None:
        """Give connections back. Safe to call twice."""
        if self._thread is not None:
            await asyncio.to_thread(self._thread.shutdown)
        if self._direct is not None:
            self._let_go()
            self._direct.dispose()
        await self.engine.dispose()

    async def append(self, records: Sequence[Prepared]) -> End:
        """Write these records, all or none; one already written counts once.

        Returns the new end. Raises what the database raises.
        """
        try:
            return await self._transact(
                lambda connection: self.append_within(connection, records, self.index.insert)
            )
        except IntegrityError:
            return await self._transact(lambda connection: self._append_new(connection, records))

    async def append_with(self, record: Prepared, change: Change) -> End:
        """Write one record and what belongs to it, both or neither."""

        def work(connection: Connection) -> End:
            lock_head(connection)
            end = self.append_within(connection, [record])
            change(connection, end[0])
            return end

        return await self._transact(work)

    def append_within(
        self, connection: Connection, records: Sequence[Prepared], into_index: str | None = None
    ) -> End:
        """Write these records as part of a transaction that is open already; `into_index` is the
        index's statement for it, that which replaces unless told otherwise."""
        end = lock_head(connection)
        if not records:
            return end
        rows, end = _chained(records, *end)
        self._insert(connection, RECORD, rows)
        views: dict[str, tuple[Table, list[tuple[Any, ...]]]] = {}
        found: list[tuple[Any, ...]] = []
        for number, record in enumerate(records, end[0] - len(records) + 1):
            for table, row in record.views:
                views.setdefault(table.name, (table, []))[1].append((number, *row))
            if record.indexed is not None:
                found.append(self.index.row(number, record.indexed))
        for table, view in views.values():
            self._insert(connection, table, view)
        if found:
            connection.exec_driver_sql(into_index or self.index.upsert, found)
        self._give(connection, records)
        connection.execute(MOVE_HEAD, {"seq": end[0], "hash": end[1]})
        return end

    async def _transact(self, work: Callable[[Connection], End]) -> End:
        """Do all of this work in one transaction, or none of it."""
        if self._direct is None or self._thread is None:
            async with self.engine.begin() as connection:
                return await connection.run_sync(work)
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, self._transact_here, self._direct, work
        )

    def _transact_here(self, engine: Engine, work: Callable[[Connection], End]) -> End:
        """On a connection that is held: to take one from the pool costs as much as a few records.
        One that failed in any way is not used again."""
        if self._held is None:
            self._held = engine.connect()
        try:
            with self._held.begin():
                return work(self._held)
        except BaseException:
            self._let_go()
            raise

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            with contextlib.suppress(SQLAlchemyError):
                held.close()

    def _append_new(self, connection: Connection, records: Sequence[Prepared]) -> End:
        """Append those of the records that are not there yet."""
        lock_head(connection)
        by_key = {item.record.key: item for item in records}
        found = connection.execute(select(RECORD.c.key).where(RECORD.c.key.in_(by_key)))
        for key in found.scalars():
            del by_key[key]
        return self.append_within(connection, list(by_key.values()))

    def _insert(self, connection: Connection, table: Table, rows: list[tuple[Any, ...]]) -> None:
        """Rows with all columns in the table's order, straight to the driver."""
        statement = self._inserts.get(table.name)
        if statement is None:
            compiled = insert(table).compile(dialect=connection.dialect)
            order: Sequence[str] | None = getattr(compiled, "positiontup", None)
            if order is None or list(order) != table.columns.keys():
                raise TypeError(f"{table.name}: the driver wants the columns in another order")
            statement = self._inserts[table.name] = str(compiled)
        connection.exec_driver_sql(statement, rows)

    def _give(self, connection: Connection, records: Iterable[Prepared]) -> None:
        """Keep the answers' texts that are not kept already."""
        texts: Mapping[str, str] = {
            item.record.public["answer_sha256"]: encodable(item.record.given)
            for item in records
            if item.record.given is not None
        }
        if not texts:
            return
        known = connection.execute(select(GIVEN.c.sha256).where(GIVEN.c.sha256.in_(texts)))
        fresh = texts.keys() - set(known.scalars())
        if fresh:
            self._insert(connection, GIVEN, [(sha, texts[sha]) for sha in sorted(fresh)])


def lock_head(connection: Connection) -> End:
    """The end of the chain, locked against other writers until the transaction ends."""
    row = connection.execute(LOCK_HEAD).one()
    return row.seq, row.hash


def _chained(
    records: Sequence[Prepared], seq: int, previous: str
) -> tuple[list[tuple[Any, ...]], End]:
    """Rows of `record`, in the order of its columns."""
    rows: list[tuple[Any, ...]] = []
    for item in records:
        record = item.record
        seq += 1
        digest = link_hash(
            seq=seq,
            key=record.key,
            type=record.type,
            created_at=record.created_at,
            guild_id=record.guild_id,
            channel_id=record.channel_id,
            public=item.public,
            private_digest=item.digest,
            previous=previous,
        )
        rows.append(
            (
                seq, record.key, record.type, record.created_at, record.guild_id,
                record.channel_id, record.user_id, item.public, item.private, item.salt,
                item.digest, previous, digest,
            )
        )  # fmt: skip
        previous = digest
    return rows, (seq, previous)
