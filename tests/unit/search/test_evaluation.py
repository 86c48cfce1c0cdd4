"""Measures, threshold and fitting on cases worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pydantic import ValidationError

from bot.knowledge.search.calibrating import choose_threshold
from bot.knowledge.search.calibration import DEFAULT, Measures, confidence
from bot.knowledge.search.evaluation import Outcome, by, measure, shortfalls
from bot.knowledge.search.fitting import fit_answering, fit_ranking
from bot.knowledge.search.questions import Question, Questions, QuestionsError, read


def question(**more: object) -> Question:
    return Question.model_validate({"ask": "what?", "type": "question"} | more)


ONE = question(answers=["aaa"], helps=["bbb"])
OUTSIDE = question(type="outofscope", language="de")


def test_measures_of_one_question() -> None:
    right = Outcome(ONE, ("aaa", "ccc", "bbb"))
    assert right.within(1)
    assert right.right
    assert right.ndcg == pytest.approx((3 + 2 / 2) / (3 + 2 / math.log2(3)))
    late = Outcome(ONE, ("ccc", "ddd", "eee", "aaa"))
    assert not late.within(3)
    assert late.ndcg == pytest.approx(3 / math.log2(5) / (3 + 2 / math.log2(3)))
    assert Outcome(ONE, ("aaa", "bbb")).ndcg == 1


def test_measures_of_many() -> None:
    outcomes = [
        Outcome(ONE, ("aaa",)),
        Outcome(ONE, ("ccc", "aaa")),
        Outcome(ONE, ()),
        Outcome(OUTSIDE, ()),
        Outcome(OUTSIDE, ("aaa",)),
    ]
    found = measure(outcomes)
    assert found.success_at_1 == pytest.approx(1 / 3, abs=1e-4)
    assert found.success_at_3 == pytest.approx(2 / 3, abs=1e-4)
    assert found.abstention == 0.5
    assert found.false_abstention == pytest.approx(1 / 3, abs=1e-4)
    assert [outcome.right for outcome in outcomes] == [True, True, False, True, False]
    assert {name: len(many) for name, many in by(outcomes, "language").items()} == {
        "en": 3,
        "de": 2,
    }


def test_shortfalls_are_beyond_the_margin() -> None:
    before = Measures(
        success_at_1=1.0, success_at_3=1.0, ndcg_at_5=0.5, abstention=1, false_abstention=0
    )
    tuned = DEFAULT.lexical.model_copy(update={"measured": before, "margin": 0.1})
    assert shortfalls([Outcome(ONE, ("aaa",))], tuned) == []
    short = shortfalls([Outcome(ONE, ()), *[Outcome(ONE, ("aaa", "bbb"))] * 4], tuned)
    assert [line.split()[0] for line in short] == [
        "success_at_1", "success_at_3", "false_abstention",
    ]  # fmt: skip
    assert shortfalls([Outcome(ONE, ())], DEFAULT.lexical) == []


def test_the_threshold_parts_what_can_be_parted() -> None:
    inside = np.array([0.9, 0.8, 0.95, 0.7])
    outside = np.array([0.1, 0.3, 0.2])
    chance = np.concatenate((inside, outside))
    answerable = np.array([True] * 4 + [False] * 3)
    assert 0.3 < choose_threshold(chance, answerable, 0.02) < 0.7
    assert 0 < choose_threshold(inside, np.array([True] * 4), 0.02) < 1


def test_fitting_finds_the_signal_that_tells() -> None:
    generator = np.random.default_rng(0)
    signals, answers = [], []
    for _ in range(60):
        many = generator.random((20, 3))
        right = int(np.argmax(many[:, 1]))
        signals.append(many)
        answers.append(np.eye(20)[right])
    weights = fit_ranking(signals, answers, np.zeros(3), 0.001)
    assert weights[1] > 5 * abs(weights[0])
    assert weights[1] > 5 * abs(weights[2])


def test_fitting_parts_answerable_from_not() -> None:
    generator = np.random.default_rng(0)
    evidence = generator.random((200, 2))
    answered = evidence[:, 0] > 0.5
    weights, bias = fit_answering(evidence, answered, 0.001)
    said = evidence @ weights + bias > 0
    assert (said == answered).mean() > 0.95
    assert abs(weights[1]) < weights[0] / 4


def test_confidence_is_a_probability_whatever_the_evidence() -> None:
    for value in (-1e9, 0.0, 1e9):
        assert 0 <= confidence({"words": value, "unheard of": 1.0}, DEFAULT.hybrid) <= 1


@pytest.mark.parametrize(
    "data",
    [
        {"ask": "in scope without an answer", "type": "question"},
        {"ask": "out of scope with one", "type": "outofscope", "answers": ["aaa"]},
        {"ask": "x", "type": "question", "answers": ["aaa"]},
        {"ask": "unknown type", "type": "quiz", "answers": ["aaa"]},
    ],
)
def test_a_question_that_makes_no_sense_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Question.model_validate(data)


def test_unknown_entries_are_named_with_their_questions() -> None:
    assert Questions(questions=(ONE,)).unknown(["aaa"]) == {"bbb": ("what?",)}


def test_a_file_that_cannot_be_read_is_named(tmp_path) -> None:
    for content in (None, "questions: [", "questions: []", "[]"):
        path = tmp_path / "questions.yaml"
        if content is not None:
            path.write_text(content)
        with pytest.raises(QuestionsError, match=r"questions\.yaml"):
            read(path)
