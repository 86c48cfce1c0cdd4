"""The one writer: records that arrive together are committed together."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.journal.log import append
from bot.journal.records import NewRecord
from bot.journal.spool import Spool

log = logging.getLogger(__name__)

GROUP = 500
"""Records in one transaction at most: keeps the lock short, and SQL parameters within limits."""

PATIENCE = 1.5
"""Seconds that an answer waits for the database before its record goes to the spool."""

RETRY = 1.0
"""Seconds between two tries to give the database what waits in the spool."""

FAULTS = (SQLAlchemyError, OSError)
"""What a database that is full, locked or gone raises."""


class JournalLost(Exception):  # noqa: N818 - named for what it says
    """Neither the database nor the spool took a record."""


@dataclass(slots=True)
class Pending:
    record: NewRecord
    done: asyncio.Future[None]


class Writer:
    """Takes records, acknowledges each when it is on disk: in the database or in the spool."""

    def __init__(self, engine: AsyncEngine, spool: Spool, anchor: Path) -> None:
        self._engine = engine
        self._spool = spool
        self._anchor = anchor
        self._queue: asyncio.Queue[Pending | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._replayer: asyncio.Task[None] | None = None
        self._order = asyncio.Lock()
        self.fault: str | None = None

    @property
    def healthy(self) -> bool:
        return self.fault is None and self._spool.waiting == 0

    async def start(self) -> None:
        await self._replay()
        self._task = asyncio.create_task(self._run(), name="journal-writer")
        self._replayer = asyncio.create_task(self._retry(), name="journal-replay")

    async def stop(self) -> None:
        """Write what is queued, then end."""
        if self._task is not None:
            self._queue.put_nowait(None)
            await self._task
        if self._replayer is not None:
            self._replayer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._replayer
        await self._replay()

    async def write(self, record: NewRecord) -> None:
        """Return when the record is on disk. Raises JournalLost where no disk takes it."""
        pending = Pending(record, asyncio.get_running_loop().create_future())
        self._queue.put_nowait(pending)
        done, _ = await asyncio.wait([pending.done], timeout=PATIENCE)
        if done:
            pending.done.result()
            return
        # The writer may still be at it: the record's key makes it count once all the same.
        await self._to_spool([record], "the database is slow")

    async def _run(self) -> None:
        while True:
            first = await self._queue.get()
            if first is None:
                return
            group, last = self._gather(first)
            await self._commit(group)
            if last:
                return

    def _gather(self, first: Pending) -> tuple[list[Pending], bool]:
        group = [first]
        while len(group) < GROUP and not self._queue.empty():
            item = self._queue.get_nowait()
            if item is None:
                return group, True
            group.append(item)
        return group, False

    async def _commit(self, group: list[Pending]) -> None:
        records = [pending.record for pending in group]
        fault: Exception | None = None
        try:
            async with self._order:
                if self._spool.waiting:  # what waits goes first
                    await asyncio.to_thread(self._spool.add, records)
                else:
                    await self._append(records)
        except FAULTS as error:
            try:
                await self._to_spool(records, type(error).__name__)
            except JournalLost as lost:
                fault = lost
        for pending in group:
            if pending.done.done():
                continue
            if fault is None:
                pending.done.set_result(None)
            else:
                pending.done.set_exception(fault)

    async def _append(self, records: list[NewRecord]) -> None:
        seq, digest = await append(self._engine, records)
        self.fault = None
        with contextlib.suppress(OSError):  # the anchor helps to verify; it carries no record
            await asyncio.to_thread(_write_anchor, self._anchor, seq, digest)

    async def _to_spool(self, records: list[NewRecord], fault: str) -> None:
        if self.fault is None:
            log.warning("journal: %s; records go to the spool", fault)
        self.fault = fault
        try:
            await asyncio.to_thread(self._spool.add, records)
        except OSError as error:
            log.exception("journal: the spool %s takes nothing", self._spool.path)
            raise JournalLost(f"{self._spool.path}: {error.strerror}") from error

    async def _retry(self) -> None:
        while True:
            await asyncio.sleep(RETRY)
            if self._spool.waiting:
                await self._replay()

    async def _replay(self) -> None:
        """Give the database what waits, in order. What it has already is skipped by key."""
        async with self._order:
            while self._spool.waiting:
                waiting = (await asyncio.to_thread(self._spool.read))[:GROUP]
                try:
                    await self._append(waiting)
                except FAULTS as error:
                    self.fault = type(error).__name__
                    return
                await asyncio.to_thread(self._spool.drop, len(waiting))
                log.info("journal: %d records replayed from the spool", len(waiting))
            self.fault = None


def _write_anchor(path: Path, seq: int, digest: str) -> None:
    """Note the end of the chain outside the database: rows cut off at the end then show."""
    path.write_text(f"{seq} {digest}\n", encoding="ascii")
