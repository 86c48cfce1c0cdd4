"""What the words of a query say of its subject."""

from __future__ import annotations

import pytest

from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.search.questions import Questions
from bot.knowledge.snapshot import Snapshot


def odds(engine: SearchEngine, text: str) -> float:
    return engine.matcher.understand(text).odds


@pytest.mark.parametrize(
    ("ours", "others"),
    [
        ("spheres of influence", "recipe for pancakes"),
        ("Einflusszonen und Pufferzone", "Rezept für Kartoffelsalat"),
        ("буферная зона", "какая погода завтра"),
    ],
)
def test_words_of_the_entries_tell_from_words_off_topic(
    lexical: SearchEngine, ours: str, others: str
) -> None:
    assert odds(lexical, ours) > 1
    assert odds(lexical, others) < 0


def test_small_words_and_nothing_tell_nothing(lexical: SearchEngine) -> None:
    assert odds(lexical, "") == 0
    assert odds(lexical, "what is the") == 0


def test_no_example_is_a_golden_question(snapshot: Snapshot, golden: Questions) -> None:
    """What is learnt from must not be what measures it."""
    assert snapshot.off_topic is not None
    asked = {question.ask.casefold() for question in golden.questions}
    assert len(snapshot.off_topic.all) >= 500
    assert not asked & {text.casefold() for text in snapshot.off_topic.all}


def test_enough_questions_are_held_back(golden: Questions) -> None:
    held = [question for question in golden.questions if question.held_back]
    assert sum(question.in_scope for question in held) >= 50
    assert sum(not question.in_scope for question in held) >= 50
    assert len({question.language for question in held}) == 9
