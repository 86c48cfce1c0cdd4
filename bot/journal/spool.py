"""Where records wait while the database can't take them: one JSON line each, fsynced.

A reserve of disk space is held beside it, so that a full disk still takes the records of a while.
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from bot.journal.chain import canonical
from bot.journal.locking import locked
from bot.journal.records import NewRecord

log = logging.getLogger(__name__)

RESERVE = 4 * 1024 * 1024
"""Bytes held back for a full disk: some eight thousand records."""

FULL = {errno.ENOSPC, errno.EDQUOT}

CHECKSUM = 8
"""Digits of the CRC-32 before each line's record."""

ROOM = 2
"""Blanks that end each line: `null` is that much longer than the shortest id, and a record must
fit into its own bytes when the person is taken out of it."""


class Spool:
    """A file of waiting records in order. A line cut short by a crash was never acknowledged.

    `taken` bytes of it are in the database already; a restart forgets that, and the records' keys
    make them count once all the same.
    """

    def __init__(self, path: Path, *, reserve: int = RESERVE) -> None:
        self.path = path
        self.waiting = 0
        self.damaged = path.with_suffix(".damaged")
        self._reserve = path.with_suffix(".reserve")
        self._reserved = reserve
        self._lock_file = path.with_suffix(".lock")
        self._lock = threading.Lock()
        self._taken = 0

    def open(self) -> None:
        """Mend what a crash left, count what waits, set disk space aside."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock, locked(self._lock_file):
            self._mend()
            self._taken = 0
            self.waiting = sum(1 for _ in self._records(0))
        self.set_aside()

    def add(self, records: Sequence[NewRecord]) -> None:
        """Append and fsync. Raises OSError where the disk takes nothing: nothing is then kept."""
        lines = b"".join(_line(record) for record in records)
        with self._lock, locked(self._lock_file):
            try:
                self._write(lines)
            except OSError as error:
                if error.errno not in FULL or not self._reserve.exists():
                    raise
                log.warning("journal: the disk is full; its reserve goes to the spool")
                self._reserve.unlink()
                self._write(lines)
            self.waiting += len(records)

    def next(self, most: int) -> tuple[list[NewRecord], int]:
        """The first waiting records, and the place in the file where they end."""
        with self._lock, locked(self._lock_file):
            found: list[NewRecord] = []
            end = self._taken
            for record, after in self._records(self._taken):
                found.append(record)
                end = after
                if len(found) == most:
                    break
            return found, end

    def take(self, count: int, end: int) -> None:
        """The database has the first `count` records, which end at `end`."""
        with self._lock, locked(self._lock_file):
            self._taken = end
            self.waiting -= count
            if self.path.exists() and self.path.stat().st_size <= end:
                with self.path.open("r+b") as file:
                    file.truncate(0)
                    os.fsync(file.fileno())
                self._taken = self.waiting = 0

    def find(self, matches: Callable[[NewRecord], bool]) -> NewRecord | None:
        """The first waiting record that matches."""
        if not self.waiting:
            return None
        with self._lock, locked(self._lock_file):
            return next((r for r, _ in self._records(self._taken) if matches(r)), None)

    def scrub(self, change: Callable[[NewRecord], NewRecord]) -> int:
        """Rewrite records in place, each within its own bytes; returns how many changed.

        What was taken already is scrubbed too: its bytes are still in the file.
        """
        changed = 0
        if not self.path.exists():
            return 0
        with self._lock, locked(self._lock_file), self.path.open("r+b") as file:
            place = 0
            for line in file.readlines():
                record = _record(line)
                fresh = change(record) if record else None
                if fresh is not None and fresh is not record:
                    file.seek(place)
                    file.write(_line(fresh, length=len(line)))
                    changed += 1
                place += len(line)
            file.flush()
            os.fsync(file.fileno())
        return changed

    def set_aside(self) -> None:
        """Hold disk space for bad times, where there is enough of it."""
        size = self._reserve.stat().st_size if self._reserve.exists() else 0
        if size == self._reserved:
            return
        try:
            with self._reserve.open("wb") as file:
                for _ in range(self._reserved // 65536):
                    file.write(bytes(65536))
                os.fsync(file.fileno())
        except OSError as error:
            log.warning("journal: no space to set aside for a full disk: %s", error.strerror)
            with contextlib.suppress(OSError):
                self._reserve.unlink()

    def _write(self, lines: bytes) -> None:
        fresh = not self.path.exists()
        with self.path.open("ab", buffering=0) as file:
            place = file.tell()
            try:
                written = 0
                while written < len(lines):
                    written += file.write(lines[written:])
                os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    os.ftruncate(file.fileno(), place)
                raise
        if fresh:
            _sync_directory(self.path.parent)

    def _mend(self) -> None:
        """Cut off a line that a crash cut short; blank what rotted, with a copy kept aside."""
        if not self.path.exists():
            return
        with self.path.open("r+b") as file:
            lines = file.readlines()
            if lines and not lines[-1].endswith(b"\n"):
                file.truncate(sum(len(line) for line in lines[:-1]))
                del lines[-1]
            place = 0
            for line in lines:
                if line.strip() and _record(line) is None:
                    log.error("journal: %s is damaged at byte %d", self.path, place)
                    with self.damaged.open("ab") as damaged:
                        damaged.write(line)
                    file.seek(place)
                    file.write(b" " * (len(line) - 1))
                place += len(line)
            os.fsync(file.fileno())

    def _records(self, start: int) -> Iterator[tuple[NewRecord, int]]:
        """Whole records from a place on, each with the place where it ends."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            file.seek(start)
            place = start
            for line in file:
                place += len(line)
                record = _record(line)
                if record is not None:
                    yield record, place


def _line(record: NewRecord, *, length: int | None = None) -> bytes:
    """A record as a line of the file, filled up with blanks to `length` bytes."""
    body = canonical(asdict(record)).encode()
    body = body + b" " * ROOM if length is None else body.ljust(length - CHECKSUM - 2)
    return b"%08x %s\n" % (zlib.crc32(body), body)


def _record(line: bytes) -> NewRecord | None:
    checksum, _, body = line.rstrip(b"\n").partition(b" ")
    if len(checksum) != CHECKSUM or b"%08x" % zlib.crc32(body) != checksum:
        return None
    return NewRecord(**json.loads(body))


def without_person(record: NewRecord) -> NewRecord:
    """The record without identity and words. The answer that was given is nobody's word."""
    return replace(record, user_id=None, private={})


def _sync_directory(path: Path) -> None:
    if os.name == "posix":  # elsewhere a directory can't be opened to be synced
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
