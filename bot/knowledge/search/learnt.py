"""What calibration learnt from the entries, read and stored: of words, and of meaning."""

from __future__ import annotations

from collections.abc import Collection, Set
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.search import taught, wording
from bot.knowledge.search.taught import Lesson
from bot.knowledge.search.wording import Wording
from bot.knowledge.snapshot import Snapshot

MEANING_FILE, WORDING_FILE = "meaning.npz", "wording.npz"
"""Beside `calibration.yaml`."""

FITTING = 0.9
"""Share of the entries that must have been learnt from, and of those learnt from still be there."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """All that a mode of search uses; `meaning` is None in lexical mode."""

    wording: Wording
    meaning: Lesson | None = None


def read(snapshot: Snapshot, entries: Set[str], model: str | None) -> Learnt | None:
    """What is stored, for entries given as ids; `model` makes the vectors, None in lexical mode.

    None where something is missing, cannot be read or was learnt from other entries: of others it
    knows nothing, not even whether a query speaks of any of them.
    """
    words = wording.read(snapshot.wording) if snapshot.wording else None
    if words is None or not _fits(words.ids, entries):
        return None
    if model is None:
        return Learnt(words)
    meaning = taught.read(snapshot.taught, model) if snapshot.taught else None
    return Learnt(words, meaning) if meaning and _fits(meaning.ids, entries) else None


def store(learnt: Learnt, directory: Path) -> list[Path]:
    """Write it to the directory of the knowledge base; the files written."""
    files = {directory / WORDING_FILE: wording.write(learnt.wording)}
    if learnt.meaning is not None:
        files[directory / MEANING_FILE] = taught.write(learnt.meaning)
    for path, content in files.items():
        path.write_bytes(content)
    return list(files)


def _fits(learnt_from: Collection[str], entries: Set[str]) -> bool:
    return len(entries & set(learnt_from)) >= FITTING * max(len(learnt_from), len(entries))
