"""What the journal does for itself while it is open: filling its index, and keeping to the times
that servers set for keeping records."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from sqlalchemy import select, update

from bot.journal import terms
from bot.journal.database import FAULTS
from bot.journal.desk_tables import SEARCH_STATE
from bot.journal.erasing import Eraser
from bot.journal.log import Log, lock_head, stored
from bot.journal.projections import indexed
from bot.journal.tables import HEAD, RECORD

log = logging.getLogger(__name__)

BATCH = 500
"""Records indexed in one transaction: the writer gets its turn between two."""

FIRST_PURGE = 60.0
PURGE_EVERY = 6 * 3600.0
TRY_AGAIN = 60.0
GRACE = 10.0
"""Seconds."""


class Maintenance:
    """Two tasks beside the writer. A database that is away makes them wait, nothing else."""

    def __init__(self, journal_log: Log, eraser: Eraser) -> None:
        self._log = journal_log
        self._eraser = eraser
        self._tasks: list[asyncio.Task[None]] = []
        self._stop = asyncio.Event()

    def start(self) -> None:
        self._tasks = [
            asyncio.create_task(self._index(), name="journal-index"),
            asyncio.create_task(self._purge(), name="journal-purge"),
        ]

    async def stop(self) -> None:
        """Finish the transaction under way, then end. Nothing is broken off inside the driver."""
        self._stop.set()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def renew_index(self) -> None:
        """Empty an index whose words were cut in another way; `fill_index` then fills it anew."""
        async with self._log.engine.begin() as connection:
            await connection.run_sync(lock_head)
            version = (await connection.execute(select(SEARCH_STATE.c.version))).scalar_one()
            if version == terms.VERSION:
                return
            await self._log.index.wipe(connection)
            head = (await connection.execute(select(HEAD.c.seq))).scalar_one()
            fresh = {"version": terms.VERSION, "done_seq": 0, "until_seq": head}
            await connection.execute(update(SEARCH_STATE).values(fresh))

    async def fill_index(self) -> int:
        """Index what was there before the index, a batch at a time.

        Returns how many records were indexed. Can be broken off at any time and goes on there.
        """
        done = 0
        while not self._stop.is_set():
            async with self._log.engine.begin() as connection:
                await connection.run_sync(lock_head)
                state = (await connection.execute(select(SEARCH_STATE))).one()
                rows = (
                    await connection.execute(
                        select(RECORD)
                        .where(RECORD.c.seq > state.done_seq, RECORD.c.seq <= state.until_seq)
                        .order_by(RECORD.c.seq)
                        .limit(BATCH)
                    )
                ).all()
                if not rows:
                    return done
                found = [
                    self._log.index.row(row.seq, entry)
                    for row in rows
                    if (entry := indexed(stored(row))) is not None
                ]
                if found:
                    await connection.exec_driver_sql(self._log.index.upsert, found)
                await connection.execute(update(SEARCH_STATE).values(done_seq=rows[-1].seq))
                done += len(found)
        return done

    async def _index(self) -> None:
        while True:
            try:
                done = await self.fill_index()
            except FAULTS as error:
                log.warning("journal: the search index waits: %s", type(error).__name__)
                if await self._stopped_within(TRY_AGAIN):
                    return
            else:
                if done:
                    log.info("journal: %d records added to the search index", done)
                return

    async def _purge(self) -> None:
        pause = FIRST_PURGE
        while not await self._stopped_within(pause):
            try:
                erased = await self._eraser.purge()
            except FAULTS as error:
                log.warning("journal: the purge waits: %s", type(error).__name__)
                pause = TRY_AGAIN
                continue
            if erased.records:
                log.info("journal: %d records erased whose time was over", erased.records)
            pause = PURGE_EVERY

    async def _stopped_within(self, seconds: float) -> bool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)
        return self._stop.is_set()
