"""What calibration learnt about meaning: which entry a vector speaks of, and whether of any.

`teaching` works it out; it is stored beside the calibration as `meaning.npz`, for one model.
"""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict

from bot.knowledge.kinds.common import Model
from bot.knowledge.search.signals import Floats

log = logging.getLogger(__name__)

NEAREST = 5
"""Examples whose mean cosine says how near a query is to their kind."""

SUREST = 3.0
"""How much either judgement may tell of a query's subject: beyond this more tells no more."""

COARSE = 400.0
"""Steps between 0 and 1 in which stored vectors are told apart; no number of theirs exceeds 0.3."""

FAULTS = (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile)
"""What reading a file that is not whole raises."""

SCALE = 4.0
"""Length that a vector has to the learnt weights: at length one they would have to be huge."""


class Taught(Model):
    """The stored file: arrays in numpy's format."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    content: bytes


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt. `weights` has a row for each of `ids` and one for other topics.

    `ours` and `others` are vectors of phrases of the entries and of examples off topic; `scope`
    tells the two apart. The last number of a row and of `scope` is added as it is.
    """

    model: str
    ids: tuple[str, ...]
    weights: Floats
    scope: Floats
    ours: Floats
    others: Floats


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the lesson says of one query."""

    entries: Floats
    """By entry: how far the query speaks of it; natural logarithm, without a fixed zero."""
    evidence: dict[str, float]


class Teacher:
    """A lesson, applied to the entries of one snapshot."""

    def __init__(self, lesson: Lesson, entries: Sequence[str]) -> None:
        """`entries` are ids; those that the lesson does not know are judged by their likes."""
        rows = {entry_id: row for row, entry_id in enumerate(lesson.ids)}
        self._lesson = lesson
        self._known = np.array([entry_id in rows for entry_id in entries], np.bool_)
        chosen = [rows[entry_id] for entry_id in entries if entry_id in rows]
        self._weights = lesson.weights[[*chosen, len(lesson.ids)]]

    def judge(self, vector: Floats, meaning: Floats) -> Opinion:
        """What is learnt of a query's vector; `meaning` is by entry how near its texts are."""
        raised = np.append(vector * np.float32(SCALE), np.float32(1)).astype(np.float32)
        spoken: Floats = self._weights @ raised
        of_entries, of_others = spoken[:-1], float(spoken[-1])
        entries = np.zeros(len(meaning), np.float32)
        if len(of_entries):
            entries[self._known] = of_entries
            unknown = np.flatnonzero(~self._known)
            if len(unknown):
                # An entry that came after the lesson gets what one gets that is as near.
                order = np.sort(meaning[self._known])
                at = np.searchsorted(order, meaning[unknown]).clip(max=len(order) - 1)
                entries[unknown] = np.sort(of_entries)[at]
            top = float(of_entries.max())
            belongs = top + float(np.log(np.exp(of_entries - top).sum())) - of_others
        else:
            belongs = 0.0
        return Opinion(
            entries,
            {
                "belongs": _limited(belongs),
                "scope": _limited(float(self._lesson.scope @ raised)),
                "ours": _nearness(self._lesson.ours, vector),
                "others": _nearness(self._lesson.others, vector),
            },
        )


def _limited(value: float) -> float:
    return max(-SUREST, min(SUREST, value))


def _nearness(examples: Floats, vector: Floats) -> float:
    if len(examples) < NEAREST:
        return 0.0
    likeness: Floats = examples @ vector
    return float(np.partition(likeness, -NEAREST)[-NEAREST:].mean())


def write(lesson: Lesson) -> bytes:
    """The lesson as it is stored."""
    stream = io.BytesIO()
    np.savez(
        stream,
        model=packed(lesson.model),
        ids=packed("\n".join(lesson.ids)),
        weights=lesson.weights.astype(np.float16),
        scope=lesson.scope.astype(np.float32),
        ours=_coarse(lesson.ours),
        others=_coarse(lesson.others),
    )
    return stream.getvalue()


def read(taught: Taught, model: str) -> Lesson | None:
    """The stored lesson; None where it is for another model or cannot be read."""
    try:
        with np.load(io.BytesIO(taught.content), allow_pickle=False) as stored:
            if unpacked(stored["model"]) != model:
                return None
            return Lesson(
                model,
                tuple(unpacked(stored["ids"]).split("\n")),
                stored["weights"].astype(np.float32),
                stored["scope"].astype(np.float32),
                _fine(stored["ours"]),
                _fine(stored["others"]),
            )
    except FAULTS as error:
        log.warning("what calibration learnt is not used, run `redline kb calibrate`: %s", error)
        return None


def packed(text: str) -> NDArray[np.uint8]:
    """A text as an array of bytes."""
    return np.frombuffer(text.encode(), np.uint8)


def unpacked(array: NDArray[np.uint8]) -> str:
    """The text of an array of bytes."""
    return array.tobytes().decode("utf-8")


def _coarse(vectors: Floats) -> NDArray[np.int8]:
    """Vectors of length one in a byte a number: enough to say how near they are."""
    return np.clip(np.rint(vectors * COARSE), -127, 127).astype(np.int8)


def _fine(vectors: NDArray[np.int8]) -> Floats:
    return vectors.astype(np.float32) / np.float32(COARSE)
