"""What calibration learns about meaning, stored and applied."""

from __future__ import annotations

import numpy as np
import pytest

from bot.knowledge.search import taught, teaching
from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.search.taught import Lesson, Taught, Teacher
from bot.knowledge.snapshot import Snapshot

MODEL = "small"


def lesson() -> Lesson:
    """Two entries along the first two axes, other topics along the third."""
    weights = np.array([[9, 0, 0, 0], [0, 9, 0, 0], [0, 0, 9, 0]], np.float32)
    scope = np.array([1, 1, -2, 0], np.float32)
    near = np.eye(3, dtype=np.float32)
    return Lesson(MODEL, ("a", "b"), weights, scope, near[[0, 1] * 3], near[[2] * 5])


def test_an_entry_is_known_by_its_phrases_and_other_topics_by_theirs() -> None:
    teacher = Teacher(lesson(), ["b", "a"])
    of_a = teacher.judge(np.array([1, 0, 0], np.float32), np.array([0.1, 0.9], np.float32))
    assert of_a.entries[1] > of_a.entries[0]
    strange = teacher.judge(np.array([0, 0, 1], np.float32), np.zeros(2, np.float32))
    for name in ("belongs", "scope", "ours"):
        assert of_a.evidence[name] > strange.evidence[name], name
    assert of_a.evidence["others"] < strange.evidence["others"]


def test_an_entry_that_came_later_is_judged_as_its_likes() -> None:
    teacher = Teacher(lesson(), ["a", "new", "b"])
    meaning = np.array([0.2, 0.8, 0.8], np.float32)
    said = teacher.judge(np.array([0, 1, 0], np.float32), meaning).entries
    assert said[1] == said[2] > said[0]


def test_a_lesson_on_no_entry_says_nothing_of_entries() -> None:
    said = Teacher(lesson(), ["new"]).judge(np.ones(3, np.float32), np.ones(1, np.float32))
    assert said.entries.tolist() == [0.0]
    assert said.evidence["belongs"] == 0.0


def test_no_judgement_tells_more_than_so_much() -> None:
    far = Teacher(lesson(), ["a", "b"]).judge(
        np.array([0, 0, 1], np.float32), np.zeros(2, np.float32)
    )
    assert far.evidence["belongs"] == far.evidence["scope"] == -taught.SUREST


def test_a_stored_lesson_reads_as_it_was() -> None:
    stored = Taught(content=taught.write(lesson()))
    again = taught.read(Taught.model_validate_json(stored.model_dump_json()), MODEL)
    assert again is not None
    assert again.ids == ("a", "b")
    np.testing.assert_allclose(again.weights, lesson().weights)
    np.testing.assert_allclose(again.others, np.clip(lesson().others, 0, 127 / taught.COARSE))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", b"not a file at all"])
def test_a_broken_lesson_is_left_aside(content: bytes) -> None:
    assert taught.read(Taught(content=content), MODEL) is None


def test_a_lesson_for_another_model_is_left_aside() -> None:
    assert taught.read(Taught(content=taught.write(lesson())), "other") is None


def test_teaching_tells_entries_from_one_another_and_from_other_topics(
    hybrid: SearchEngine, snapshot: Snapshot
) -> None:
    assert hybrid.semantic is not None
    entries = [snapshot.entries[name] for name in ("term-shadow-fleet", "view-canada")]
    off_topic = ("recipe for soup", "football result", "weather today", "a joke", "hotel") * 2
    learnt = teaching.teach(hybrid.semantic, entries, off_topic, None)
    teacher = Teacher(learnt, [entry.id for entry in entries])
    zero = np.zeros(2, np.float32)

    def said(text: str) -> taught.Opinion:
        assert hybrid.semantic is not None
        return teacher.judge(hybrid.semantic.query(text), zero)

    tankers, ottawa = said("old tankers under false flags"), said("what does Ottawa think")
    assert tankers.entries[0] > tankers.entries[1]
    assert ottawa.entries[1] > ottawa.entries[0]
    assert said("bake bread").evidence["scope"] < min(
        tankers.evidence["scope"], ottawa.evidence["scope"]
    )
