"""Checking the journal: the chain, what was erased, and the tables that follow from the log."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.journal.chain import GENESIS, digest_private, link_hash, sha256_of
from bot.journal.database import reading
from bot.journal.desk_tables import GIVEN
from bot.journal.erasing import erasure_sum
from bot.journal.log import End, stored
from bot.journal.projections import VIEWS, view_rows
from bot.journal.tables import ERASURE, HEAD, RECORD

CHUNK = 2000

Progress = Callable[[int, int], None]
"""Called with the number of records checked and of all."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken_seq` and `reason` name the first record that does not fit; `end` is the last that
    does. Note `end` where nobody who can change the database can change it too."""

    ok: bool
    checked: int
    end: End
    broken_seq: int | None = None
    reason: str | None = None


class _Broken(Exception):  # noqa: N818 - carries the finding up, and goes no further
    def __init__(self, seq: int, reason: str) -> None:
        super().__init__(reason)
        self.seq = seq
        self.reason = reason


async def verify(
    engine: AsyncEngine, known: Sequence[tuple[str, End]] = (), progress: Progress | None = None
) -> Verdict:
    """Walk the whole log. `known` are ends of the chain noted earlier, each with where it was
    noted: the chain must still lead through them. Raises what a failing database raises."""
    walk = _Walk(known, progress)
    still = reading(engine)  # one unchanging view of the database, whatever is written meanwhile
    if engine.dialect.name == "postgresql":
        still = still.execution_options(isolation_level="REPEATABLE READ")
    async with still.connect() as connection:
        try:
            await walk.run(connection)
        except _Broken as broken:
            return Verdict(False, walk.checked, walk.end, broken.seq, broken.reason)
    return Verdict(True, walk.checked, walk.end)


class _Walk:
    """One walk over the log, from its first record to its last."""

    def __init__(self, known: Sequence[tuple[str, End]], progress: Progress | None) -> None:
        self._known: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for where, (seq, digest) in known:
            self._known[seq].append((where, digest))
        self._progress = progress
        self._break: int | None = None
        self.checked = 0
        self.end: End = (0, GENESIS)

    async def run(self, connection: AsyncConnection) -> None:
        head = (await connection.execute(select(HEAD.c.seq, HEAD.c.hash))).first()
        total = head.seq if head else 0
        while rows := await self._chunk(connection):
            await self._check_chunk(connection, rows)
            if self._progress:
                self._progress(self.checked, total)
        for seq, notes in self._known.items():
            if seq > self.end[0]:
                where = notes[0][0]
                raise _Broken(
                    self.end[0] + 1,
                    f"records {self.end[0] + 1} to {seq} are missing: {where} knows them",
                )
        if head is None or (head.seq, head.hash) != self.end:
            raise _Broken(self.end[0] + 1, "the records after it are missing: the head knows them")
        if self._break is not None:
            raise _Broken(
                self._break,
                "notes that the records before it were not those that were written: if a backup "
                "was put back, say so with `redline journal accept`",
            )
        await self._check_given(connection)

    async def _chunk(self, connection: AsyncConnection) -> Sequence[Any]:
        query = select(RECORD).where(RECORD.c.seq > self.end[0]).order_by(RECORD.c.seq)
        return (await connection.execute(query.limit(CHUNK))).all()

    async def _check_chunk(self, connection: AsyncConnection, rows: Sequence[Any]) -> None:
        first, last = rows[0].seq, rows[-1].seq
        erased = await self._erased(connection, first, last)
        views = await self._views(connection, first, last)
        given: list[tuple[int, str]] = []
        for row in rows:
            self._check_link(row)
            self._check_private(row, erased)
            if row.type == "erasure":
                await _check_sum(connection, row)
            elif row.type == "break":
                self._break = self._break or row.seq
            elif row.type == "accepted":
                self._break = None
            self._check_views(row, views)
            sha = (
                json.loads(row.public).get("answer_sha256") if "answer_sha" in row.public else None
            )
            if sha is not None:
                given.append((row.seq, sha))
            self.checked += 1
            self.end = (row.seq, row.hash)
            for where, digest in self._known.get(row.seq, ()):
                if digest != row.hash:
                    raise _Broken(row.seq, f"is not the record that {where} knows")
        await _check_kept(connection, given)

    def _check_link(self, row: Any) -> None:
        expected = self.end[0] + 1
        if row.seq != expected:
            raise _Broken(expected, "is missing")
        if row.previous != self.end[1]:
            raise _Broken(row.seq, "does not follow from the record before it")
        digest = link_hash(
            seq=row.seq,
            key=row.key,
            type=row.type,
            created_at=row.created_at,
            guild_id=row.guild_id,
            channel_id=row.channel_id,
            public=row.public,
            private_digest=row.private_digest,
            previous=row.previous,
        )
        if digest != row.hash:
            raise _Broken(row.seq, "has been altered")

    def _check_private(self, row: Any, erased: Mapping[int, str | None]) -> None:
        if row.salt is None:
            if row.private is not None or row.user_id is not None:
                raise _Broken(row.seq, "holds words that the chain does not cover")
            if row.seq not in erased or erased[row.seq] is not None:
                raise _Broken(row.seq, "lost its words, and no record says why")
            return
        expected = erased.get(row.seq) or row.private_digest
        if digest_private(row.salt, row.user_id, row.private or "") != expected:
            raise _Broken(row.seq, "has been altered (person or words)")

    def _check_views(self, row: Any, views: Mapping[str, Mapping[int, list[Any]]]) -> None:
        expected: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for table, rest in view_rows(stored(row)):
            expected[table.name].append((row.seq, *rest))
        for table in VIEWS:
            if views[table.name].get(row.seq, []) != expected.get(table.name, []):
                raise _Broken(row.seq, f"is told otherwise in the table {table.name!r}")

    async def _views(
        self, connection: AsyncConnection, first: int, last: int
    ) -> dict[str, dict[int, list[Any]]]:
        found: dict[str, dict[int, list[Any]]] = {}
        for table in VIEWS:
            columns = list(table.primary_key.columns)
            query = select(table).where(table.c.seq.between(first, last)).order_by(*columns)
            by_seq: dict[int, list[Any]] = defaultdict(list)
            for row in (await connection.execute(query)).all():
                by_seq[row.seq].append(tuple(row))
            found[table.name] = by_seq
        return found

    async def _erased(
        self, connection: AsyncConnection, first: int, last: int
    ) -> dict[int, str | None]:
        """What the latest erasure of each record left of it."""
        query = (
            select(ERASURE.c.erased_seq, ERASURE.c.digest)
            .where(ERASURE.c.erased_seq.between(first, last))
            .order_by(ERASURE.c.seq)
        )
        return {row.erased_seq: row.digest for row in (await connection.execute(query)).all()}

    async def _check_given(self, connection: AsyncConnection) -> None:
        """Each answer's text as it was given, and no erasure that no record stands for."""
        after = ""
        query = select(GIVEN).order_by(GIVEN.c.sha256).limit(CHUNK)
        while rows := (await connection.execute(query.where(GIVEN.c.sha256 > after))).all():
            for row in rows:
                if sha256_of(row.text) != row.sha256:
                    seq = await _first_with(connection, row.sha256)
                    raise _Broken(seq, "its answer's text has been altered")
            after = rows[-1].sha256
        stray = (
            select(func.min(ERASURE.c.erased_seq))
            .join(RECORD, RECORD.c.seq == ERASURE.c.seq)
            .where(RECORD.c.type != "erasure")
        )
        seq = (await connection.execute(stray)).scalar()
        if seq is not None:
            raise _Broken(seq, "was erased, and no record says why")


async def _check_sum(connection: AsyncConnection, row: Any) -> None:
    """An erasure's record against the list of what it erased."""
    query = (
        select(ERASURE.c.erased_seq, ERASURE.c.digest)
        .where(ERASURE.c.seq == row.seq)
        .order_by(ERASURE.c.erased_seq)
    )
    listed = [(line.erased_seq, line.digest) for line in (await connection.execute(query)).all()]
    if json.loads(row.public)["sha256"] != erasure_sum(listed):
        raise _Broken(row.seq, "the list of what it erased has been altered")


async def _check_kept(connection: AsyncConnection, given: Sequence[tuple[int, str]]) -> None:
    if not given:
        return
    query = select(GIVEN.c.sha256).where(GIVEN.c.sha256.in_({sha for _, sha in given}))
    kept = set((await connection.execute(query)).scalars())
    for seq, sha in given:
        if sha not in kept:
            raise _Broken(seq, "its answer's text is missing")


async def _first_with(connection: AsyncConnection, sha: str) -> int:
    query = select(func.min(RECORD.c.seq)).where(RECORD.c.public.contains(sha))
    return int((await connection.execute(query)).scalar() or 0)
