"""Works out the search's numbers on the golden questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.knowledge.search import calibration as calibrated
from bot.knowledge.search.calibration import Calibration, ModeCalibration, Rule
from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.search.evaluation import Outcome, measure
from bot.knowledge.search.fitting import Numbers, fit_answering, fit_ranking
from bot.knowledge.search.learnt import Learnt
from bot.knowledge.search.matching import Match
from bot.knowledge.search.questions import Question, Questions
from bot.knowledge.search.signals import EVIDENCE, MEANINGS, SIGNALS
from bot.knowledge.search.teaching import teach, teach_wording

FOLDS = 5
RANKING_RIDGE = 0.02
ANSWERING_RIDGE = 0.002
ROUNDS = 2
"""`near` depends on the weights that it is weighed with: so they are worked out twice."""

FALSE_ABSTENTION: dict[Rule, float] = {
    "lexical": 0.03,
    "hybrid": 0.03,
    "lexical_taught": 0.025,
    "hybrid_taught": 0.01,
}
"""Share of answerable questions that may be turned away, when the threshold is chosen: the less the
rule can tell, the more it takes to turn away what is off topic."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A question with its match; `grades` by entry."""

    question: Question
    match: Match
    grades: Numbers


def calibrate(
    engine: SearchEngine, questions: Questions, progress: Callable[[str], None] = lambda _: None
) -> ModeCalibration:
    """Numbers for the engine's rule. Measures on questions that were left out of the fitting."""
    kept = [question for question in questions.questions if not question.held_back]
    spare = [question for question in questions.questions if question.held_back]
    judged = [_judge(engine, question) for question in kept]
    progress(f"{engine.rule}: {len(judged)} questions asked")
    outcomes: list[Outcome] = []
    evidence: list[Numbers] = []
    answerable: list[bool] = []
    left_out: list[float] = []
    for fold in range(FOLDS):
        training = [item for place, item in enumerate(judged) if place % FOLDS != fold]
        testing = [item for place, item in enumerate(judged) if place % FOLDS == fold]
        ranking = _ranking(engine, training)
        weights, bias, _ = _answering(engine, training, ranking)
        for item in testing:
            found, values = _asked(engine, item, ranking)
            evidence.append(values)
            answerable.append(item.question.in_scope)
            left_out.append(calibrated.logistic(float(values @ weights) + bias))
            outcomes.append(Outcome(item.question, found))
    threshold = choose_threshold(
        np.array(left_out), np.array(answerable), FALSE_ABSTENTION[engine.rule]
    )
    told = [
        Outcome(outcome.question, outcome.found if chance >= threshold else ())
        for outcome, chance in zip(outcomes, left_out, strict=True)
    ]
    ranking = _ranking(engine, judged)
    weights, bias, _ = _answering(engine, judged, ranking)
    unseen: list[Outcome] = []
    for question in spare:
        found, values = _asked(engine, _judge(engine, question), ranking)
        chance = calibrated.logistic(float(values @ weights) + bias)
        unseen.append(Outcome(question, found if chance >= threshold else ()))
    progress(f"{engine.rule}: calibrated")
    return ModeCalibration(
        ranking=_named(SIGNALS, ranking),
        answering=_named(EVIDENCE, weights),
        bias=round(bias, 4),
        threshold=round(threshold, 4),
        measured=measure([*told, *unseen]),
        held_back=measure(unseen) if unseen else None,
    )


def learn(engine: SearchEngine, cache_dir: Path | None) -> Learnt | None:
    """Learn from the entries' phrases and the examples off topic, for the engine's mode.

    None where there is nothing to learn from.
    """
    off_topic = engine.snapshot.off_topic.all if engine.snapshot.off_topic else ()
    entries = engine.matcher.entries
    wording = teach_wording(entries, off_topic)
    if wording is None or engine.semantic is None:
        return Learnt(wording) if wording else None
    return Learnt(wording, teach(engine.semantic, entries, off_topic, cache_dir))


def _judge(engine: SearchEngine, question: Question) -> _Judged:
    matcher = engine.matcher
    asked = matcher.understand(question.ask, None, engine.semantic)
    match = matcher.match(asked, engine.semantic)
    grades = np.array([question.grades.get(entry.id, 0) for entry in matcher.entries], float)
    return _Judged(question, match, grades)


def _ranking(engine: SearchEngine, judged: Sequence[_Judged]) -> Numbers:
    """Weights of the signals."""
    inside = [item for item in judged if item.grades.max(initial=0) > 0]
    origin = np.array(
        [calibrated.DEFAULT.of(engine.rule).ranking.get(name, 0.0) for name in SIGNALS]
    )
    weights = origin
    usual = engine.usual
    for _ in range(ROUNDS):
        for item in inside:
            engine.matcher.settle(item.match, weights.astype(np.float32), usual)
        weights = fit_ranking(
            [item.match.signals.T[usual].astype(float) for item in inside],
            [np.where(item.grades[usual] == 3, 1.0, item.grades[usual] / 8) for item in inside],
            origin,
            RANKING_RIDGE,
        )
        if engine.rule != "hybrid_taught":
            weights[SIGNALS.index("taught")] = 0.0
        if engine.mode == "lexical":
            weights[[SIGNALS.index(name) for name in MEANINGS]] = 0.0
    return weights


def _asked(
    engine: SearchEngine, item: _Judged, ranking: Numbers
) -> tuple[tuple[str, ...], Numbers]:
    """Ids of the best entries, and the evidence for answering."""
    total = engine.matcher.settle(item.match, ranking.astype(np.float32), engine.usual)
    order: list[int] = np.argsort(-total, kind="stable")[:5].tolist()
    values = engine.matcher.evidence(item.match, total)
    found = tuple(engine.matcher.entries[place].id for place in order)
    return found, np.array([values[name] for name in EVIDENCE])


def _answering(
    engine: SearchEngine, judged: Sequence[_Judged], ranking: Numbers
) -> tuple[Numbers, float, Numbers]:
    """Weights of the evidence and bias."""
    evidence = np.stack([_asked(engine, item, ranking)[1] for item in judged])
    answered: NDArray[np.bool_] = np.array([item.question.in_scope for item in judged])
    weights, bias = fit_answering(evidence, answered, ANSWERING_RIDGE)
    return weights, bias, evidence


def choose_threshold(chance: Numbers, answerable: NDArray[np.bool_], share: float) -> float:
    """The threshold that turns away most questions out of scope, and this share of the others.

    It lies in the middle of the gap above which it would turn away more.
    """
    inside, outside = np.sort(chance[answerable]), np.sort(chance[~answerable])
    if not len(inside) or not len(outside):
        return 0.5
    highest = float(inside[int(len(inside) * share)])
    below = outside[outside < highest]
    lowest = float(below[-1]) if len(below) else 0.0
    return min(0.95, max(0.05, (highest + lowest) / 2))


def _named(names: Sequence[str], weights: Numbers) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def combined(old: Calibration | None, rule: Rule, new: ModeCalibration, count: int) -> Calibration:
    """A calibration with one rule's numbers replaced."""
    base = old or calibrated.DEFAULT
    return base.model_copy(update={rule: new, "questions": count})


HEADER = """\
# Numbers of the search, worked out on questions.yaml by `redline kb calibrate`: what each signal
# weighs in the ranking, and when nothing on file is the answer. Do not write them by hand.
# _taught: with what was learnt from the phrases of these very entries (wording.npz, meaning.npz);
# lexical, hybrid: without it, for entries that were not learnt from.
# measured: on the golden questions, each left out of the working out when it was asked.
# held_back: on those that are never calibrated with.
# margin: by how much a later measurement may fall short before `redline kb evaluate` fails.
"""


def as_yaml(calibration: Calibration) -> str:
    """The calibration as it is stored."""
    data = calibration.model_dump(exclude_none=True)
    return HEADER + yaml.safe_dump(data, sort_keys=False, width=100)
