"""Choosing: the best fit first, the reason beside it, and options that depend on each other."""

from __future__ import annotations

import pytest

from bot.advice.clearance import OFFICER, TEAM
from bot.advice.messages import Wish, choose, offers
from bot.knowledge.kinds import Template
from bot.knowledge.snapshot import Snapshot

PRESENCE = "redline-presence-not-negotiable"


def test_the_exact_template_comes_first(snapshot: Snapshot) -> None:
    for channel, wanted in (
        ("x", "tpl-post-presence"),
        ("holding-statement", "tpl-holding-presence"),
        ("q-and-a", "tpl-qa-presence"),
    ):
        best = choose(snapshot, PRESENCE, "press", channel, "en")[0]
        assert best.template.id == wanted
        assert best.exact


def test_only_templates_of_the_red_line_are_offered(snapshot: Snapshot) -> None:
    found = choose(snapshot, PRESENCE, "partner-forces", "sms", "fr")
    assert found
    assert all(PRESENCE in each.template.redlines for each in found)
    assert not found[0].exact
    assert "not in Français" in found[-1].reason


def test_a_translation_beats_none_and_says_its_state(snapshot: Snapshot) -> None:
    first = choose(snapshot, "redline-no-third-country-veto", language="lv")[0]
    assert "lv" in first.template.variants
    assert "in Latviešu, awaiting native review" in first.reason


def test_before_attribution_no_text_that_names_somebody_comes_first(snapshot: Snapshot) -> None:
    wish = Wish(channel="holding-statement", phase="phase-2-hybrid", attribution="before")
    ranked = [each.template.attribution for each in choose(snapshot, wish=wish)]
    met = [each in ("any", "before") for each in ranked]
    assert "before" in ranked
    assert "after" in ranked
    assert met.index(False) > ranked.index("before")


def test_the_line_that_a_template_is_about_counts_more_than_one_beside_it(
    snapshot: Snapshot,
) -> None:
    primary = [each.template.redlines[0] == PRESENCE for each in choose(snapshot, PRESENCE)]
    assert False in primary
    assert primary == sorted(primary, reverse=True)


def test_scores_fall(snapshot: Snapshot) -> None:
    scores = [each.score for each in choose(snapshot, audience="press", channel="x")]
    assert scores == sorted(scores, reverse=True)


def test_the_marking_is_kept(snapshot: Snapshot) -> None:
    entry = snapshot.get("tpl-post-presence")
    assert isinstance(entry, Template)
    secret = entry.model_copy(update={"id": "tpl-secret", "tlp": "amber"})
    retired = entry.model_copy(update={"id": "tpl-retired", "status": "retired"})
    base = Snapshot(
        entries={each.id: each for each in (entry, secret, retired)},
        vocabulary=snapshot.vocabulary,
        revision="test",
    )
    ids = [each.template.id for each in choose(base, PRESENCE, clearance=TEAM)]
    assert ids == ["tpl-post-presence"]
    ids = [each.template.id for each in choose(base, PRESENCE, clearance=OFFICER)]
    assert ids == ["tpl-post-presence", "tpl-secret"]
    assert offers(base, Wish(), clearance=TEAM).channels[0].count == 1


def test_offers_depend_on_the_other_choices(snapshot: Snapshot) -> None:
    everything = offers(snapshot, Wish())
    assert len(everything.redlines) == len(snapshot.of_kind("redline"))
    assert {each.id for each in everything.languages} == set(snapshot.vocabulary.languages)
    narrowed = offers(snapshot, Wish(redline="redline-no-threats-of-our-own", language="lt"))
    assert narrowed.channels == ()
    english = offers(snapshot, Wish(redline="redline-no-threats-of-our-own", channel="x"))
    assert [each.id for each in english.languages] == ["en"]
    assert len(english.channels) > 1


@pytest.mark.parametrize("language", ["et", "lv", "lt", "ru", "uk", "pl", "de", "fr"])
def test_every_offer_leads_to_a_template(snapshot: Snapshot, language: str) -> None:
    for channel in offers(snapshot, Wish(language=language)).channels:
        for audience in offers(snapshot, Wish(language=language, channel=channel.id)).audiences:
            wish = Wish(language=language, channel=channel.id, audience=audience.id)
            exact = [each for each in choose(snapshot, wish=wish, limit=200) if each.exact]
            assert len(exact) == audience.count > 0
