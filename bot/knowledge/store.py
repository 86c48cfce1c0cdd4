"""The knowledge base in use: swapped whole, and never for a broken one."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from watchfiles import awatch  # pyright: ignore[reportUnknownVariableType]

from bot.knowledge import last_good
from bot.knowledge.findings import Finding
from bot.knowledge.reading import Loaded, load
from bot.knowledge.snapshot import Snapshot

log = logging.getLogger(__name__)

DEBOUNCE_MS = 400
"""Editors save in several steps; within this time they count as one."""

RETRY_SECONDS = 5.0
"""How long to wait for a knowledge directory that went away."""


class KnowledgeError(Exception):
    """The knowledge base cannot be used and there is no earlier state; `findings` say why."""

    def __init__(self, directory: Path, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        errors = [finding for finding in findings if finding.severity == "error"]
        first = errors[0]
        super().__init__(
            f"the knowledge base in {directory} has {len(errors)} error(s); the first is "
            f"{first.file}:{first.line}:{first.column}: {first.code}: {first.message}. "
            "See all of them with: redline kb check"
        )


@dataclass(frozen=True, slots=True)
class ReloadReport:
    """What a reload did. `changed` says whether another snapshot is now in use."""

    changed: bool
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed_ids: tuple[str, ...]
    findings: tuple[Finding, ...]
    revision: str
    """Revision now in use."""

    @property
    def refused(self) -> bool:
        """Whether what is on disk is broken, so that the last good snapshot stays in use."""
        return any(finding.severity == "error" for finding in self.findings)


class KnowledgeStore:
    """Holds the snapshot in use. Reading it is one attribute access, from any thread."""

    def __init__(self, directory: Path, cache_dir: Path | None = None) -> None:
        """Load the knowledge base; if it is broken, its last good state from the cache directory.

        Raises KnowledgeError if there is neither.
        """
        self.directory = directory
        self.cache_dir = cache_dir
        self._subscribers: list[Callable[[ReloadReport], None]] = []
        self._reloading = threading.Lock()
        loaded = load(directory, cache_dir=cache_dir)
        snapshot = loaded.snapshot or (last_good.restore(cache_dir) if cache_dir else None)
        if snapshot is None:
            raise KnowledgeError(directory, loaded.findings)
        self._loaded: Loaded = loaded
        self._snapshot: Snapshot = snapshot
        self._checked_at = dt.datetime.now(dt.UTC)
        self._keep()

    @property
    def snapshot(self) -> Snapshot:
        """The last good state. Keep the reference for as long as one request lasts."""
        return self._snapshot

    @property
    def loaded(self) -> Loaded:
        """The last reading, good or broken."""
        return self._loaded

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the last reading found; errors here mean that `snapshot` is an earlier state."""
        return self._loaded.findings

    @property
    def stale(self) -> bool:
        """Whether what is on disk is broken and an earlier state is in use."""
        return self._loaded.snapshot is None

    @property
    def checked_at(self) -> dt.datetime:
        """When the files were last read (UTC)."""
        return self._checked_at

    def subscribe(self, callback: Callable[[ReloadReport], None]) -> Callable[[], None]:
        """Call back after each reload that changed or refused something; returns the way out.

        The callback runs in the thread that reloads. What it raises is logged and goes no further.
        """
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._subscribers.remove(callback)

        return unsubscribe

    def reload(self) -> ReloadReport:
        """Read all files again and swap if they are right. Blocks: call it in a thread."""
        with self._reloading:
            before, findings_before = self._snapshot, self._loaded.findings
            loaded = load(self.directory, cache_dir=self.cache_dir)
            self._checked_at = dt.datetime.now(dt.UTC)
            after = loaded.snapshot
            if after is not None and after.revision == before.revision:
                after = before
            self._loaded = loaded
            if after is not None:
                self._snapshot = after
                self._keep()
            report = _report(before, self._snapshot, loaded.findings)
        if report.changed or loaded.findings != findings_before:
            self._tell(report)
        return report

    def _keep(self) -> None:
        if (
            self.cache_dir is not None
            and not self.stale
            and last_good.saved_revision(self.cache_dir) != self._snapshot.revision
        ):
            last_good.save(self._snapshot, self.cache_dir)

    def _tell(self, report: ReloadReport) -> None:
        for callback in tuple(self._subscribers):
            try:
                callback(report)
            except Exception:
                log.exception("A subscriber to the knowledge base failed")

    async def watch(self, stop: asyncio.Event | None = None) -> None:
        """Reload whenever a file changes, until `stop` is set or the task is cancelled."""
        stop = stop or asyncio.Event()
        while not stop.is_set():
            try:
                async for _ in awatch(self.directory, debounce=DEBOUNCE_MS, stop_event=stop):
                    await self._reload_in_thread()
            except FileNotFoundError:
                log.warning("The knowledge directory %s is gone; waiting for it", self.directory)
            except OSError as error:
                log.warning("Watching %s failed: %s", self.directory, error)
            if stop.is_set():
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RETRY_SECONDS)
            if not stop.is_set():
                await self._reload_in_thread()

    async def _reload_in_thread(self) -> None:
        try:
            report = await asyncio.to_thread(self.reload)
        except Exception:
            log.exception("Reloading the knowledge base failed")
            return
        if report.refused:
            errors = sum(finding.severity == "error" for finding in report.findings)
            log.warning(
                "Knowledge base has %d error(s); revision %s stays", errors, report.revision
            )
        elif report.changed:
            log.info("Knowledge base is now at revision %s", report.revision)


def _report(before: Snapshot, after: Snapshot, findings: tuple[Finding, ...]) -> ReloadReport:
    old, new = before.entries, after.entries
    return ReloadReport(
        changed=before is not after,
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed_ids=tuple(sorted(key for key in old.keys() & new.keys() if old[key] != new[key])),
        findings=findings,
        revision=after.revision,
    )
