"""The last good snapshot on disk, so that a restart survives a broken edit."""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from bot.knowledge.kinds import MODELS, Entry
from bot.knowledge.reading.cache import engine_fingerprint
from bot.knowledge.snapshot import Snapshot
from bot.knowledge.vocabulary import Vocabulary

log = logging.getLogger(__name__)
NAME = "last-good.jsonl"


def save(snapshot: Snapshot, directory: Path) -> None:
    """Write the snapshot in one atomic step. A failure is logged: the bot works without it."""
    lines = [
        f"{engine_fingerprint()} {snapshot.revision}",
        snapshot.vocabulary.model_dump_json(),
        *(f"{entry.kind} {entry.model_dump_json()}" for entry in snapshot.entries.values()),
    ]
    temporary: str | None = None
    try:
        directory.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=directory, prefix=NAME)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write("\n".join(lines))
        Path(temporary).replace(directory / NAME)
    except OSError as error:
        log.warning("The last good knowledge base could not be kept: %s", error)
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def saved_revision(directory: Path) -> str | None:
    """Revision of the snapshot on disk, if this version of the code wrote it."""
    try:
        with (directory / NAME).open(encoding="utf-8") as stream:
            fingerprint, _, revision = stream.readline().strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        return None
    return revision if fingerprint == engine_fingerprint() else None


def restore(directory: Path) -> Snapshot | None:
    """The snapshot on disk; None if there is none that this version of the code can read."""
    revision = saved_revision(directory)
    if revision is None:
        return None
    try:
        _, vocabulary, *lines = (directory / NAME).read_text(encoding="utf-8").split("\n")
        entries: dict[str, Entry] = {}
        for line in lines:
            kind, _, text = line.partition(" ")
            entry = MODELS[kind].model_validate_json(text, strict=True)
            entries[entry.id] = entry
        return Snapshot(
            MappingProxyType(entries), Vocabulary.model_validate_json(vocabulary), revision
        )
    except (OSError, ValueError, KeyError, ValidationError) as error:
        log.warning("The last good knowledge base cannot be read: %s", type(error).__name__)
        return None
