"""The chain's end, noted in a file beside the database: rows cut off at the end then show."""

from __future__ import annotations

import os
import re
from pathlib import Path

from bot.journal.log import End

NOTE = re.compile(r"(\d{20}) ([0-9a-f]{64})\n")


class Anchor:
    """One line of always the same length, written in one piece: a kill leaves old or new."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, end: End) -> None:
        """Raises OSError. The line is a help to verify and carries no record: it is not fsynced."""
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(handle, f"{end[0]:020d} {end[1]}\n".encode("ascii"))
        finally:
            os.close(handle)

    def read(self) -> End | None:
        """None where there is no note, or no whole one."""
        try:
            found = NOTE.fullmatch(self.path.read_text(encoding="ascii"))
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        return (int(found[1]), found[2]) if found else None
