"""Sentences of a statement."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.search.statements import claims, is_long, sentences


def test_sentences_and_their_places() -> None:
    text = (
        "NATO must leave. Peace follows at once!  Who would object?\n\nNobody in the region would."
    )
    found = sentences(text)
    assert [sentence.text for sentence in found] == [
        "NATO must leave.",
        "Peace follows at once!",
        "Who would object?",
        "Nobody in the region would.",
    ]
    for sentence in found:
        assert text[sentence.start : sentence.end] == sentence.text


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. will not defend them, said Mr. Smith on 3 May in Riga.",
        "Wir kennen das, z. B. aus der Zeit um 1. Mai herum.",
        "Это было в 1997 г. и т.д. без всяких последствий.",
        "Am 24. Februar begann die Invasion mit Raketen.",
    ],
)
def test_a_full_stop_need_not_end_a_sentence(text: str) -> None:
    assert len(sentences(text)) == 1


def test_a_list_is_sentences() -> None:
    found = sentences("- Remove the troops now\n- Close the bases there\n- Cancel the manoeuvres")
    assert [sentence.text for sentence in found] == [
        "Remove the troops now",
        "Close the bases there",
        "Cancel the manoeuvres",
    ]


def test_a_scrap_joins_the_sentence_before() -> None:
    text = "They must go home. Now. Everyone understands that by now."
    assert [sentence.text for sentence in sentences(text)] == [
        "They must go home. Now.",
        "Everyone understands that by now.",
    ]


@given(st.text(max_size=400))
def test_sentences_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for sentence in sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text.strip()
        assert sentence.start >= end
        end = sentence.end


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("NATO broke its promise and now it has to pay for that.", 1),
        ("Russland verteidigt sich nur gegen die Osterweiterung der NATO.", 1),
        ("they broke it first, so now nobody needs to keep it", 0.5),
        ("pull the strings until somebody walks into the trap", 0),
        ("Did NATO break a promise that it gave?", 0),
        ("buffer zone", 0),
        ("secondary sanctions", 0),
    ],
)
def test_a_claim_is_told_from_a_question(text: str, claim: float) -> None:
    assert claims(text, False) == claim
    assert claims(text, True) == 0


def test_only_texts_of_several_sentences_are_long() -> None:
    assert not is_long("word " * 100)
    assert is_long("This is a sentence of a long statement. " * 8)
