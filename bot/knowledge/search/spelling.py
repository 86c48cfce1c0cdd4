"""Known words near a misspelt one, found without comparing it with every word.

Two words at an edit distance of one share what is left when a letter is taken out of either.
Hashes of all those remainders are worked out in one sweep and searched by bisection. For two
edits, words with other letters are ruled out first. The few candidates are then measured with the
real distance (optimal string alignment: a swap of neighbours is one edit).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

SHORTEST = 5
"""Shorter words are too alike to be corrected."""

SHORTEST_FOR_TWO = 7
"""From this length two edits are forgiven."""

LONGEST = 24

_BASE = 1_000_003
_MASK = (1 << 64) - 1


class Correction(NamedTuple):
    """A known word and how many edits away it is."""

    form: str
    edits: int


class SpellingIndex:
    """Known words, by the hashes of their remainders and by first letter and length."""

    def __init__(self, forms: Sequence[str]) -> None:
        self._forms = sorted(
            (form for form in forms if SHORTEST - 1 <= len(form) <= LONGEST),
            key=lambda form: (form[0], len(form)),
        )
        self._first = _first_places(self._forms)
        letters = _letters(self._forms)
        hashes, owners = _remainders(letters, self._forms)
        order = np.argsort(hashes)
        hashes = hashes[order]
        # A few look-ups in a plain array are quicker than calls of numpy.
        self._hashes = array("Q", hashes.tobytes())
        self._owners = array("i", owners[order].tobytes())
        # Most remainders of a word are nobody's: a table by the last bits of the hash says so.
        seen = np.zeros(1 << max(10, (16 * len(hashes)).bit_length()), np.bool_)
        seen[hashes & np.uint64(len(seen) - 1)] = True
        self._seen = seen.tobytes()
        self._letters = np.bitwise_or.reduce(
            np.where(letters > 0, np.uint64(1) << (letters % np.uint64(64)), np.uint64(0)), axis=1
        )

    def near(self, word: str, limit: int = 4) -> list[Correction]:
        """Known words within one edit; if none and the word is long, within two. Nearest first."""
        if not SHORTEST <= len(word) <= LONGEST:
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
        seen, last = self._seen, len(self._seen) - 1
        hit = [code for code in _remainders_of(word) if seen[code & last]]
        if not hit:
            return []
        owners: set[int] = set()
        for code in hit:
            place = bisect_left(self._hashes, code)
            while place < len(self._hashes) and self._hashes[place] == code:
                owners.add(self._owners[place])
                place += 1
        return [
            Correction(self._forms[owner], edits)
            for owner in owners
            if (edits := OSA.distance(word, self._forms[owner], score_cutoff=1)) <= 1
        ]

    def _within_two(self, word: str) -> list[Correction]:
        first = self._first.get(word[0])
        if first is None:
            return []
        start, end = first[len(word) - 2], first[min(len(word) + 3, LONGEST + 1)]
        letters = 0
        for letter in word:
            letters |= 1 << (ord(letter) % 64)
        # An edit takes away one letter at most and brings in one at most.
        other = np.bitwise_count(self._letters[start:end] ^ np.uint64(letters))
        return [
            Correction(form, edits)
            for place in np.flatnonzero(other <= 4).tolist()
            if (edits := OSA.distance(word, form := self._forms[start + place], score_cutoff=2))
            <= 2
        ]


def _first_places(forms: Sequence[str]) -> dict[str, list[int]]:
    """By first letter and length: where the words so long or longer begin in the sorted list."""
    found: dict[str, list[int]] = {}
    for place, form in enumerate(forms):
        first = found.setdefault(form[0], [place])
        first.extend([place] * (len(form) + 1 - len(first)))
        end = place + 1
        last = forms[end][0] if end < len(forms) else None
        if last != form[0]:
            first.extend([end] * (LONGEST + 2 - len(first)))
    return found


_POWERS = [pow(_BASE, place, 1 << 64) for place in range(LONGEST + 1)]


def _remainders_of(word: str) -> list[int]:
    """Hashes of the word and of the word less one letter, as `_remainders` works them out."""
    codes = [ord(letter) for letter in word]
    after = 0
    for code, power in zip(codes[1:], _POWERS, strict=False):
        after += code * power
    found = [after & _MASK]
    before = 0
    for place in range(1, len(codes)):
        code = codes[place - 1]
        before += code * _POWERS[place - 1]
        after -= codes[place] * _POWERS[place - 1]
        found.append((before + after) & _MASK)
    found.append((before + codes[-1] * _POWERS[len(codes) - 1]) & _MASK)
    return found


def _letters(forms: Sequence[str]) -> NDArray[np.uint64]:
    """Code points of the words, a row each, zeros after the end."""
    width = max(map(len, forms), default=1)
    codes = np.array(forms, dtype=f"U{width}").view(np.uint32)
    return codes.reshape(len(forms), width).astype(np.uint64)


def _remainders(
    letters: NDArray[np.uint64], forms: Sequence[str]
) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Hashes of every word and of every word less one letter, and the word each came from."""
    count: int = letters.shape[0]
    width: int = letters.shape[1]
    power = np.array([pow(_BASE, place, 1 << 64) for place in range(width + 1)], np.uint64)
    # Letters before the gap keep their place, those after it move up by one.
    before = np.zeros((count, width + 1), np.uint64)
    np.cumsum(letters * power[:width], axis=1, out=before[:, 1:])
    moved = np.zeros((count, width + 1), np.uint64)
    np.cumsum(letters[:, 1:] * power[: width - 1], axis=1, out=moved[:, 2:])
    gaps = before[:, :width] + (moved[:, -1:] - moved[:, 1:])
    lengths = np.fromiter(map(len, forms), np.int64, count)
    inside = np.less(np.arange(width), lengths.reshape(-1, 1), dtype=np.bool_)
    numbers = np.arange(count, dtype=np.int32)
    owners = np.broadcast_to(numbers[:, None], inside.shape)
    return (
        np.concatenate((before[:, -1], gaps[inside])),
        np.concatenate((numbers, owners[inside])),
    )
