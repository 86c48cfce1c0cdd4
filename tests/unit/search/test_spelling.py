"""Known words near a misspelt one, compared with measuring every word."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.knowledge.search.spelling import (
    LONGEST,
    SHORTEST,
    SHORTEST_FOR_TWO,
    Correction,
    SpellingIndex,
)

LETTERS = "abcdeäб"
WORDS = st.text(LETTERS, min_size=3, max_size=10)


@settings(max_examples=200)
@given(st.sets(WORDS, max_size=40), WORDS)
def test_every_word_within_one_edit_is_found_and_no_other(known: set[str], word: str) -> None:
    found = SpellingIndex(sorted(known)).near(word, limit=100)
    if len(word) < SHORTEST:
        assert not found
        return
    near = {form for form in known if OSA.distance(word, form) <= 1}
    if near:
        assert {item.form for item in found} == near
    else:
        assert all(item.edits == 2 for item in found)
    for item in found:
        assert item.edits == OSA.distance(word, item.form)


@settings(max_examples=200)
@given(st.sets(WORDS, max_size=40), st.text(LETTERS, min_size=SHORTEST_FOR_TWO, max_size=10))
def test_long_words_are_found_within_two_edits_of_the_same_first_letter(
    known: set[str], word: str
) -> None:
    found = {item.form for item in SpellingIndex(sorted(known)).near(word, limit=100)}
    if not any(OSA.distance(word, form) <= 1 for form in known):
        two = {form for form in known if OSA.distance(word, form) == 2 and form[0] == word[0]}
        assert found == two


def test_the_nearest_word_comes_first() -> None:
    index = SpellingIndex(["baltic", "balti", "gothics", "ballistic"])
    assert index.near("balitc")[0] == Correction("baltic", 1)


def test_short_long_and_no_words() -> None:
    assert SpellingIndex([]).near("anything") == []
    index = SpellingIndex(["law", "x" * (LONGEST + 5)])
    assert index.near("lax") == []
    assert index.near("x" * (LONGEST + 4)) == []
