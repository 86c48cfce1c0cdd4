"""Where records wait while the database can't take them: one JSON line each, fsynced."""

from __future__ import annotations

import json
import os
import threading
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bot.journal.chain import canonical
from bot.journal.records import NewRecord


class Spool:
    """A file of waiting records in order. A line cut short by a crash was never acknowledged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self.waiting = len(self.read())

    def add(self, records: Sequence[NewRecord]) -> None:
        """Append and fsync. Raises OSError where the disk takes nothing: nothing is then kept."""
        lines = "".join(_line(record) for record in records).encode()
        with self._lock:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                place = file.tell()
                try:
                    file.write(lines)
                    file.flush()
                    os.fsync(file.fileno())
                except OSError:
                    os.ftruncate(file.fileno(), place)
                    raise
            self.waiting += len(records)

    def read(self) -> list[NewRecord]:
        """All whole records, in order."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return []
        return [record for line in data.split(b"\n") if (record := _record(line)) is not None]

    def drop(self, count: int) -> None:
        """Take away the first `count` records, which the database now has."""
        with self._lock:
            rest = self.read()[count:]
            fresh = self.path.with_suffix(".new")
            with fresh.open("wb") as file:
                file.write("".join(_line(record) for record in rest).encode())
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
            self.waiting = len(rest)

    def forget(self, user_id: str) -> int:
        """Remove a person's identity and words from what waits; returns how many records."""
        with self._lock:
            records = self.read()
            mine = sum(record.user_id == user_id for record in records)
            if mine:
                kept = [_without_person(r) if r.user_id == user_id else r for r in records]
                fresh = self.path.with_suffix(".new")
                fresh.write_bytes("".join(_line(record) for record in kept).encode())
                fresh.replace(self.path)
        return mine


def _line(record: NewRecord) -> str:
    body = canonical(asdict(record))
    return f"{zlib.crc32(body.encode()):08x} {body}\n"


def _record(line: bytes) -> NewRecord | None:
    checksum, _, body = line.partition(b" ")
    if len(checksum) != 8 or f"{zlib.crc32(body):08x}".encode() != checksum:
        return None
    return NewRecord(**json.loads(body))


def _without_person(record: NewRecord) -> NewRecord:
    return NewRecord(
        type=record.type,
        public=record.public,
        guild_id=record.guild_id,
        channel_id=record.channel_id,
        created_at=record.created_at,
        key=record.key,
    )
