"""The adviser in use: built beside the old one when the knowledge base changes, then swapped."""

from __future__ import annotations

import logging
from pathlib import Path

from bot.advice.adviser import Adviser
from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.store import KnowledgeStore, ReloadReport

log = logging.getLogger(__name__)


class Advisers:
    """Holds the adviser for the snapshot in use. Reading it is one attribute access."""

    def __init__(
        self, store: KnowledgeStore, cache_dir: Path | None = None, *, semantic: bool | None = None
    ) -> None:
        """Builds the search index: blocks for a moment. `semantic` as in `SearchEngine`."""
        self._store = store
        self._cache_dir = cache_dir
        self._semantic = semantic
        self._current = self._build()
        self._unsubscribe = store.subscribe(self._follow)

    @property
    def current(self) -> Adviser:
        """Keep the reference for as long as one request lasts."""
        return self._current

    def close(self) -> None:
        """Stop following the knowledge base."""
        self._unsubscribe()

    def _follow(self, report: ReloadReport) -> None:
        if report.changed:
            self._current = self._build()
            log.info("answers now come from revision %s", report.revision)

    def _build(self) -> Adviser:
        snapshot = self._store.snapshot
        engine = SearchEngine(snapshot, cache_dir=self._cache_dir, semantic=self._semantic)
        return Adviser(snapshot, engine)
