"""What calibration learnt of words: how far those of a query are the entries' own.

Search by meaning knows words that it never saw; words alone do not. So a query is taken to pieces,
as long as the endings and stems of all the languages, and each piece tells a little. What each
tells is stored beside the calibration as `wording.npz`.
"""

from __future__ import annotations

import io
import logging
import math
import zlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search.normalise import fold, words
from bot.knowledge.search.taught import FAULTS, Taught, packed, unpacked

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]

PLACES = 1 << 16
"""Numbers that are learnt: pieces share them by their checksum."""

SHORTEST, LONGEST = 3, 5
"""Letters of a piece; the ends of a word count as letters."""

MAX_WORDS = 64
"""Words of a text that are looked at."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What was learnt, of entries with these ids. `weights` is by place; `bias` is always added."""

    ids: tuple[str, ...]
    weights: Floats
    bias: float

    def of(self, text: str) -> float:
        """How far a text is worded like the entries (above 0) or like other topics (below)."""
        places = places_of(text)
        if not places:
            return 0.0
        return float(self.weights[places].sum()) / math.sqrt(len(places)) + self.bias


def places_of(text: str) -> list[int]:
    """Places of all pieces of a text: of its words, and of each two that stand together."""
    said = [fold(word) for word in words(text[:2000])[:MAX_WORDS]]
    found = [place for word in said for place in _places(word)]
    found += [_place(f"{first} {then}") for first, then in pairwise(said)]
    return found


@lru_cache(maxsize=8192)
def _places(word: str) -> tuple[int, ...]:
    """Places of a word and of the pieces of it."""
    ended = f"<{word}>"
    pieces = {
        ended[start : start + length]
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(ended) - length + 1)
    }
    return tuple(_place(piece) for piece in (f"={word}", *sorted(pieces)))


def _place(piece: str) -> int:
    return zlib.crc32(piece.encode("utf-8", "surrogatepass")) % PLACES


def write(wording: Wording) -> bytes:
    """The wording as it is stored."""
    stream = io.BytesIO()
    np.savez_compressed(
        stream,
        ids=packed("\n".join(wording.ids)),
        weights=wording.weights.astype(np.float16),
        bias=np.array([wording.bias], np.float32),
    )
    return stream.getvalue()


def read(stored: Taught) -> Wording | None:
    """The stored wording; None where it cannot be read."""
    try:
        with np.load(io.BytesIO(stored.content), allow_pickle=False) as arrays:
            weights: Floats = arrays["weights"].astype(np.float32)
            if weights.shape != (PLACES,):
                return None
            ids = tuple(unpacked(arrays["ids"]).split("\n"))
            return Wording(ids, weights, float(arrays["bias"][0]))
    except FAULTS as error:
        log.warning("what calibration learnt is not used, run `redline kb calibrate`: %s", error)
        return None
