"""What is answered: the right entry, in the right language, to those who may see it."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import pytest

from bot.advice.adviser import Adviser, preferring
from bot.advice.clearance import OFFICER, ORDER, TEAM, highest
from bot.knowledge.kinds import Template
from bot.knowledge.snapshot import Snapshot


def above_green(snapshot: Snapshot) -> list[str]:
    return [e.id for e in snapshot.entries.values() if not TEAM.admits(e.tlp)]


def test_a_question_is_answered_with_source_and_revision(adviser: Adviser) -> None:
    answer = adviser.ask("who invited the allied battlegroups?", clearance=TEAM)
    assert answer.outcome == "answered"
    assert answer.entries[0] == answer.entry_id
    assert answer.sources
    assert answer.revision == adviser.snapshot.revision
    assert answer.bottom_line == adviser.snapshot.entries[answer.entry_id or ""].summary


@pytest.mark.parametrize("language", ["et", "lv", "lt", "ru", "uk", "pl", "de", "fr"])
def test_a_red_line_is_told_in_the_language_asked_for(adviser: Adviser, language: str) -> None:
    answer = adviser.topic("redline-presence-not-negotiable", language=language, clearance=TEAM)
    entry = adviser.snapshot.entries["redline-presence-not-negotiable"]
    assert answer.language == language
    assert answer.language_note == "awaiting-native-review"
    assert answer.title != entry.title


def test_an_untranslated_entry_is_told_in_english_with_a_note(adviser: Adviser) -> None:
    plain = next(e for e in adviser.snapshot.entries.values() if not e.translations)
    answer = adviser.topic(plain.id, language="lv", clearance=OFFICER)
    assert (answer.language, answer.language_note) == ("en", "untranslated")


def test_nothing_on_file_offers_topics_and_no_answer(adviser: Adviser) -> None:
    answer = adviser.ask("zxqv wprt kljh", clearance=TEAM)
    assert answer.outcome == "nothing-on-file"
    assert answer.entries == ()
    assert answer.bottom_line == ""
    assert {link.relation for link in answer.links} <= {"suggestion"}


def test_an_unknown_entry_is_not_on_file(adviser: Adviser) -> None:
    answer = adviser.topic("redline-presence", clearance=TEAM)
    assert answer.outcome == "nothing-on-file"


def test_what_the_marking_excludes_is_refused_without_a_word_of_it(
    adviser: Adviser, snapshot: Snapshot
) -> None:
    hidden = above_green(snapshot)
    assert hidden, "the knowledge base has entries above TLP:GREEN to test with"
    for entry_id in hidden:
        answer = adviser.topic(entry_id, clearance=TEAM)
        assert answer.outcome == "refused"
        shown = dataclasses.asdict(answer)
        assert snapshot.entries[entry_id].summary not in str(shown)
        assert adviser.topic(entry_id, clearance=OFFICER).outcome == "answered"


def test_no_link_leads_where_the_asker_may_not_go(adviser: Adviser, snapshot: Snapshot) -> None:
    hidden = set(above_green(snapshot))
    for entry in snapshot.entries.values():
        if TEAM.admits(entry.tlp):
            answer = adviser.topic(entry.id, clearance=TEAM)
            assert not hidden & {link.id for link in answer.links}


def test_every_entry_of_every_kind_makes_an_answer(adviser: Adviser, snapshot: Snapshot) -> None:
    for entry in snapshot.entries.values():
        answer = adviser.topic(entry.id, clearance=OFFICER)
        assert answer.outcome == "answered"
        assert [section.id for section in answer.sections].count("body") == 1
        assert all(section.text or section.points for section in answer.sections)
        assert ORDER.index(answer.tlp) >= ORDER.index(entry.tlp)
        ids = [link.id for link in answer.links]
        assert len(ids) == len(set(ids))
        assert entry.id not in ids


def test_from_an_analysis_one_gets_to_templates(adviser: Adviser) -> None:
    answer = adviser.topic("analysis-host-nation-sovereignty", clearance=TEAM)
    kinds = {link.kind for link in answer.links}
    assert {"redline", "template"} <= kinds


def test_a_statement_is_met_with_its_rebuttal(adviser: Adviser) -> None:
    matched = adviser.match(
        "NATO broke its promise of 1997 first. It has no right to keep brigades there.",
        clearance=TEAM,
    )
    assert matched.answer.outcome == "answered"
    assert matched.answer.kind == "narrative"
    assert any(section.id == "rebuttal" for section in matched.answer.sections)
    for sentence in matched.sentences:
        assert sentence.sentence


def test_markings_are_ordered() -> None:
    assert highest(["green", "amber+strict", "amber"]) == "amber+strict"
    assert highest([]) == "clear"


def test_a_templates_text_comes_in_the_language_asked_for_with_its_review_state(
    adviser: Adviser, snapshot: Snapshot
) -> None:
    template = next(
        entry
        for entry in snapshot.of_kind("template")
        if isinstance(entry, Template) and len(entry.variants) > 2
    )
    for language, variant in template.variants.items():
        answer = adviser.topic(template.id, language=language, clearance=OFFICER)
        (text,) = [part for part in answer.sections if part.id in ("text", "text-awaiting")]
        assert text.text == variant.text
        assert (text.id == "text-awaiting") == (variant.review == "awaiting-native-review")
        assert answer.sections[0] == text
    missing = template.model_copy(update={"variants": {"en": template.variants["en"]}})
    bare = replace(snapshot, entries={**snapshot.entries, template.id: missing})
    answer = Adviser(bare, adviser.engine).topic(template.id, language="lv", clearance=OFFICER)
    assert answer.sections[0].text == template.variants["en"].text


def test_entries_of_the_preferred_situation_come_first_unless_others_match_clearly_better(
    adviser: Adviser,
) -> None:
    result = adviser.search("is the presence of NATO lawful?")
    first, second = result.hits[:2]
    away = first.entry.model_copy(update={"situation": "elsewhere"})
    near = replace(result, hits=(replace(first, entry=away, score=0.8), replace(second, score=0.7)))
    home = second.entry.situation
    assert [hit.entry.id for hit in preferring(near, home).hits] == [second.entry.id, away.id]
    assert preferring(near, None) == near
    assert preferring(near, "elsewhere").hits[0].entry == away
    far = replace(result, hits=(replace(first, entry=away), replace(second, score=0.1)))
    assert preferring(far, home).hits[0].entry == away
