"""Telling languages apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.search.language import detect, stopwords
from bot.knowledge.search.stemming import LANGUAGES

SAMPLES = {
    "en": [
        "Who asked the allies to come?",
        "sanctions against officials",
        "test balloon",
        "NATO",
        "is this a real offer or just talk",
    ],
    "et": ["Kes kutsus liitlased Eestisse?", "Mis on punane joon?", "Kuidas vastata ähvardusele?"],
    "lv": ["Kas ir sarkanā līnija?", "Ko mēs varam darīt?", "kāpēc tas notiek tagad"],
    "lt": ["Kas yra raudonoji linija?", "Ką galime padaryti dabar?", "kodėl jie to reikalauja"],
    "ru": ["Что такое красная линия?", "Как нам ответить на угрозу?", "учения у границы"],
    "uk": ["Що таке червона лінія?", "Як нам відповісти на загрозу?", "навчання біля кордону"],
    "pl": ["Co to jest czerwona linia?", "Jak odpowiedzieć na groźbę?", "ćwiczenia przy granicy"],
    "de": ["Was ist die rote Linie?", "Wie antworten wir darauf?", "Übungen an der Grenze"],
    "fr": ["Où est la ligne rouge ?", "Comment répondre ?", "exercices près de la frontière"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"), [(name, text) for name, texts in SAMPLES.items() for text in texts]
)
def test_languages_are_told_apart(language: str, text: str) -> None:
    assert detect(text) == language


@given(st.text(max_size=200))
def test_any_text_is_in_some_language(text: str) -> None:
    assert detect(text) in LANGUAGES


def test_every_language_has_small_words() -> None:
    assert set(stopwords()) == set(LANGUAGES)
    assert all(len(words) > 60 for words in stopwords().values())
