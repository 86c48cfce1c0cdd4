"""The one writer: records that arrive together are committed together."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from bot.journal.anchor import Anchor
from bot.journal.database import FAULTS, refuses
from bot.journal.log import End, Log, Prepared, prepare
from bot.journal.records import NewRecord
from bot.journal.rejects import Rejects
from bot.journal.spool import Spool

log = logging.getLogger(__name__)

GROUP = 500
"""Records in one transaction at most: keeps the lock short, and SQL parameters within limits."""

SMALL = 64
"""Records from which a transaction takes only half of those that wait: while it is on its way to
the disk, those who asked before are answered and the next records are made ready."""

PATIENCE = 0.75
"""Seconds for one transaction. A record waits for one before its own at most, so for 1.5 s."""

RETRY = 1.0
"""Seconds between two tries to give the database what waits in the spool."""


class JournalLost(Exception):  # noqa: N818 - named for what it says
    """Neither the database nor the spool took a record."""


@dataclass(slots=True)
class Pending:
    record: Prepared
    done: asyncio.Future[None]


class Writer:
    """Takes records, acknowledges each when it is on disk: in the database or in the spool."""

    def __init__(self, journal_log: Log, spool: Spool, anchor: Anchor, rejects: Rejects) -> None:
        self._log = journal_log
        self._spool = spool
        self._anchor = anchor
        self._rejects = rejects
        self._queue: deque[Pending] = deque()
        self._wake = asyncio.Event()
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._slow: asyncio.Task[End] | None = None
        self.fault: str | None = None

    @property
    def healthy(self) -> bool:
        return self.fault is None and self._spool.waiting == 0

    async def start(self) -> None:
        await self.replay()
        self._tasks = [
            asyncio.create_task(self._run(), name="journal-writer"),
            asyncio.create_task(self._retry(), name="journal-replay"),
        ]

    async def stop(self) -> None:
        """Write what is queued, then end."""
        self._stop.set()
        self._wake.set()
        await asyncio.gather(*self._tasks)
        if self._tasks and not self.healthy:
            await self.replay()
        self._tasks = []
        await self._settle()

    async def write(self, record: NewRecord) -> None:
        """Return when the record is on disk. Raises JournalLost where no disk takes it.

        Raises TypeError, ValueError or KeyError for what is no record, before anything is written.
        """
        if self._stop.is_set():
            raise JournalLost("the journal is closed")
        pending = Pending(prepare(record), asyncio.get_running_loop().create_future())
        self._queue.append(pending)
        self._wake.set()
        await pending.done  # whoever asked may be cancelled: the record is written all the same

    async def _run(self) -> None:
        while True:
            if not self._queue:
                if self._stop.is_set():
                    return
                self._wake.clear()
                await self._wake.wait()
                continue
            waiting = len(self._queue)
            size = min(waiting, GROUP, max(SMALL, waiting // 2))
            group = [self._queue.popleft() for _ in range(size)]
            try:
                lost = await self._keep([pending.record for pending in group])
            except Exception as error:  # the writer outlives what nobody thought of
                log.exception("journal: a group of %d records failed", len(group))
                lost = JournalLost(f"{type(error).__name__}: {error}")
            for pending in group:
                if pending.done.done():
                    continue
                if lost is None:
                    pending.done.set_result(None)
                else:
                    pending.done.set_exception(lost)

    async def _keep(self, group: list[Prepared]) -> JournalLost | None:
        """Put a group into the database, or else into the spool."""
        if self.fault is None and self._spool.waiting == 0:
            commit = asyncio.create_task(self._log.append(group), name="journal-commit")
            done, _ = await asyncio.wait({commit}, timeout=PATIENCE)
            if not done:
                # It may still come through: the records' keys make them count once all the same.
                self._slow = commit
                self._note("the database is slow")
            else:
                try:
                    self._anchored(commit.result())
                    return None
                except Exception as error:  # whatever it is, the spool takes the records
                    self._note(type(error).__name__)
        try:
            await asyncio.to_thread(self._spool.add, [item.record for item in group])
        except OSError as error:
            log.critical("journal: the spool %s takes nothing: %s", self._spool.path, error)
            self.fault = f"the spool takes nothing: {error.strerror}"
            return JournalLost(f"{self._spool.path}: {error.strerror}")
        return None

    def _note(self, fault: str) -> None:
        if self.fault is None:
            log.warning("journal: %s; records go to the spool", fault)
        self.fault = fault

    def _anchored(self, end: End) -> None:
        try:
            self._anchor.write(end)
        except OSError as error:
            log.warning("journal: the chain's end was not noted: %s", error.strerror)

    async def _retry(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), RETRY)
            if not self.healthy:
                await self.replay()

    async def replay(self) -> None:
        """Give the database what waits, in order. What it has already is skipped by key.

        Meanwhile new records join the end of the spool, so the order stays.
        """
        try:
            if not await self._settle():
                return
            while self._spool.waiting:
                records, end = await asyncio.to_thread(self._spool.next, GROUP)
                await self._give([prepare(record) for record in records])
                await asyncio.to_thread(self._spool.take, len(records), end)
                log.info("journal: %d records replayed from the spool", len(records))
            if self.fault is not None:
                async with self._log.engine.connect():  # proof that it is back
                    self.fault = None
                log.info("journal: the database takes records again")
                await asyncio.to_thread(self._spool.set_aside)
        except FAULTS as error:
            self._note(type(error).__name__)

    async def _settle(self) -> bool:
        """Wait for a commit that was given up as slow; False while it still hangs."""
        if self._slow is None:
            return True
        done, _ = await asyncio.wait({self._slow}, timeout=RETRY)
        if not done:
            return False
        with contextlib.suppress(*FAULTS):
            self._anchored(self._slow.result())
        self._slow = None
        return True

    async def _give(self, records: Sequence[Prepared]) -> None:
        """Append replayed records; one that the database refuses for good doesn't hold up all."""
        try:
            self._anchored(await self._log.append(records))
        except Exception as error:
            if not refuses(error):
                raise
            if len(records) == 1:
                await asyncio.to_thread(self._rejects.add, records[0].record, str(error))
                return
            for record in records:
                await self._give([record])
