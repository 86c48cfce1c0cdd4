"""Filling and checking in one go."""

from __future__ import annotations

from bot.advice.messages import examples, prepare
from bot.advice.messages.prepare import examine
from bot.knowledge.kinds import Template
from bot.knowledge.snapshot import Snapshot


def template(snapshot: Snapshot, entry_id: str) -> Template:
    entry = snapshot.get(entry_id)
    assert isinstance(entry, Template)
    return entry


def test_an_honest_text_goes_on(snapshot: Snapshot) -> None:
    chosen = template(snapshot, "tpl-holding-presence")
    prepared = prepare(snapshot, chosen, "en", examples(chosen))
    assert prepared.ready
    assert prepared.blockers == ()


def test_a_value_can_break_a_rule(snapshot: Snapshot) -> None:
    chosen = template(snapshot, "tpl-holding-presence")
    values = examples(chosen) | {"event": "The allied presence is negotiable"}
    prepared = prepare(snapshot, chosen, "en", values)
    assert prepared.message.ready
    assert prepared.blockers
    assert not prepared.ready
    start = prepared.message.text.index("The allied presence is negotiable")
    assert any(
        start <= found.start < found.end <= start + 33
        for found in prepared.findings
        if found.severity == "block"
    )


def test_findings_come_once_and_in_order(snapshot: Snapshot) -> None:
    chosen = template(snapshot, "tpl-joint-allied-statement")
    found = examine(
        snapshot, "Russia has a veto. The presence is negotiable.", chosen.redlines, "en"
    )
    assert len(found) == len(set(found))
    assert [each.start for each in found] == sorted(each.start for each in found)
    # What must be said counts only for the red lines that the text is to carry.
    missing = {each.redline for each in found if each.kind == "must-say"}
    assert missing
    assert missing <= set(chosen.redlines)


def test_a_red_line_that_is_gone_is_passed_over(snapshot: Snapshot) -> None:
    text = "Allied forces stay."
    assert examine(snapshot, text, ("redline-that-never-was",), "en") == examine(
        snapshot, text, (), "en"
    )
