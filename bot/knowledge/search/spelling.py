"""Known words near a misspelt one, found without comparing it with every word.

Two words at an edit distance of one share what is left when a letter is taken out of either.
Hashes of all those remainders are worked out in one sweep and searched by bisection; the few
candidates are then measured with the real distance (optimal string alignment: a swap is one edit).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

SHORTEST = 4
"""Shorter words are too alike to be corrected."""

SHORTEST_FOR_TWO = 7
"""From this length two edits are forgiven."""

_LONGEST = 24
_BASE = np.uint64(1_000_003)


class Correction(NamedTuple):
    """A known word and how many edits away it is."""

    form: str
    edits: int


class SpellingIndex:
    """Words of four letters and more, by the hashes of their remainders."""

    def __init__(self, forms: Sequence[str]) -> None:
        self._forms = [form for form in forms if SHORTEST - 1 <= len(form) <= _LONGEST]
        hashes, owners = _remainders(self._forms)
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        self._owners = owners[order]
        self._buckets: dict[tuple[str, int], list[str]] = {}
        for form in self._forms:
            self._buckets.setdefault((form[0], len(form)), []).append(form)

    def near(self, word: str, limit: int = 4) -> list[Correction]:
        """Known words within one edit; if none and the word is long, within two. Nearest first."""
        if not SHORTEST <= len(word) <= _LONGEST:
            return []
        found = self._within_one(word)
        if not found and len(word) >= SHORTEST_FOR_TWO:
            found = self._within_two(word)
        # People seldom miss the first letter, and a word of the same length is the likelier.
        found.sort(
            key=lambda item: (
                item.edits,
                item.form[0] != word[0],
                abs(len(item.form) - len(word)),
                item.form,
            )
        )
        return found[:limit]

    def _within_one(self, word: str) -> list[Correction]:
        hashes, _ = _remainders([word])
        left = np.searchsorted(self._hashes, hashes, "left")
        right = np.searchsorted(self._hashes, hashes, "right")
        owners: set[int] = set()
        for start, end in zip(left.tolist(), right.tolist(), strict=True):
            if start < end:
                owners.update(self._owners[start:end].tolist())
        return [
            Correction(self._forms[owner], edits)
            for owner in owners
            if (edits := OSA.distance(word, self._forms[owner], score_cutoff=1)) <= 1
        ]

    def _within_two(self, word: str) -> list[Correction]:
        found: list[Correction] = []
        for length in range(len(word) - 2, len(word) + 3):
            for form in self._buckets.get((word[0], length), ()):
                edits = OSA.distance(word, form, score_cutoff=2)
                if edits <= 2:
                    found.append(Correction(form, edits))
        return found


def _remainders(forms: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Hashes of every form and of every form less one letter, and the form each came from."""
    if not forms:
        return np.zeros(0, np.uint64), np.zeros(0, np.int32)
    width = max(map(len, forms))
    letters = np.array(forms, dtype=f"U{width}").view(np.uint32).reshape(len(forms), width)
    letters = letters.astype(np.uint64)
    lengths = np.fromiter(map(len, forms), np.int64, len(forms))
    with np.errstate(over="ignore"):
        power = np.ones(width + 1, np.uint64)
        for place in range(1, width + 1):
            power[place] = power[place - 1] * _BASE
        # Letters before the gap keep their place, those after it move up by one.
        before = np.zeros((len(forms), width + 1), np.uint64)
        np.cumsum(letters * power[:width], axis=1, out=before[:, 1:])
        moved = np.zeros((len(forms), width + 1), np.uint64)
        np.cumsum(letters[:, 1:] * power[: width - 1], axis=1, out=moved[:, 2:])
        total = moved[:, -1:]
        gaps = before[:, :width] + (total - moved[:, 1:])
    inside = np.arange(width)[None, :] < lengths[:, None]
    owners = np.broadcast_to(np.arange(len(forms), dtype=np.int32)[:, None], inside.shape)
    hashes = np.concatenate((before[:, -1], gaps[inside]))
    return hashes, np.concatenate((np.arange(len(forms), dtype=np.int32), owners[inside]))
