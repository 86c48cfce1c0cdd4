"""Text that users write shows as they wrote it: it cannot format, link, ping, hide or escape."""

from __future__ import annotations

import re

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat import text
from bot.chat.cards.paging import flow, split
from bot.chat.custom_ids import Ref, base36, parse
from bot.chat.text import (
    Markdown,
    code_block,
    prose,
    quote,
    safe,
    safe_line,
    shortened,
    t,
    units,
    visible,
)

HOSTILE = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="*_~|`<>[]()#-+\\@:/ \n0123456789.!abc", max_size=200),
    st.sampled_from(
        [
            "@everyone",
            "@here",
            "<@1>",
            "<@&1>",
            "<#1>",
            "</a:1>",
            "<:a:1>",
            "<t:1:R>",
            "https://a.b",
        ]
    ),
)


def unescaped(markdown: str) -> str:
    """What Discord shows of escaped text: the backslashes before punctuation are gone."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown).replace("\u200b", "")


@settings(max_examples=400)
@given(HOSTILE)
def test_safe_text_shows_exactly_what_was_written(written: str) -> None:
    assert unescaped(safe(written)) == visible(written)


@settings(max_examples=400)
@given(HOSTILE)
def test_no_markup_character_is_left_unescaped(written: str) -> None:
    shown = safe(written)
    without_escapes = re.sub(r"\\.", "", shown, flags=re.DOTALL)
    assert not set(without_escapes) & set("*_~|`<>[]")
    assert re.search(r"@(?!\u200b)", shown) is None
    assert re.search(r"\w://", shown) is None
    assert re.search(r"^\s*([#+-]|\d+[.)])", shown, re.MULTILINE) is None


@settings(max_examples=200)
@given(HOSTILE)
def test_prose_keeps_markdown_but_cannot_mention(written: str) -> None:
    shown = prose(written)
    assert re.search(r"@(?!\u200b)", shown) is None
    assert re.search(r"(?<!\\)<[@#:/a-zA-Z]", shown) is None


@settings(max_examples=200)
@given(HOSTILE)
def test_nothing_ends_a_code_block_but_its_own_fence(written: str) -> None:
    block = code_block(written + "```" + written)
    assert block.startswith("```\n")
    assert block.endswith("\n```")
    assert "```" not in block[4:-4].replace("\u200b", " ")


@given(st.text())
def test_invisible_and_reordering_characters_are_gone(written: str) -> None:
    shown = visible(written + "\u202e\u2066\u200b\x07\ufeff\U000e0041")
    assert not set(shown) & set("\u202e\u2066\u200b\x07\ufeff\U000e0041")


@settings(max_examples=200)
@given(st.text(max_size=200), st.integers(2, 120))
def test_a_label_is_never_too_long_and_shows_that_it_goes_on(written: str, limit: int) -> None:
    label = shortened(written, limit)
    assert units(label) <= limit
    line = " ".join(visible(written).split())
    assert label == line or label.endswith("…")


@settings(max_examples=300)
@given(HOSTILE.map(lambda part: part * 30), st.integers(20, 400))
def test_splitting_loses_only_white_space_and_keeps_the_limit(written: str, limit: int) -> None:
    escaped = safe(written)
    parts = split(escaped, limit)
    assert all(units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(escaped.split())
    assert all((len(part) - len(part.rstrip("\\"))) % 2 == 0 for part in parts)


@settings(max_examples=200)
@given(st.lists(st.text(min_size=1, max_size=300), max_size=30), st.integers(1, 9))
def test_pages_keep_order_and_limits(blocks: list[str], most: int) -> None:
    pages = flow(blocks, 500, most)
    assert pages
    assert all(len(page) <= most for page in pages)
    assert all(sum(units(block) for block in page) <= 500 for page in pages)
    flat = "".join("".join(block.split()) for page in pages for block in page)
    assert flat == "".join("".join(block.split()) for block in blocks)


def test_values_of_a_system_text_are_escaped_unless_they_are_markdown() -> None:
    shown = t("error.gone", "en", entry="*bold* @everyone {entry.__class__}")
    assert "\\*bold\\*" in shown
    assert "@everyone" not in shown
    assert "{entry.\\_\\_class\\_\\_}" in shown
    assert "`A1`" in t("error.fault", "en", reference=Markdown("`A1`"))


def test_an_unknown_language_is_answered_in_english_and_an_unknown_key_is_an_error() -> None:
    assert t("nothing.title", "xx") == "Nothing on file"
    with pytest.raises(KeyError):
        t("no.such.key", "en")


def test_safe_line_is_one_line() -> None:
    assert "\n" not in safe_line("a\n# b\r\nc\u2028d")


def test_discord_locales_give_the_languages_that_we_have() -> None:
    assert text.language_of(discord.Locale.polish) == "pl"
    assert text.language_of(discord.Locale.american_english) == "en"
    assert text.language_of(discord.Locale.japanese) == "en"


@given(
    st.sampled_from(["open", "l-red", "cmps"]),
    st.integers(0, 2**64 - 1),
    st.sampled_from(["", "en", "lv"]),
    st.integers(0, 99),
    st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).map(lambda text: text[:60].strip("-")),
)
def test_a_custom_id_is_read_back_as_it_was_written(
    action: str, origin: int, language: str, page: int, entry: str
) -> None:
    ref = Ref(action, origin, language, page, entry)
    assert len(str(ref)) <= 100
    assert parse(str(ref)) == ref


@given(st.text(max_size=120))
def test_foreign_custom_ids_are_not_ours(custom_id: str) -> None:
    assert parse(custom_id) is None


def test_a_custom_id_that_could_not_be_read_back_is_refused() -> None:
    with pytest.raises(ValueError, match="not a custom id"):
        str(Ref("open", entry="Not An Id"))
    assert base36(0) == "0"


@given(st.integers(0, 2000), st.integers(100, 1500))
def test_a_block_of_code_is_never_cut_by_the_end_of_a_page(before: int, length: int) -> None:
    pages = flow(["x" * before, code_block("y" * length)], 2200, 9)
    assert all("".join(page).count("```") % 2 == 0 for page in pages)


@given(st.integers(10, 3000), st.integers(40, 400))
def test_every_part_of_a_quotation_is_marked_as_one(words: int, limit: int) -> None:
    parts = split(quote("word " * words), limit)
    assert all(part.startswith("> ") for part in parts)
    assert " ".join(part.removeprefix("> ") for part in parts).split() == ["word"] * words
