"""What a check returns."""

from __future__ import annotations

import pytest

from bot.advice.wording import UnknownRedline, check, failures, faults

LINE = "redline-presence-not-negotiable"
MUST = {"id": "must", "severity": "warn", "patterns": {"en": ["they stay"], "de": ["bleiben"]}}
NEVER = {"id": "never", "severity": "block", "patterns": {"en": ["withdraw ... troops", "troops"]}}
HEDGE = {"id": "hedge", "severity": "warn", "patterns": {"en": ["for now"]}}


@pytest.fixture(scope="module")
def snapshot(make):
    return make(must_say=[MUST], never_say=[NEVER], ambiguity=[HEDGE])


def test_finding_tells_rule_place_reason_and_replacement(snapshot) -> None:
    report = check("Withdraw the troops.", snapshot)
    (finding,) = report.findings
    assert (finding.rule, finding.redline, finding.severity) == ("never", LINE, "block")
    assert (finding.kind, finding.start, finding.end) == ("never-say", 0, 19)
    assert (finding.message, finding.suggestion) == ("Why.", "This.")
    assert report.ok is False
    assert report.language == "en"


def test_only_a_blocker_makes_a_text_not_ok(snapshot) -> None:
    report = check("They stay for now.", snapshot)
    assert [each.kind for each in report.findings] == ["ambiguity"]
    assert report.ok


def test_what_must_be_said_counts_against_one_red_line_only(snapshot) -> None:
    assert check("Nothing.", snapshot).findings == ()
    (finding,) = check("Nothing.", snapshot, redline_id=LINE).findings
    assert (finding.rule, finding.kind) == ("must", "must-say")
    assert (finding.start, finding.end, finding.excerpt) == (0, 0, "")
    assert check("They stay.", snapshot, redline_id=LINE).findings == ()


def test_what_must_be_said_counts_in_the_texts_language_and_in_english(snapshot) -> None:
    assert check("Sie bleiben.", snapshot, redline_id=LINE, language="de").findings == ()
    assert check("They stay.", snapshot, redline_id=LINE, language="de").findings == ()
    assert check("Sie bleiben.", snapshot, redline_id=LINE, language="pl").findings


def test_findings_come_in_order_of_place_and_overlapping_hits_are_one(snapshot) -> None:
    text = "Stay for now, or withdraw all the troops. Troops!"
    found = [(each.rule, each.excerpt) for each in check(text, snapshot).findings]
    assert found == [
        ("hedge", "for now"),
        ("never", "withdraw all the troops"),
        ("never", "Troops"),
    ]


def test_unless_excuses_a_hit_beside_it_and_no_other(make) -> None:
    rule = {**NEVER, "unless": {"en": ["from ukraine"]}}
    snapshot = make(never_say=[rule])
    assert check("Withdraw troops from Ukraine.", snapshot).ok
    far = "Withdraw troops here and there and everywhere, and also from Ukraine."
    assert not check(far, snapshot).ok
    assert not check("Withdraw troops. From Ukraine too.", snapshot).ok


def test_every_language_is_looked_for_in_a_mixed_text(make) -> None:
    rule = {"id": "one", "severity": "block", "patterns": {"et": ["vägede väljaviimi*"]}}
    snapshot = make(never_say=[rule])
    assert not check("Statement. Toetame vägede väljaviimist.", snapshot, language="en").ok


def test_unknown_red_line_is_told(snapshot) -> None:
    with pytest.raises(UnknownRedline):
        check("Text.", snapshot, redline_id="redline-none")


def test_retired_red_line_counts_no_longer(make) -> None:
    assert check("Withdraw the troops.", make(status="retired", never_say=[NEVER])).ok


def test_snapshots_with_one_revision_keep_their_own_rules(make, snapshot) -> None:
    other = make(never_say=[HEDGE])
    assert other.revision == snapshot.revision
    assert not check("Withdraw the troops.", snapshot).ok
    assert check("Withdraw the troops.", other).ok


def test_pattern_that_cannot_be_read_is_told_and_passed_over(make) -> None:
    rule = {**NEVER, "patterns": {"en": ["(troops|", "withdraw"]}}
    snapshot = make(never_say=[rule])
    (fault,) = faults(snapshot)
    assert (fault.redline, fault.path) == (LINE, ("never_say", 0, "patterns", "en", 0))
    assert not check("Withdraw.", snapshot).ok


def test_examples_that_a_rule_gets_wrong_are_told_with_their_path(make) -> None:
    examples = {"en": {"bad": ["Troops.", "Trucks."], "good": ["No troops.", "Withdraw troops."]}}
    snapshot = make(never_say=[{**NEVER, "examples": examples}])
    wrong = [each for each in failures(snapshot) if each.rule == "never"]
    assert [(each.path[-2:], each.missed) for each in wrong] == [
        (("bad", 1), True),
        (("good", 1), False),
    ]
