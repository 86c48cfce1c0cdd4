"""The shipped templates: there for every line, in every language, true to channel and red line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.advice import wording
from bot.advice.messages import examples, fill, pages
from bot.knowledge.kinds import Template
from bot.knowledge.kinds.template import SLOT
from bot.knowledge.reading import load
from bot.knowledge.snapshot import Snapshot

READABLE = load(Path(__file__).parents[3] / "knowledge").readable
assert READABLE is not None
TEMPLATES = [entry for entry in READABLE.of_kind("template") if isinstance(entry, Template)]
VARIANTS = [(entry, language) for entry in TEMPLATES for language in entry.variants]
LANGUAGES = ("et", "lv", "lt", "ru", "uk", "pl", "de", "fr")
INCIDENTS = ("cable", "airspace", "drone", "cyber", "sabotage")

by_variant = pytest.mark.parametrize(
    ("template", "language"), VARIANTS, ids=[f"{each.id}-{code}" for each, code in VARIANTS]
)


@by_variant
def test_filled_with_its_examples_it_is_ready_to_go(
    snapshot: Snapshot, template: Template, language: str
) -> None:
    message = fill(snapshot, template, language, examples(template))
    assert message.problems == ()
    assert message.fits, message.measure.label
    assert not re.search(r"[{}\[\]]", message.text)
    assert "  " not in message.text


@by_variant
def test_it_says_what_its_red_lines_ask_and_breaks_none(
    snapshot: Snapshot, template: Template, language: str
) -> None:
    """Advice is left out: a short post can't say all that would be good to say."""
    text = fill(snapshot, template, language, examples(template)).text
    found = [
        finding
        for redline in (*template.redlines, None)
        for finding in wording.check(text, snapshot, redline_id=redline, language=language).findings
    ]
    assert found == []


@by_variant
def test_all_languages_ask_for_the_same(template: Template, language: str) -> None:
    variants = {str(key): variant for key, variant in template.variants.items()}
    assert set(SLOT.findall(variants[language].text)) == set(template.slots)


@by_variant
def test_its_form_speaks_the_language(template: Template, language: str) -> None:
    for slot in template.slots.values():
        translated = {"en", *map(str, slot.translations)}
        assert language in translated


def test_there_are_enough() -> None:
    assert len(TEMPLATES) >= 45


def test_each_red_line_has_a_statement_a_post_and_answers_in_english(snapshot: Snapshot) -> None:
    wanted = {"holding-statement", "x", "q-and-a"}
    for redline in snapshot.of_kind("redline"):
        has = {
            each.channel
            for each in TEMPLATES
            if redline.id in each.redlines and "en" in each.variants
        }
        assert wanted <= has, f"{redline.id} lacks {wanted - has}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_ten_and_says_that_no_native_has_read_them(language: str) -> None:
    variants = [
        variant for each in TEMPLATES for code, variant in each.variants.items() if code == language
    ]
    assert len(variants) >= 10
    assert {variant.review for variant in variants} <= {"awaiting-native-review", "native-reviewed"}


@pytest.mark.parametrize("incident", INCIDENTS)
@pytest.mark.parametrize("attribution", ["before", "after", "false-alarm"])
def test_each_incident_has_all_three_stages(incident: str, attribution: str) -> None:
    assert any(
        each.id.startswith(f"tpl-{incident}-") and each.attribution == attribution
        for each in TEMPLATES
    )


@pytest.mark.parametrize("channel", ["speech", "sms", "diplomatic-note", "internal-brief"])
def test_each_other_channel_is_served(channel: str) -> None:
    assert sum(each.channel == channel for each in TEMPLATES) >= 3


@pytest.mark.parametrize(
    "audience", ["allied-capitals", "russian-speaking-public", "partner-forces"]
)
def test_each_audience_is_served(audience: str) -> None:
    assert sum(audience in each.audiences for each in TEMPLATES) >= 3


ACCUSED = re.compile(
    r"\b(?:russia\w*|moscow|kremlin|venemaa|moskva|krievij\w*|maskav\w*|rusij\w*|maskv\w*"
    r"|росси\w*|москв\w*|росі\w*|rosj\w*|moskw\w*|russland\w*|moskau\w*|russie|moscou)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "template",
    [each for each in TEMPLATES if each.attribution in ("before", "false-alarm")],
    ids=lambda each: each.id,
)
def test_nobody_is_named_before_attribution(template: Template) -> None:
    for variant in template.variants.values():
        assert not ACCUSED.search(variant.text)


PROMISE = re.compile(
    r"\b(?:will|would) (?:automatically |always )?(?:trigger|invoke|activate) article 5"
    r"|automatic(?:ally)? (?:trigger|respon|invok)",
    re.IGNORECASE,
)


def test_no_text_promises_an_automatic_response() -> None:
    for template in TEMPLATES:
        english = next(each for code, each in template.variants.items() if code == "en")
        for sentence in re.findall(r"[^.?!\n]+[.?!\n]?", english.text):
            if PROMISE.search(sentence) and not sentence.endswith("?"):
                assert re.search(r"(?i)\b(?:no|not|nothing)\b", sentence), (template.id, sentence)


def test_a_translated_text_has_its_title_in_that_language() -> None:
    for template in TEMPLATES:
        for language in template.variants:
            if language == "en":
                continue
            titles = {str(key): each.title for key, each in template.translations.items()}
            assert titles[language] != template.title


def test_forms_of_the_quick_channels_fit_one_page() -> None:
    for template in TEMPLATES:
        if template.channel in ("x", "press-line", "sms"):
            assert len(pages(template.slots)) <= 1, template.id
        assert len(pages(template.slots)) <= 2, template.id


def test_the_guidance_is_there() -> None:
    for template in TEMPLATES:
        assert len(template.summary) <= 300
        assert template.passages, template.id
        assert "src-brief" in template.sources, template.id
        assert template.questions.get("en"), template.id
        assert set(template.aliases) == {"en", *LANGUAGES}, template.id
