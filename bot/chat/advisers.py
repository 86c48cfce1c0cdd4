"""The adviser in use: built beside the old one when the knowledge base changes, then swapped."""

from __future__ import annotations

import logging
import threading
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
        """Builds the search index: blocks for a moment. `semantic` as in `SearchEngine`.

        Search by meaning joins from a thread as soon as it is ready: vectors that no cache has
        may take minutes, and the first question does not wait for them.
        """
        self._store = store
        self._cache_dir = cache_dir
        self._semantic = semantic
        self._current = self._build(semantic=False)
        if semantic is not False:
            threading.Thread(
                target=self._join_meaning, name="search-by-meaning", daemon=True
            ).start()
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
            self._current = self._build(semantic=self._semantic)
            log.info("answers now come from revision %s", report.revision)

    def _join_meaning(self) -> None:
        adviser = self._build(semantic=self._semantic)
        if adviser.snapshot is self._store.snapshot:  # a reload meanwhile has built its own
            self._current = adviser

    def _build(self, *, semantic: bool | None) -> Adviser:
        snapshot = self._store.snapshot
        return Adviser(
            snapshot, SearchEngine(snapshot, cache_dir=self._cache_dir, semantic=semantic)
        )
