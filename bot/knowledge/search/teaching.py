"""Learns from the entries' own phrases and from examples off topic what a query speaks of.

A classifier over vectors: each entry is a class that its names, questions and claims are examples
of, in all languages; other topics are one more. Golden questions have no part in it, so that they
can measure it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.kinds import Entry
from bot.knowledge.search.fitting import Numbers, fit_answering
from bot.knowledge.search.phrases import phrases
from bot.knowledge.search.semantic import SemanticIndex
from bot.knowledge.search.signals import Floats
from bot.knowledge.search.taught import SCALE, Lesson
from bot.knowledge.search.wording import PLACES, Wording, places_of

STEPS = 150
RATE = 0.05
RIDGE = 1e-4
SCOPE_RIDGE = 0.002

OTHERS_COUNT = 30
"""Other topics weigh as much as so many entries."""

WORDING_STEPS = 150
WORDING_RIDGE = 3e-6

KEPT = 3_000
"""Phrases of the entries whose vectors are kept."""

MOST_PHRASES = 60_000
"""Of more phrases only so many are learnt from, evenly chosen."""


def teach(
    semantic: SemanticIndex,
    entries: Sequence[Entry],
    off_topic: Sequence[str],
    cache_dir: Path | None,
) -> Lesson:
    """Learn from the phrases of the entries, sources excepted, and from the examples off topic."""
    taught = [entry for entry in entries if entry.kind != "source"]
    pairs = [
        (row, text)
        for row, entry in enumerate(taught)
        for text in dict.fromkeys(phrase.text for phrase in phrases(entry))
    ]
    if len(pairs) > MOST_PHRASES:
        chosen: list[int] = np.linspace(0, len(pairs) - 1, MOST_PHRASES).astype(int).tolist()
        pairs = [pairs[place] for place in chosen]
    vectors = semantic.embed([*(text for _, text in pairs), *off_topic], cache_dir)
    ours, others = vectors[: len(pairs)], vectors[len(pairs) :]
    owners = np.array([*(row for row, _ in pairs), *([len(taught)] * len(others))], np.int64)
    count = np.maximum(np.bincount(owners, minlength=len(taught) + 1), 1).astype(np.float32)
    count[-1] /= OTHERS_COUNT
    weights = _classes(vectors, owners, (1 / count)[owners].astype(np.float32), len(taught) + 1)
    kept = ours[np.linspace(0, len(ours) - 1, min(KEPT, len(ours))).astype(int)]
    return Lesson(
        semantic.model,
        tuple(entry.id for entry in taught),
        weights,
        _scope(vectors, owners < len(taught)),
        kept,
        others,
    )


def _scope(vectors: Floats, inside: NDArray[np.bool_]) -> Floats:
    """A rule that tells phrases of entries from examples off topic, by their vectors."""
    if inside.all():
        nothing: Floats = np.zeros(int(vectors.shape[1]) + 1, np.float32)
        return nothing
    weights, bias = fit_answering(vectors.astype(float) * SCALE, inside, SCOPE_RIDGE)
    found: Floats = np.append(weights, bias).astype(np.float32)
    return found


def _classes(vectors: Floats, owners: NDArray[np.int64], share: Floats, classes: int) -> Floats:
    """Weights of a multinomial logistic rule, a row by class; all classes weigh alike."""
    examples = np.column_stack((vectors * np.float32(SCALE), np.ones(len(vectors), np.float32)))
    share = (share / share.sum())[:, None]
    places = np.arange(len(owners))
    weights = np.zeros((classes, examples.shape[1]), np.float32)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        chance = examples @ weights.T
        chance -= chance.max(axis=1, keepdims=True)
        np.exp(chance, out=chance)
        chance /= chance.sum(axis=1, keepdims=True)
        chance[places, owners] -= 1
        chance *= share
        slope = chance.T @ examples + np.float32(RIDGE) * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        pace = RATE / (1 + step / 60)
        weights -= pace * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
    return weights.astype(np.float32)


def teach_wording(entries: Sequence[Entry], off_topic: Sequence[str]) -> Wording | None:
    """Learn how the phrases of the entries are worded, and the examples off topic.

    None where there are none of either. The two weigh alike in sum.
    """
    taught = [entry for entry in entries if entry.kind != "source"]
    ours = list(dict.fromkeys(phrase.text for entry in taught for phrase in phrases(entry)))
    found = [places_of(text) for text in (*ours, *off_topic)]
    inside = np.arange(len(found)) < len(ours)
    used = np.array([len(places) > 0 for places in found], np.bool_)
    if not (inside & used).any() or not (~inside & used).any():
        return None
    count = int(inside.sum())
    share = np.full(len(found), 0.5 / count)
    share[count:] = 0.5 / (len(found) - count)
    place = np.array([place for places in found for place in places], np.int64)
    owner = np.repeat(np.arange(len(found)), [len(places) for places in found])
    value = np.array([1 / math.sqrt(len(places)) if places else 0.0 for places in found])[owner]
    weights = np.zeros(PLACES + 1)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, WORDING_STEPS + 1):
        total = np.bincount(owner, weights[place] * value, len(found)) + weights[-1]
        wrong: Numbers = (1 / (1 + np.exp(-total)) - inside) * share
        slope = np.append(np.bincount(place, wrong[owner] * value, PLACES), float(np.sum(wrong)))
        slope[:-1] += WORDING_RIDGE * weights[:-1]
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope**2
        pace = 0.1 / (1 + step / 50)
        weights -= pace * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    ids = tuple(entry.id for entry in taught)
    return Wording(ids, weights[:-1].astype(np.float32), float(weights[-1]))
