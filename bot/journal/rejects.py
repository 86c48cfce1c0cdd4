"""Records that the database refuses for good: kept aside for whoever runs the bot."""

from __future__ import annotations

import logging
import os
from dataclasses import asdict
from pathlib import Path

from bot.journal.chain import canonical
from bot.journal.records import NewRecord

log = logging.getLogger(__name__)


class Rejects:
    """A file of JSON lines, each a record and the database's reason."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def count(self) -> int:
        try:
            with self.path.open("rb") as file:
                return sum(1 for line in file if line.strip())
        except FileNotFoundError:
            return 0

    def add(self, record: NewRecord, reason: str) -> None:
        """Append and fsync. Raises OSError."""
        line = canonical({"reason": reason, "record": asdict(record)})
        with self.path.open("ab") as file:
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        log.error("journal: the database refuses a record (%s); it is in %s", reason, self.path)


def drop_lines(path: Path, user_id: str) -> None:
    """Take the lines that name a person out of a file, overwriting them where they stood."""
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return
    needle = user_id.encode("ascii")
    if not any(needle in line for line in lines):
        return
    with path.open("r+b") as file:
        for line in lines:
            file.write(b" " * (len(line) - 1) + b"\n" if needle in line else line)
        file.flush()
        os.fsync(file.fileno())
