"""A phrase is found in any disguise, and its place is that in the original text."""

from __future__ import annotations

import pytest

from bot.advice.wording import check

PLAIN = "We could withdraw some troops."
DISGUISES = [
    "We could WITHDRAW some TROOPS.",
    "We could with\u200bdraw some tro\u00adops.",
    "We could w\u2060ithdraw some tr\ufeffoops.",
    "We could with\u034fdraw some tr\u3164oops.",
    "We could ｗｉｔｈｄｒａｗ some ｔｒｏｏｐｓ.",
    "We could 𝐰𝐢𝐭𝐡𝐝𝐫𝐚𝐰 some 𝑡𝑟𝑜𝑜𝑝𝑠.",
    "We could wіthdrаw some trоорs.",
    "We could withdrαw some trοοps.",
    "We could w1thdraw some tr00p5.",
    "We could withdráw some tröops.",
    "We could with-\ndraw some troops.",
    "We could withdraw\nsome\r\ntroops.",
    "We could w i t h d r a w  some troops.",
    "We could w.i.t.h.d.r.a.w some t-r-o-o-p-s.",
    "We could **withdraw** some _troops_.",
    "We could withdraw some “troops”.",
]


@pytest.fixture(scope="module")
def snapshot(make):
    patterns = {"en": ["withdraw ... troops"], "de": ["truppen ... präsenz"]}
    return make(never_say=[{"id": "out", "severity": "block", "patterns": patterns}])


@pytest.mark.parametrize("text", [PLAIN, *DISGUISES])
def test_disguise_is_seen_through(snapshot, text: str) -> None:
    (finding,) = check(text, snapshot, language="en").findings
    assert text[finding.start : finding.end] == finding.excerpt
    assert text[: finding.start].rstrip("*_“ ") == "We could"
    assert text[finding.end :].strip("*_” ") == "."


@pytest.mark.parametrize("text", ["Truppen: Praesenz", "truppen prasenz", "TRUPPEN PRÄSENZ"])
def test_accent_may_be_left_out_or_written_out(snapshot, text: str) -> None:
    assert not check(text, snapshot, language="de").ok


def test_latin_letters_in_a_cyrillic_word(make) -> None:
    rule = {"id": "out", "severity": "block", "patterns": {"ru": ["вывести войска"]}}
    snapshot = make(never_say=[rule])
    assert not check("Мы можем вывecти вoйcкa.", snapshot).ok  # e, c, o, a are Latin
    assert check("We may vyvesti voiska.", snapshot).ok


def test_cyrillic_word_is_no_latin_one(make) -> None:
    # Both fold to the same plain letters.
    snapshot = make(never_say=[{"id": "one", "severity": "block", "patterns": {"pl": ["most"]}}])
    assert check("Построили мост.", snapshot).ok
    assert not check("Zbudowali most.", snapshot, language="pl").ok


def test_offsets_count_characters_beyond_the_basic_plane(snapshot) -> None:
    text = "🇪🇪🇱🇻🇱🇹 👩‍🚀 We withdraw troops."
    (finding,) = check(text, snapshot).findings
    assert text[finding.start : finding.end] == "withdraw troops"
