"""The calibrated numbers of the search: what each signal weighs, and when there is no answer.

They are worked out on the golden questions (`redline kb calibrate`) and stored with the knowledge
base in `calibration.yaml`. Without that file the numbers below hold.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from bot.knowledge.kinds.common import Model

Mode = Literal["lexical", "hybrid"]
Rule = Literal["lexical", "hybrid", "lexical_taught", "hybrid_taught"]
"""Whose numbers hold: the mode's, without or with what calibration learnt from the entries."""
Weight = Annotated[float, Field(ge=-1000, le=1000)]
Share = Annotated[float, Field(ge=0, le=1)]


class Measures(Model):
    """How well the golden questions were answered; shares between 0 and 1."""

    success_at_1: Share
    success_at_3: Share
    ndcg_at_5: Share
    abstention: Share
    false_abstention: Share


class ModeCalibration(Model):
    """Numbers of one mode. `ranking` weighs the signals of an entry, `answering` the evidence.

    Below `threshold` (a probability) nothing on file is the answer.
    """

    ranking: dict[str, Weight]
    answering: dict[str, Weight]
    bias: Weight
    threshold: Annotated[float, Field(gt=0, lt=1)]
    measured: Measures | None = None
    """On the golden questions, each left out while calibrating for it."""
    held_back: Measures | None = None
    """On those of them that are never calibrated with."""
    margin: Share = 0.03
    """By how much a later measurement may fall short before a check fails."""


class Calibration(Model):
    """The numbers of every rule, and on how many questions they were worked out."""

    questions: int = 0
    lexical: ModeCalibration
    hybrid: ModeCalibration
    lexical_taught: ModeCalibration | None = None
    hybrid_taught: ModeCalibration | None = None
    """None before anything was learnt."""

    def of(self, rule: Rule) -> ModeCalibration:
        """The rule's numbers; the mode's own where nothing was learnt."""
        if rule in ("lexical", "lexical_taught"):
            return (self.lexical_taught if rule == "lexical_taught" else None) or self.lexical
        return (self.hybrid_taught if rule == "hybrid_taught" else None) or self.hybrid


DEFAULT = Calibration(
    lexical=ModeCalibration(
        ranking={
            "words": 8.0,
            "likeness": 6.0,
            "asked": 1.5,
            "hinted": 0.7,
            "statement": 1.0,
            "glossary": -0.3,
            "template": -1.0,
            "near": 1.0,
        },
        answering={"words": 4.0, "likeness": 4.0, "known": 3.0, "harmful": -3.0, "elsewhere": -3.0},
        bias=-3.0,
        threshold=0.4,
    ),
    hybrid=ModeCalibration(
        ranking={
            "words": 5.0,
            "likeness": 4.0,
            "summary": 6.0,
            "names": 6.0,
            "questions": 6.0,
            "languages": 4.0,
            "taught": 1.0,
            "asked": 1.5,
            "hinted": 0.7,
            "statement": 1.0,
            "glossary": -0.3,
            "template": -1.0,
            "near": 1.0,
        },
        answering={
            "words": 2.0,
            "likeness": 3.0,
            "meaning": 10.0,
            "strange": -8.0,
            "known": 2.0,
            "harmful": -3.0,
            "elsewhere": -3.0,
        },
        bias=-6.0,
        threshold=0.4,
    ),
)
"""Reasonable numbers for a knowledge base that has not been calibrated yet."""


def logistic(value: float) -> float:
    """A number between 0 and 1, safe for values of any size."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))


def confidence(evidence: Mapping[str, float], calibration: ModeCalibration) -> float:
    """Probability that the best entry answers the query."""
    total = calibration.bias
    for name, weight in calibration.answering.items():
        total += weight * evidence.get(name, 0.0)
    return logistic(total)
