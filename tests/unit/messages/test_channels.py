"""Lengths as the channels count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.messages import measure
from bot.knowledge.lengths import GSM_7, GSM_7_ESCAPED, sms_segments, x_weight
from bot.knowledge.vocabulary import Channel

X = Channel(title="X post", length=280, count="x-weighted")
SMS = Channel(title="SMS", length=1, count="sms-segments")
LINE = Channel(title="Press line", length=400, count="characters")


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("Tallinn", 7),
        ("Õhuruum", 7),
        ("Безпека", 7),
        ("saugumą", 7),
        ("漢字", 4),
        ("„Jutumärgid“ – ja mõttekriips", 29),
        ("5 €", 4),
        ("…", 2),
        ("™", 2),
        ("cafe\u0301", 4),
        ("🇪🇪", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("1️⃣", 2),
        ("❤️", 2),
        ("✅ ja ✅", 8),
        ("https://www.nato.int/cps/en/natohq/topics_136388.htm", 23),
        ("Vt https://nato.int.", 27),
        ("Vt (https://nato.int)", 28),
        ("nato.int", 23),
        ("kriis.ee ja 112", 30),
        ("press@gov.ee", 12),
        ("14.30, 1.2, e.g. this", 21),
        ("https://a.ee https://b.lv", 47),
    ],
)
def test_x_counts_by_weight(text: str, weight: int) -> None:
    assert x_weight(text) == weight


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("õ" * 70, 1),
        ("õ" * 71, 2),
        ("õ" * 134, 2),
        ("õ" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("", 0),
    ],
)
def test_sms_counts_messages(text: str, messages: int) -> None:
    assert sms_segments(text) == messages


def test_no_character_is_split_between_two_messages() -> None:
    # 152 places, then a character of two: it moves to the second message as a whole.
    assert sms_segments("a" * 152 + "€" + "a" * 151) == 2
    assert sms_segments("a" * 152 + "€" + "a" * 152) == 3


def test_the_measure_says_what_is_left_and_why() -> None:
    measured = measure("Tere, õ", SMS)
    assert (measured.alphabet, measured.outside_gsm) == ("UCS-2", ("õ",))
    assert (measured.length, measured.room, measured.fits) == (1, 63, True)
    assert measured.label == "1 of 1 SMS message (UCS-2)"
    assert measure("Tere", SMS).room == 156
    assert measure("a" * 281, X).left == -1
    assert not measure("a" * 281, X).fits
    assert measure("a" * 280, X).label == "280 of 280 characters as X counts them"
    assert measure("a" * 400, LINE).fits


@given(st.text(max_size=400), st.text(max_size=400))
def test_more_text_is_never_shorter(first: str, second: str) -> None:
    assert sms_segments(first + second) >= sms_segments(first)
    assert x_weight(first + " " + second) >= 0


@given(st.text(alphabet=sorted(GSM_7 | GSM_7_ESCAPED), max_size=500))
def test_plain_letters_stay_plain(text: str) -> None:
    measured = measure(text, SMS)
    assert measured.alphabet == "GSM-7"
    places = len(text) + sum(letter in GSM_7_ESCAPED for letter in text)
    assert measured.fits == (places <= 160)


@given(st.text(max_size=300))
def test_x_weighs_every_letter_one_or_two_where_there_is_no_link(text: str) -> None:
    text = text.replace(".", "").replace(":", "")
    assert x_weight(text) <= 2 * len(text)
