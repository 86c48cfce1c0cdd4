"""The lexical indexes on disk, by the revision of the knowledge base: a start need not build them.

A file that cannot be read or written costs only time.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.kinds import Entry
from bot.knowledge.search.index import LexicalIndex
from bot.knowledge.search.lexicon import Lexicon
from bot.knowledge.search.phrases import PhraseIndex
from bot.knowledge.search.postings import Postings, with_rows
from bot.knowledge.snapshot import Snapshot

log = logging.getLogger(__name__)

VERSION = 1
"""To be raised when the same entries would give other indexes, or another form of file."""

KEPT = 3
"""Files of this many revisions are kept; older ones are deleted."""


def place(cache_dir: Path, snapshot: Snapshot) -> Path:
    """The file for a snapshot."""
    names = "\n".join(snapshot.entries)
    entries = hashlib.blake2b(names.encode(), digest_size=4).hexdigest()
    return cache_dir / f"index-{VERSION}-{snapshot.revision}-{entries}.npz"


def save(path: Path, index: LexicalIndex, phrases: PhraseIndex) -> None:
    """Write the indexes, all or nothing."""
    lexicon = index.lexicon
    arrays: dict[str, NDArray[Any]] = {
        "forms": _packed(lexicon.forms),
        "counts": np.array([len(terms) for terms in lexicon.forms.values()], np.uint8),
        "numbers": np.array([term for many in lexicon.forms.values() for term in many], np.int32),
        "terms": _packed(lexicon.terms),
        "languages": _packed(lexicon.languages),
        "idf": index.postings.idf,
        "phrase_counts": phrases.counts,
        "phrase_mass": phrases.mass,
        **_arrays("entry", index.postings),
        **_arrays("phrase", phrases.postings),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
            np.savez(file, **arrays)  # pyright: ignore[reportArgumentType]
        os.replace(file.name, path)  # noqa: PTH105 - the name is a string already
        others = sorted(path.parent.glob("index-*.npz"), key=lambda item: item.stat().st_mtime)
        for old in others[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        log.warning("the search index cannot be kept in %s: %s", path, error)


def load(path: Path, entries: Sequence[Entry]) -> tuple[LexicalIndex, PhraseIndex] | None:
    """Read the indexes of these entries; None if the file is not there or not whole."""
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        terms = {term: number for number, term in enumerate(_unpacked(arrays["terms"]))}
        idf = arrays["idf"]
        if len(arrays["phrase_counts"]) != len(entries) or len(idf) != len(terms):
            return None
        lexicon = Lexicon(_forms(arrays), terms, _unpacked(arrays["languages"]))
        index = LexicalIndex(lexicon, _postings("entry", arrays, len(entries), idf))
        mass = arrays["phrase_mass"]
        postings = _postings("phrase", arrays, len(mass), idf)
        return index, PhraseIndex(entries, arrays["phrase_counts"], postings, mass)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        log.warning("the search index in %s is built anew: %s", path, error)
        return None


def _forms(arrays: dict[str, NDArray[Any]]) -> dict[str, tuple[int, ...]]:
    forms, numbers, counts = _unpacked(arrays["forms"]), arrays["numbers"], arrays["counts"]
    ends = np.cumsum(counts, dtype=np.int64)
    starts = ends - counts
    # Nearly all forms have one term: those are paired off without a step in Python for each.
    found: dict[str, tuple[int, ...]] = dict(
        zip(forms, zip(numbers[starts].tolist(), strict=True), strict=True)
    )
    for place in np.flatnonzero(counts != 1).tolist():
        found[forms[place]] = tuple(numbers[starts[place] : ends[place]].tolist())
    return found


def _arrays(name: str, postings: Postings) -> dict[str, NDArray[Any]]:
    return {
        f"{name}_starts": postings.starts,
        f"{name}_documents": postings.documents,
        f"{name}_scores": postings.scores,
        f"{name}_fields": postings.fields,
    }


def _postings(
    name: str, arrays: dict[str, NDArray[Any]], size: int, idf: NDArray[np.float32]
) -> Postings:
    return with_rows(
        size,
        arrays[f"{name}_starts"],
        arrays[f"{name}_documents"],
        arrays[f"{name}_scores"],
        arrays[f"{name}_fields"],
        idf,
    )


def _packed(words: Sequence[str] | Any) -> NDArray[np.uint8]:
    """Words as bytes, one a line; no word has a line break."""
    return np.frombuffer("\n".join(words).encode("utf-8", "surrogatepass"), np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> list[str]:
    text = packed.tobytes().decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []
