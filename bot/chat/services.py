"""What the bot works with, started around it: knowledge, journal, file watcher, health."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.chat.advisers import Advisers
from bot.chat.guilds import Guilds
from bot.chat.health import Health
from bot.chat.ledger import Ledger
from bot.journal import Journal
from bot.knowledge.store import KnowledgeStore
from bot.settings import Settings

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Services:
    """Everything that outlives one connection to Discord."""

    settings: Settings
    store: KnowledgeStore
    advisers: Advisers
    journal: Journal
    guilds: Guilds = field(init=False)
    ledger: Ledger = field(init=False)
    health: Health = field(default_factory=Health)

    def __post_init__(self) -> None:
        self.guilds = Guilds(self.journal)
        self.ledger = Ledger(self.journal)
        self.health.watch("database", self._database)
        self.health.watch("knowledge", self._knowledge)

    async def _database(self) -> dict[str, Any]:
        return await self.ledger.health()

    async def _knowledge(self) -> dict[str, Any]:
        errors = sum(finding.severity == "error" for finding in self.store.findings)
        age = dt.datetime.now(dt.UTC) - self.store.snapshot.loaded_at
        return {
            "ok": not self.store.stale,
            "revision": self.advisers.current.snapshot.revision,
            "search": self.advisers.current.engine.mode,
            "age_seconds": round(age.total_seconds()),
            "errors": errors,
            "findings": len(self.store.findings),
        }


@asynccontextmanager
async def application(
    settings: Settings, *, semantic: bool | None = None, watch: bool = True
) -> AsyncGenerator[Services, None]:
    """Start everything that the bot needs, in order, and stop it in the reverse order.

    The bot is not started here: what runs for long runs around it, not inside it. Raises
    KnowledgeError where there is no usable knowledge base, and what `Journal.open` raises.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = await asyncio.to_thread(KnowledgeStore, settings.knowledge_dir, settings.cache_dir)
    advisers = await asyncio.to_thread(Advisers, store, settings.cache_dir, semantic=semantic)
    journal = await Journal.open(settings.database_url, settings.data_dir)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(journal.close)
        stack.callback(advisers.close)
        services = Services(settings, store, advisers, journal)
        if settings.health_port is not None:
            runner = await services.health.serve(settings.health_port)
            stack.push_async_callback(runner.cleanup)
        if watch:
            stop = asyncio.Event()
            watcher = asyncio.create_task(store.watch(stop), name="knowledge-watcher")
            stack.push_async_callback(_stop, watcher, stop)
        yield services


async def _stop(watcher: asyncio.Task[None], stop: asyncio.Event) -> None:
    stop.set()
    try:
        await asyncio.wait_for(watcher, 5)
    except TimeoutError:
        log.warning("the file watcher did not stop in time")
