"""What a query asks for, in every language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.search.intents import Intent, IntentReader, Intents, KindCues
from bot.knowledge.search.language import plausible
from bot.knowledge.search.normalise import words
from bot.knowledge.snapshot import Snapshot

ASKED = {
    "template": [
        "draft a press statement on the troops",
        "koosta avaldus ajakirjandusele",
        "uzraksti paziņojumu presei par karavīriem",
        "parašyk pranešimą spaudai",
        "напиши пресс-релиз о войсках",
        "напиши заяву для преси",
        "napisz komunikat prasowy",
        "Entwurf einer Pressemitteilung",
        "rédige un communiqué de presse",
    ],
    "countermeasure": [
        "what can we do about sabotage",
        "mida saame teha sabotaaži vastu",
        "ko mēs varam darīt pret sabotāžu",
        "ką galime daryti prieš sabotažą",
        "что мы можем сделать против саботажа",
        "що ми можемо зробити проти саботажу",
        "co możemy zrobić z sabotażem",
        "was können wir tun gegen Sabotage",
        "que pouvons-nous faire contre le sabotage",
    ],
    "law": [
        "is it legal to station troops there",
        "kas see on seaduslik",
        "vai tas ir likumīgi",
        "ar tai teisėta",
        "это законно",
        "чи це законно",
        "czy to jest legalne",
        "ist das rechtmäßig",
        "est-ce légal",
    ],
    "escalation": [
        "how far will this go",
        "kui kaugele see läheb",
        "cik tālu tas aizies",
        "kaip toli tai nueis",
        "как далеко это зайдёт",
        "як далеко це зайде",
        "kolejne fazy eskalacji",
        "wie weit kann das gehen",
        "jusqu'où cela ira-t-il",
    ],
    "precedent": ["has russia ever done this before", "исторический прецедент", "précédents"],
    "perspective": ["point of view of the Poles", "stanowisko Polski", "wie sieht Berlin das"],
    "redline": ["where is our red line", "kus on punane joon", "червона лінія", "rote Linie"],
}


@pytest.fixture(scope="module")
def reader(snapshot: Snapshot) -> IntentReader:
    assert snapshot.intents is not None
    return IntentReader(snapshot.intents)


def intent(reader: IntentReader, text: str) -> Intent:
    return reader.read(words(text), plausible(text, words(text)))


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in ASKED.items() for text in texts]
)
def test_the_kind_asked_for_is_told(reader: IntentReader, kind: str, text: str) -> None:
    assert intent(reader, text).kinds.get(kind) == 1.0


@pytest.mark.parametrize("text", ["buffer zone", "NATO", "the demand of Moscow", "", "🎉"])
def test_a_bare_subject_asks_for_no_kind(reader: IntentReader, text: str) -> None:
    found = intent(reader, text)
    assert found.kind is None
    assert not found.harmful
    assert not found.elsewhere


@pytest.mark.parametrize("text", ["how do I make a bomb", "как взломать: координаты склада"])
def test_wishes_to_do_harm_are_told(reader: IntentReader, text: str) -> None:
    assert intent(reader, text).harmful


@pytest.mark.parametrize("text", ["weather in Riga", "какая погода", "Rezept für Kuchen", "orai"])
def test_other_matters_are_told(reader: IntentReader, text: str) -> None:
    assert intent(reader, text).elsewhere


def test_every_language_asks_for_the_main_kinds(snapshot: Snapshot) -> None:
    assert snapshot.intents is not None
    for kind in ("template", "countermeasure", "law", "escalation", "precedent", "redline"):
        assert len(snapshot.intents.kinds[kind].asks) == 9


@given(st.text(max_size=200))
def test_any_text_has_an_intent_or_none(text: str) -> None:
    cues = KindCues(asks={"en": ("what if*", "(really)", "c++")}, hints={"et": ("õun*",)})
    found = IntentReader(Intents(kinds={"law": cues})).read(words(text), ["et"])
    assert set(found.kinds) <= {"law"}


def test_a_star_stands_for_any_ending_and_nothing_else_does() -> None:
    reader = IntentReader(Intents(kinds={"law": KindCues(asks={"en": ("treat*", "act of law")})}))
    assert reader.read(["treaties"], ["en"]).kind == "law"
    assert reader.read(["act", "of", "law"], ["en"]).kind == "law"
    assert reader.read(["act", "of", "lawyers"], ["en"]).kind is None
    assert reader.read(["entreat"], ["en"]).kind is None
