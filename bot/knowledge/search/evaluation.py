"""How well a search answers judged questions."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.search.calibration import Measures, ModeCalibration
from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.search.questions import BEST, Question

DEPTH = 5
IDEAL = 3
"""Entries that an ideal answer is measured with."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question was answered: ids of the hits, best first."""

    question: Question
    found: tuple[str, ...]

    @property
    def right(self) -> bool:
        """An answer among the first three; for a question out of scope, none at all."""
        return self.within(3) if self.question.in_scope else not self.found

    def within(self, depth: int) -> bool:
        """Whether an entry that answers stands among the first so many."""
        return any(self.question.grades.get(entry) == BEST for entry in self.found[:depth])

    @property
    def ndcg(self) -> float:
        """Normalised discounted cumulative gain of the first five."""
        grades = self.question.grades
        ideal = _gain(sorted(grades.values(), reverse=True)[:IDEAL])
        return min(1.0, _gain([grades.get(entry, 0) for entry in self.found[:DEPTH]]) / ideal)


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def ask_all(engine: SearchEngine, questions: Iterable[Question]) -> tuple[Outcome, ...]:
    """Ask the engine every question."""
    return tuple(
        Outcome(question, tuple(hit.entry.id for hit in engine.search(question.ask).hits))
        for question in questions
    )


def measure(outcomes: Iterable[Outcome]) -> Measures:
    """Shares over the outcomes; a measure that nothing speaks to is 1, false abstention 0."""
    all_of_them = tuple(outcomes)
    inside = [outcome for outcome in all_of_them if outcome.question.in_scope]
    outside = [outcome for outcome in all_of_them if not outcome.question.in_scope]
    return Measures(
        success_at_1=_mean([outcome.within(1) for outcome in inside]),
        success_at_3=_mean([outcome.within(3) for outcome in inside]),
        ndcg_at_5=_mean([outcome.ndcg for outcome in inside]),
        abstention=_mean([not outcome.found for outcome in outside]),
        false_abstention=_mean([not outcome.found for outcome in inside], 0.0),
    )


def shortfalls(outcomes: Iterable[Outcome], tuned: ModeCalibration) -> list[str]:
    """Measures that fall short of the calibrated ones by more than the margin, in words."""
    if tuned.measured is None:
        return []
    now = measure(outcomes).model_dump()
    found: list[str] = []
    for name, before in tuned.measured.model_dump().items():
        fall = now[name] - before if name == "false_abstention" else before - now[name]
        if fall > tuned.margin:
            found.append(f"{name} is {now[name]:.3f}; when calibrated it was {before:.3f}")
    return found


def by(outcomes: Iterable[Outcome], what: str) -> Mapping[str, tuple[Outcome, ...]]:
    """Outcomes by `type` or `language` of the question, in order of first appearance."""
    found: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        found[str(getattr(outcome.question, what))].append(outcome)
    return {name: tuple(many) for name, many in found.items()}


def _mean(values: Sequence[float | bool], nothing: float = 1.0) -> float:
    return round(sum(values) / len(values), 4) if values else nothing
