"""The rules of red lines are tested by their own examples."""

from __future__ import annotations

import pytest

from bot.terminal.kb_rules import rule_findings

pytest.importorskip("bot.advice.wording")

ENTRY = "redline-presence-not-negotiable"


def test_rules_that_keep_their_examples_have_no_finding(base):
    assert rule_findings(base.load()) == []


def test_bad_example_that_is_missed_is_told_at_its_line(base):
    path = base.edit(ENTRY, "bad: [We are open to talks.]", "bad: [We are shut.]")
    (finding,) = rule_findings(base.load())
    assert finding.code == "KB507"
    line = path.read_text(encoding="utf-8").split("\n")[finding.line - 1]
    assert line[finding.column - 1 :].startswith("We are shut.")


def test_good_example_that_is_hit_is_told_at_its_line(base):
    path = base.edit(ENTRY, "good: [We stay.]", "good: [We stay and are open to talks.]")
    (finding,) = rule_findings(base.load())
    assert finding.code == "KB508"
    line = path.read_text(encoding="utf-8").split("\n")[finding.line - 1]
    assert line[finding.column - 1 :].startswith("We stay and")


def test_pattern_that_cannot_be_read_is_told_at_its_line(base):
    path = base.edit(ENTRY, "en: [open to talks]", 'en: [open to talks, "(this|that"]')
    (finding,) = rule_findings(base.load())
    assert finding.code == "KB509"
    line = path.read_text(encoding="utf-8").split("\n")[finding.line - 1]
    assert "(this|that" in line
    assert "not closed" in finding.message
