"""Entries without a fault, kept as JSON by the hash of their file: a warm start reads no YAML.

JSON and not a pickle: a tampered cache can at worst hold wrong data, which the models check.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

NAME = "entries.cache"


@cache
def engine_fingerprint() -> str:
    """Hash of the code that reads and checks: a new version of it starts with an empty cache."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        if "search" not in path.relative_to(root).parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class EntryCache:
    """Checked entries as JSON by key (kind and content hash). Any damage means an empty cache."""

    def __init__(self, directory: Path | None) -> None:
        self.path = directory / NAME if directory else None
        self.known: dict[str, bytes] = {}
        self.used: dict[str, bytes] = {}
        self.dirty = False
        if self.path:
            self._read(self.path)

    def _read(self, path: Path) -> None:
        try:
            header, *lines = path.read_bytes().split(b"\n")
        except OSError:
            return
        if header.decode(errors="replace") != engine_fingerprint():
            return
        for line in lines:
            key, separator, text = line.partition(b"\t")
            if separator:
                self.known[key.decode("ascii", errors="replace")] = text

    def get(self, key: str) -> bytes | None:
        found = self.known.get(key)
        if found is not None:
            self.used[key] = found
        return found

    def put(self, key: str, text: bytes) -> None:
        self.used[key] = text
        self.dirty = True

    def save(self) -> None:
        """Write what this run used, in one atomic step. A full disk costs only the speed."""
        if self.path is None or not (self.dirty or len(self.used) != len(self.known)):
            return
        body = b"\n".join(
            [
                engine_fingerprint().encode(),
                *(key.encode() + b"\t" + text for key, text in self.used.items()),
            ]
        )
        replace(self.path, body)


def replace(path: Path, content: bytes) -> None:
    """Write a file in one atomic step, or leave the old one where that cannot be done."""
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).replace(path)
    except OSError:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
