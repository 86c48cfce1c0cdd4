"""Appending to the chained log, a group at a time, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.journal.chain import canonical, digest_private, encodable, link_hash, new_salt
from bot.journal.desk_tables import GIVEN
from bot.journal.index import Index, index_for
from bot.journal.projections import Indexed, indexed, view_rows
from bot.journal.records import OWN_FIELDS, NewRecord, StoredRecord
from bot.journal.tables import HEAD, RECORD

End = tuple[int, str]
"""Number and hash of a chain's last row."""

Change = Callable[[AsyncConnection, int], Awaitable[None]]
"""What else belongs to a record, given its number: done in the record's own transaction."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record with everything that can be worked out before its place in the chain is known."""

    record: NewRecord
    public: str
    private: str
    salt: str
    digest: str
    views: list[tuple[Table, tuple[Any, ...]]]
    index: Indexed | None


def prepare(record: NewRecord) -> Prepared:
    """Raises TypeError, ValueError or KeyError for a record that no journal can hold."""
    clash = OWN_FIELDS & (record.public.keys() | record.private.keys())
    if clash:
        raise ValueError(f"a record's content can't have fields named {', '.join(sorted(clash))}")
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
    """The end of the chain, where records are appended."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.index: Index = index_for(engine.dialect.name)
        self._inserts: dict[str, tuple[str, Sequence[str]]] = {}

    async def append(self, records: Sequence[Prepared]) -> End:
        """Write these records, all or none; one already written counts once.

        Returns the new end. Raises what the database raises.
        """
        try:
            async with self.engine.begin() as connection:
                return await self.append_within(connection, records)
        except IntegrityError:
            async with self.engine.begin() as connection:
                await lock_head(connection)
                fresh = await _not_yet_written(connection, records)
                return await self.append_within(connection, fresh)

    async def append_with(self, record: Prepared, change: Change) -> End:
        """Write one record and what belongs to it, both or neither."""
        async with self.engine.begin() as connection:
            await lock_head(connection)
            end = await self.append_within(connection, [record])
            await change(connection, end[0])
            return end

    async def append_within(self, connection: AsyncConnection, records: Sequence[Prepared]) -> End:
        """Write these records as part of a transaction that is open already."""
        end = await lock_head(connection)
        if not records:
            return end
        rows, end = _chained(records, *end)
        await self._insert(connection, RECORD, rows)
        views: dict[str, tuple[Table, list[tuple[Any, ...]]]] = {}
        found: list[tuple[Any, ...]] = []
        for number, record in enumerate(records, end[0] - len(records) + 1):
            for table, row in record.views:
                views.setdefault(table.name, (table, []))[1].append((number, *row))
            if record.index is not None:
                found.append(self.index.row(number, record.index))
        for table, view in views.values():
            await self._insert(connection, table, view)
        if found:
            await connection.exec_driver_sql(self.index.insert, found)
        await self._give(connection, records)
        await connection.execute(update(HEAD).values(seq=end[0], hash=end[1]))
        return end

    async def _insert(
        self, connection: AsyncConnection, table: Table, rows: list[tuple[Any, ...]]
    ) -> None:
        """Rows with all columns in the table's order, straight to the driver."""
        known = self._inserts.get(table.name)
        if known is None:
            compiled = insert(table).compile(dialect=self.engine.dialect)
            known = self._inserts[table.name] = (str(compiled), tuple(table.columns.keys()))
            order = getattr(compiled, "positiontup", None)
            if order is None or tuple(order) != known[1]:
                raise TypeError(f"{table.name}: the driver wants the columns in another order")
        await connection.exec_driver_sql(known[0], rows)

    async def _give(self, connection: AsyncConnection, records: Iterable[Prepared]) -> None:
        """Keep the answers' texts that are not kept already."""
        texts: Mapping[str, str] = {
            item.record.public["answer_sha256"]: encodable(item.record.given)
            for item in records
            if item.record.given is not None
        }
        if not texts:
            return
        known = await connection.execute(select(GIVEN.c.sha256).where(GIVEN.c.sha256.in_(texts)))
        fresh = texts.keys() - set(known.scalars())
        if fresh:
            await self._insert(connection, GIVEN, [(sha, texts[sha]) for sha in sorted(fresh)])


async def lock_head(connection: AsyncConnection) -> End:
    """The end of the chain, locked against other writers until the transaction ends."""
    row = (await connection.execute(select(HEAD.c.seq, HEAD.c.hash).with_for_update())).one()
    return row.seq, row.hash


async def _not_yet_written(
    connection: AsyncConnection, records: Sequence[Prepared]
) -> list[Prepared]:
    by_key = {item.record.key: item for item in records}
    found = await connection.execute(select(RECORD.c.key).where(RECORD.c.key.in_(by_key)))
    for key in found.scalars():
        del by_key[key]
    return list(by_key.values())


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
