"""Cards of any answer, however long or hostile, are what Discord takes, and lose no word."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import discord
import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice.answer import Answer, Link, Section, SourceLine
from bot.chat.cards.answer import LISTS, Setting, answer_card, list_of
from bot.chat.cards.layout import MOST_COMPONENTS, MOST_UNITS, CardView, fits
from bot.chat.cards.lists import link_list
from bot.chat.custom_ids import parse
from bot.chat.text import units
from bot.knowledge.search.result import Reason

KINDS = ("analysis", "redline", "countermeasure", "template", "law", "narrative", "glossary")
IDS = st.from_regex(r"[a-z0-9]{3,12}(-[a-z0-9]{1,12}){0,3}", fullmatch=True)
NASTY = st.sampled_from(
    [
        "@everyone",
        "<@123456789012345678>",
        "<@&1>",
        "```\nrm -rf\n```",
        "[click](https://evil.example)",
        "\u202egnihsihp",
        "**TLP:CLEAR**",
        "{0.__class__}",
        "%s %n",
        "https://evil.example/a_b*c",
        "</ask:1>",
        "<t:0:R>",
        "\\",
        "\\\\`",
        "# heading\n> quote\n- list\n1. one",
        "😀" * 40,
        "a" * 3000,
        "\x00\x1b[2J",
    ]
)
TEXT = st.one_of(st.text(max_size=60), NASTY, st.lists(NASTY, max_size=4).map(" ".join))
LONG = st.one_of(TEXT, st.text(max_size=60).map(lambda text: (text + " ") * 130))
REASONS = st.lists(
    st.builds(
        Reason,
        st.sampled_from(
            ["title", "alias", "question", "term", "typo", "translation", "meaning", "id"]
        ),
        TEXT,
    ),
    max_size=4,
).map(tuple)
LINKS = st.builds(
    Link,
    id=IDS,
    kind=st.sampled_from(KINDS),
    title=TEXT,
    relation=st.sampled_from(["names", "match", "supports", "suggestion"]),
    why=REASONS,
)
SOURCES = st.builds(
    SourceLine,
    id=IDS,
    title=TEXT,
    publisher=TEXT,
    url=st.one_of(st.none(), TEXT, st.just("https://example.org/a(b)?c=[d]")),
    published=st.one_of(st.none(), st.dates()),
    reliability=st.sampled_from("ABCDEF"),
)
SECTIONS = st.builds(
    Section,
    id=st.sampled_from(["line", "body", "risks", "something-new"]),
    title=TEXT,
    text=LONG,
    points=st.lists(LONG, max_size=6).map(tuple),
)
ANSWERS = st.builds(
    Answer,
    outcome=st.sampled_from(["answered", "nothing-on-file", "refused"]),
    command=st.just("ask"),
    query=st.one_of(st.none(), LONG),
    entry_id=IDS,
    kind=st.sampled_from(KINDS),
    title=LONG,
    bottom_line=LONG,
    key_points=st.lists(LONG, max_size=7).map(tuple),
    sections=st.lists(SECTIONS, max_size=6).map(tuple),
    caveats=st.lists(LONG, max_size=4).map(tuple),
    confidence=st.sampled_from(["high", "moderate", "low", None]),
    tlp=st.sampled_from(["clear", "green", "amber", "amber+strict", "red"]),
    status=st.sampled_from(["draft", "reviewed"]),
    reviewed=st.one_of(st.none(), st.dates()),
    review_overdue=st.booleans(),
    sources=st.lists(SOURCES, max_size=12, unique_by=lambda source: source.id).map(tuple),
    passages=st.just(("P001", "P002")),
    links=st.lists(LINKS, max_size=40, unique_by=lambda link: link.id).map(tuple),
    why=REASONS,
    entries=st.just(()),
    language=st.sampled_from(["en", "lv", "ru"]),
    language_note=st.sampled_from(["", "untranslated", "awaiting-native-review"]),
    revision=st.just("0123456789ab"),
)
SETTINGS = st.builds(
    Setting,
    language=st.sampled_from(["en", "de", "xx"]),
    origin=st.sampled_from([0, 1_300_000_000_000_000_000, 2**63]),
    back=st.booleans(),
    public=st.booleans(),
)


def an_answer(**changes: object) -> Answer:
    """A plain answer of an entry."""
    answer = Answer(
        outcome="answered",
        command="ask",
        query="why now",
        entry_id="analysis-test-balloon",
        kind="analysis",
        title="A test of reactions",
        bottom_line="The demand measures how allies react.",
        key_points=("Cheap to make.", "Easy to drop."),
        sections=(Section("body", "In full", "Long **text**."),),
        caveats=("“Old” New.",),
        confidence="moderate",
        tlp="clear",
        status="reviewed",
        reviewed=dt.date(2026, 5, 1),
        review_overdue=False,
        sources=(SourceLine("src-a", "A source", "A paper", "https://example.org/a", None, "B"),),
        passages=("P016",),
        links=(Link("redline-one", "redline", "One line", "names"),),
        why=(Reason("alias", "trial balloon"),),
        entries=("analysis-test-balloon",),
        language="en",
        language_note="",
        revision="0123456789ab",
    )
    return replace(answer, **changes)  # type: ignore[arg-type]


def texts(view: CardView) -> str:
    return "\n".join(
        item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)
    )


def custom_ids(view: CardView) -> list[str]:
    return [
        item.custom_id
        for item in view.walk_children()
        if isinstance(item, ui.DynamicItem) and item.custom_id
    ]


def is_sound(view: CardView) -> None:
    """Everything that Discord would refuse."""
    assert fits(view)
    assert view.total_children_count <= MOST_COMPONENTS
    ids = custom_ids(view)
    assert len(ids) == len(set(ids))
    for custom_id in ids:
        assert len(custom_id) <= 100
        assert parse(custom_id) is not None
    for item in view.walk_children():
        if isinstance(item, ui.TextDisplay):
            assert 0 < units(item.content) <= MOST_UNITS
            assert "@everyone" not in item.content
            assert re.search(r"(?<!\\)<[@#/:]", item.content) is None
        if isinstance(item, ui.DynamicItem) and isinstance(item.item, ui.Select):
            assert 1 <= len(item.item.options) <= 25
            for option in item.item.options:
                assert 1 <= units(option.label) <= 100
                assert units(option.description or "") <= 100
                assert 1 <= len(option.value) <= 100
        if isinstance(item, ui.DynamicItem) and isinstance(item.item, ui.Button):
            assert 1 <= units(item.item.label or "") <= 80


@settings(max_examples=30, deadline=None)
@given(ANSWERS, SETTINGS)
def test_every_page_of_any_answer_is_what_discord_takes(answer: Answer, setting: Setting) -> None:
    card = answer_card(answer, setting)
    for page in range(len(card.pages())):
        is_sound(card.view(page))


@settings(max_examples=30, deadline=None)
@given(ANSWERS, SETTINGS)
def test_every_page_of_any_list_is_what_discord_takes(answer: Answer, setting: Setting) -> None:
    for code in LISTS:
        for page in range(4):
            is_sound(link_list(answer, code, setting, page, lambda _: "gist " * 80).view())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=900, unique=True))
def test_no_word_is_lost_between_the_pages(numbers: list[int]) -> None:
    words = [f"w{number}" for number in numbers]
    third = len(words) // 3
    answer = an_answer(
        key_points=(" ".join(words[:third]),) if third else (),
        sections=(
            Section("body", "In full", "\n\n".join(words[third : 2 * third])),
            Section("risks", "Risks", points=tuple(words[2 * third :])),
        ),
    )
    card = answer_card(answer, Setting("en"))
    shown = "\n".join(texts(card.view(page)) for page in range(len(card.pages())))
    assert set(words) <= set(re.findall(r"w\d+", shown))


def test_the_bottom_line_stands_before_everything_that_explains_it() -> None:
    shown = texts(answer_card(an_answer(), Setting("en", origin=5)).view())
    order = [
        shown.index(part)
        for part in (
            "The demand measures",
            "Cheap to make",
            "Caveats",
            "A source",
            "Long **text**",
            "analysis-test-balloon@0123456789ab",
        )
    ]
    assert order == sorted(order)
    assert "Moderate confidence" in shown
    assert "**TLP:CLEAR**" in shown
    assert "reliability B" in shown
    assert "also called: trial balloon" in shown
    assert "reviewed 2026-05-01" in shown


def test_a_reader_is_warned_of_a_draft_an_overdue_review_and_a_missing_translation() -> None:
    answer = an_answer(status="draft", review_overdue=True, language_note="untranslated")
    shown = texts(answer_card(answer, Setting("de")).view())
    assert shown.count("⚠️") >= 3


def test_buttons_lead_to_what_there_is_and_to_nothing_else() -> None:
    view = answer_card(an_answer(), Setting("en", origin=5)).view()
    actions = {parse(custom_id).action for custom_id in custom_ids(view)}  # type: ignore[union-attr]
    assert actions >= {"o-red", "o-src", "share", "yes", "no"}
    assert not actions & {"o-opt", "o-tpl", "o-rel", "back"}


def test_what_is_above_green_has_no_share_button() -> None:
    view = answer_card(an_answer(tlp="amber"), Setting("en", origin=5)).view()
    actions = {parse(custom_id).action for custom_id in custom_ids(view)}  # type: ignore[union-attr]
    assert "share" not in actions


def test_a_shared_card_has_no_way_back_to_a_private_question() -> None:
    view = answer_card(an_answer(), Setting("en", origin=5, public=True)).view()
    actions = {parse(custom_id).action for custom_id in custom_ids(view)}  # type: ignore[union-attr]
    assert not actions & {"share", "back", "again", "o-red"}


def test_nothing_on_file_offers_topics_to_browse_and_does_not_pretend() -> None:
    answer = an_answer(
        outcome="nothing-on-file",
        entry_id=None,
        title="",
        bottom_line="",
        links=(Link("analysis-near", "analysis", "Near", "suggestion"),),
    )
    view = answer_card(answer, Setting("en", origin=5)).view()
    shown = texts(view)
    assert "Nothing on file" in shown
    assert "not an answer" in shown
    selects = [
        item.item
        for item in view.walk_children()
        if isinstance(item, ui.DynamicItem) and isinstance(item.item, ui.Select)
    ]
    assert [option.value for option in selects[0].options] == ["analysis-near"]


def test_a_refusal_names_the_marking_and_the_way_out_but_not_the_entry() -> None:
    answer = an_answer(outcome="refused", tlp="amber+strict", title="", bottom_line="")
    shown = texts(answer_card(answer, Setting("en")).view())
    assert "TLP:AMBER+STRICT" in shown
    assert "administrator" in shown


def test_each_link_is_in_exactly_one_list() -> None:
    linked = [Link(f"entry-{kind}", kind, kind, "names") for kind in KINDS]
    links = (*linked, Link("entry-match", "analysis", "m", "match"))
    answer = an_answer(links=links)
    listed = [link.id for code in LISTS for link in list_of(answer, code)]
    assert sorted(listed) == sorted(link.id for link in links if link.relation != "match")


def test_a_card_counts_as_fully_dynamic_so_that_a_timeout_cannot_unhook_its_buttons() -> None:
    view = answer_card(an_answer(), Setting("en", origin=5)).view()
    for item in view.walk_children():
        if isinstance(item, ui.Button | ui.Select):
            pytest.fail(f"an ordinary item in a card: {item!r}")
    assert isinstance(view, discord.ui.LayoutView)
