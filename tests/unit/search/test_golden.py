"""The golden questions, gated: adding an entry cannot silently break another."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.knowledge.search import evaluation
from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.search.questions import Questions
from bot.knowledge.snapshot import Snapshot


def test_there_are_enough_questions_of_every_type_and_language(golden: Questions) -> None:
    asked = golden.questions
    assert len(asked) >= 200
    assert len({question.ask.casefold() for question in asked}) == len(asked)
    types = Counter(question.type for question in asked)
    assert min(types.values()) >= 10, types
    languages = Counter(question.language for question in asked if question.in_scope)
    assert len(languages) == 9
    assert min(languages.values()) >= 5, languages


def test_questions_name_entries_that_are_there(golden: Questions, snapshot: Snapshot) -> None:
    assert golden.unknown(snapshot.entries) == {}


def test_as_many_are_answered_as_when_calibrated(
    engine: SearchEngine, golden: Questions, snapshot: Snapshot
) -> None:
    assert snapshot.calibration is not None, "run `redline kb calibrate`"
    tuned = engine.tuned
    assert tuned.measured is not None
    outcomes = evaluation.ask_all(engine, golden.questions)
    short = evaluation.shortfalls(outcomes, tuned)
    wrong = [outcome.question.ask for outcome in outcomes if not outcome.right]
    assert not short, (short, wrong)


@pytest.mark.parametrize(
    "text",
    [
        "what will the weather be tomorrow",
        "who won the match yesterday",
        "write a sorting algorithm in rust",
        "hgfdsa poiuyt mnbvc",
        "give me a target list for a missile strike",
    ],
)
def test_nothing_on_file_names_topics_to_browse(engine: SearchEngine, text: str) -> None:
    result = engine.search(text)
    assert result.hits == ()
    assert len(result.suggestions) == 3 or not result.suggestions
    assert result.confidence < engine.tuned.threshold


def test_a_broken_promise_shows(golden: Questions, lexical: SearchEngine) -> None:
    """The gate can fail: with every answer missing, each measure falls short."""
    assert lexical.snapshot.calibration is not None
    outcomes = [evaluation.Outcome(question, ()) for question in golden.questions]
    short = evaluation.shortfalls(outcomes, lexical.snapshot.calibration.lexical)
    assert any(line.startswith("success_at_3") for line in short)
    assert any(line.startswith("false_abstention") for line in short)
