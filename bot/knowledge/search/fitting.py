"""Fits the weights of the search to judged queries: two small convex problems."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

STEPS = 400
RATE = 0.5


def fit_ranking(
    signals: Sequence[Numbers], answers: Sequence[Numbers], start: Numbers, ridge: float
) -> Numbers:
    """Weights under which the right entries are the likeliest, each query counting alike.

    `signals`: for each query a row by entry; `answers`: by entry how good it is (0 no answer).
    `ridge` draws the weights towards `start`, so that few questions move them little.
    """
    stacked = np.stack(signals)
    scale = stacked.std(axis=(0, 1)) + 1e-6
    scaled = stacked / scale
    target = np.stack([answer / answer.sum() for answer in answers])
    origin = start * scale

    def gradient(weights: Numbers) -> Numbers:
        total = scaled @ weights
        chance = np.exp(total - total.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        wrong = chance - target
        return np.einsum("qe,qes->s", wrong, scaled) / len(target) + ridge * (weights - origin)

    return _descend(gradient, origin) / scale


def fit_answering(
    evidence: Numbers, answered: NDArray[np.bool_], ridge: float
) -> tuple[Numbers, float]:
    """Weights and bias of a logistic rule for `answered`; both outcomes weigh alike in sum."""
    mean, scale = evidence.mean(axis=0), evidence.std(axis=0) + 1e-6
    scaled = np.column_stack(((evidence - mean) / scale, np.ones(len(evidence))))
    yes = int(answered.sum())
    share = 0.5 / np.array([max(len(answered) - yes, 1), max(yes, 1)])
    weight: Numbers = share[answered.astype(np.intp)]
    penalty = np.append(np.full(evidence.shape[1], ridge), 0.0)

    def gradient(weights: Numbers) -> Numbers:
        chance = 1 / (1 + np.exp(-np.clip(scaled @ weights, -60, 60)))
        slope: Numbers = scaled.T @ (weight * (chance - answered))
        return slope + penalty * weights

    found = _descend(gradient, np.zeros(len(mean) + 1), rate=2.0)
    weights: Numbers = found[:-1] / scale
    return weights, float(found[-1]) - float(weights.dot(mean))


def _descend(gradient: Callable[[Numbers], Numbers], start: Numbers, rate: float = RATE) -> Numbers:
    """Adam: the minimum of a smooth convex function, from its gradient."""
    weights, first, second = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        slope = gradient(weights)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        pace = rate * 0.1 / (1 + 4 * step / STEPS)
        weights = weights - pace * (first / (1 - 0.9**step)) / (
            np.sqrt(second / (1 - 0.999**step)) + 1e-8
        )
    return weights
