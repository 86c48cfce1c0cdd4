"""Examples off topic, and the questions that measure whether they taught anything."""

from __future__ import annotations

from bot.knowledge.search.questions import Questions
from bot.knowledge.snapshot import Snapshot


def test_no_example_is_a_golden_question(snapshot: Snapshot, golden: Questions) -> None:
    """What is learnt from must not be what measures it."""
    assert snapshot.off_topic is not None
    asked = {question.ask.casefold() for question in golden.questions}
    assert len(snapshot.off_topic.all) >= 1_000
    assert not asked & {text.casefold() for text in snapshot.off_topic.all}


def test_there_are_examples_in_every_language(snapshot: Snapshot) -> None:
    assert snapshot.off_topic is not None
    examples = snapshot.off_topic.examples
    assert len(examples) == 9
    assert min(len(many) for many in examples.values()) >= 100


def test_enough_questions_are_held_back(golden: Questions) -> None:
    held = [question for question in golden.questions if question.held_back]
    assert sum(question.in_scope for question in held) >= 50
    assert sum(not question.in_scope for question in held) >= 50
    assert len({question.language for question in held}) == 9
