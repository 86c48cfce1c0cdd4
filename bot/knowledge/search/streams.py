"""Texts on their way into the index: split into words, and the words numbered, many at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.search.normalise import plain_marks, words

_BREAK = "zzbreakzz"
_BETWEEN = f" {_BREAK} "
"""A word between texts that are split together."""


def new_numbering() -> dict[str, int]:
    """A dictionary that gives every new key the next number."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return numbers


def new_vocabulary() -> dict[str, int]:
    """A numbering whose first word is the break."""
    numbers = new_numbering()
    _ = numbers[_BREAK]
    return numbers


@dataclass(slots=True)
class Stream:
    """Texts of one field in one language: numbers of their words, and whose they are.

    `texts` and `documents` wait to be split; `words`, `lengths` (in words) and `owners` are split,
    an array each for every batch.
    """

    name: str
    language: str
    texts: list[str] = field(default_factory=list[str])
    documents: list[int] = field(default_factory=list[int])
    words: list[NDArray[np.int32]] = field(default_factory=list[NDArray[np.int32]])
    lengths: list[NDArray[np.int64]] = field(default_factory=list[NDArray[np.int64]])
    owners: list[NDArray[np.int64]] = field(default_factory=list[NDArray[np.int64]])

    def split(self, vocabulary: dict[str, int]) -> None:
        """Turn the waiting texts into word numbers."""
        if not self.texts:
            return
        joined = plain_marks(_BETWEEN.join(self.texts))
        owners = np.array(self.documents, np.int64)
        self.texts.clear()
        self.documents.clear()
        if joined.isascii():
            found = words(joined)
        else:
            # Plain texts are split far quicker, all at once; each of the others goes its own way.
            texts = joined.split(_BETWEEN)
            plain = np.fromiter(map(str.isascii, texts), np.bool_, len(texts))
            found = words(_BETWEEN.join(compress(texts, plain)))
            for text in compress(texts, ~plain):
                found.append(_BREAK)
                found += words(text)
            if not plain.any():
                del found[0]
            owners = np.concatenate((owners[plain], owners[~plain]))
        numbers = np.fromiter(map(vocabulary.__getitem__, found), np.int32, len(found))
        breaks = np.flatnonzero(numbers == vocabulary[_BREAK])
        edges = np.concatenate(([-1], breaks, [len(numbers)]))
        self.lengths.append(np.diff(edges) - 1)
        self.words.append(np.delete(numbers, breaks))
        self.owners.append(owners)
