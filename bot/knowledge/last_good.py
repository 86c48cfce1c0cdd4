"""The last good snapshot on disk, so that a restart survives a broken edit."""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from bot.knowledge.disarm import Disarm
from bot.knowledge.kinds import MODELS, Entry
from bot.knowledge.reading.cache import engine_fingerprint
from bot.knowledge.search.calibration import Calibration
from bot.knowledge.search.intents import Intents
from bot.knowledge.search.off_topic import OffTopic
from bot.knowledge.search.taught import Taught
from bot.knowledge.snapshot import Snapshot
from bot.knowledge.vocabulary import Vocabulary

log = logging.getLogger(__name__)
NAME = "last-good.jsonl"


LISTS: dict[str, type[BaseModel]] = {
    "vocabulary": Vocabulary,
    "intents": Intents,
    "calibration": Calibration,
    "disarm": Disarm,
    "off_topic": OffTopic,
    "taught": Taught,
    "wording": Taught,
}
"""What a snapshot holds beside its entries."""


def save(snapshot: Snapshot, directory: Path) -> None:
    """Write the snapshot in one atomic step. A failure is logged: the bot works without it."""
    lists: dict[str, BaseModel | None] = {name: getattr(snapshot, name) for name in LISTS}
    lines = [
        f"{engine_fingerprint()} {snapshot.revision}",
        *(f"{name} {each.model_dump_json()}" for name, each in lists.items() if each is not None),
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
        _, *lines = (directory / NAME).read_text(encoding="utf-8").split("\n")
        entries: dict[str, Entry] = {}
        lists: dict[str, Any] = {}
        for line in lines:
            name, _, text = line.partition(" ")
            if name in LISTS:
                lists[name] = LISTS[name].model_validate_json(text)
            else:
                entry = MODELS[name].model_validate_json(text, strict=True)
                entries[entry.id] = entry
        return Snapshot(MappingProxyType(entries), revision=revision, **lists)
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("The last good knowledge base cannot be read: %s", type(error).__name__)
        return None
