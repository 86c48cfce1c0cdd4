"""Words out of text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.search.normalise import WORD, fold, plain_marks, words


@given(st.text(max_size=200))
def test_words_are_lower_case_letters_and_digits_and_never_blank(text: str) -> None:
    for word in words(text):
        assert word
        assert WORD.fullmatch(word) or not word.isascii()
        assert not any(letter.isspace() for letter in word)


@given(st.text(st.characters(max_codepoint=127), max_size=200))
def test_plain_text_is_split_as_the_expression_splits_it(text: str) -> None:
    assert words(text) == WORD.findall(text.lower())


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    for word in words(text):
        once = fold(word)
        assert fold(once) == once
        assert not any(unicodedata.combining(letter) for letter in once)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("läänemeri", "laanemeri"),
        ("šķiršanās", "skirsanas"),
        ("łódź", "lodz"),
        ("straße", "strasse"),
        ("œuvre", "oeuvre"),
        ("калининград", "kaliningrad"),
        ("київ", "kiiv"),
        ("ёлка", "elka"),
        ("щит", "schit"),
    ],
)
def test_scripts_and_accents_meet_in_plain_letters(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize("name", [("нато", "nato"), ("путин", "putin"), ("нарва", "narva")])
def test_a_name_is_the_same_word_in_both_scripts(name: tuple[str, str]) -> None:
    assert fold(name[0]) == fold(name[1])


def test_typographic_marks_part_words_as_plain_ones_do() -> None:
    text = "NATO’s “red line” — pre–authorised…"
    assert plain_marks(text).isascii()
    assert words(plain_marks(text)) == words(text)


def test_composed_and_decomposed_letters_are_one_word() -> None:
    assert words("Rīgā") == words(unicodedata.normalize("NFD", "Rīgā"))
