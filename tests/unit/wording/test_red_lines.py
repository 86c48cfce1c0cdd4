"""The red lines that ship keep their own examples and let the templates that ship pass."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.advice.wording import check, failures, faults
from bot.advice.wording.rulebook import LANGUAGES
from bot.knowledge.kinds import Narrative, Redline, Template


@pytest.fixture(scope="module")
def redlines(shipped) -> list[Redline]:
    return [entry for entry in shipped.of_kind("redline") if isinstance(entry, Redline)]


def test_there_are_red_lines(redlines) -> None:
    assert len(redlines) >= 13


def test_every_pattern_can_be_read(shipped) -> None:
    assert faults(shipped) == []


def test_every_rule_keeps_its_examples(shipped) -> None:
    assert [(each.rule, each.path, each.text) for each in failures(shipped)] == []


def test_every_red_line_is_worded_in_full(redlines) -> None:
    for redline in redlines:
        assert len(redline.must_say) >= 2, redline.id
        assert len(redline.never_say) >= 4, redline.id
        assert len(redline.ambiguity) >= 2, redline.id
        for rule in (*redline.must_say, *redline.never_say, *redline.ambiguity):
            assert set(rule.patterns) == set(LANGUAGES), rule.id
            assert "en" in rule.examples and len(rule.examples) >= 3, rule.id


def test_rules_have_names_of_their_own(redlines) -> None:
    names = Counter(
        rule.id
        for redline in redlines
        for rule in (*redline.must_say, *redline.never_say, *redline.ambiguity)
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_no_replacement_is_objected_to(shipped, redlines) -> None:
    for redline in redlines:
        for rule in (*redline.must_say, *redline.never_say, *redline.ambiguity):
            assert check(rule.say_instead, shipped).findings == (), rule.id


def test_no_template_is_blocked(shipped) -> None:
    blocked = [
        (entry.id, language, [each.excerpt for each in report.findings])
        for entry in shipped.of_kind("template")
        if isinstance(entry, Template)
        for language, variant in entry.variants.items()
        if not (report := check(variant.text, shipped, language=language)).ok
    ]
    assert blocked == []


def test_no_rebuttal_is_blocked(shipped) -> None:
    for entry in shipped.of_kind("narrative"):
        assert isinstance(entry, Narrative)
        for text in (entry.rebuttal.fact, entry.rebuttal.fact_again):
            assert check(text, shipped).ok, (entry.id, text)
