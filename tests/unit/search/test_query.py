"""How the words of a query are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.search.fields import FieldText
from bot.knowledge.search.index import LexicalIndex
from bot.knowledge.search.query import MAX_WORDS, STOPWORD_WEIGHT, read

INDEX = LexicalIndex.build(
    [
        [FieldText("title", "en", "Berlin crisis of 1958")],
        [FieldText("title", "en", "Permanent brigades in the Baltic states")],
        [FieldText("title", "en", "Refusing visas to delegations; sanctions")],
        [FieldText("title", "ru", "Рефлексивное управление"), FieldText("title", "lt", "Suvalkų")],
        [FieldText("title", "de", "Widerstandsfähigkeit der Bevölkerung")],
        [FieldText("title", "fr", "Sécurité européenne")],
    ]
)


def how(query: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {word.word: (word.how, word.read_as) for word in read(query, INDEX.lexicon).words}


@pytest.mark.parametrize(
    ("query", "way", "read_as"),
    [
        ("brigades", "exact", "brigades"),
        ("BRIGADES", "exact", "brigades"),
        ("brigade", "stem", "brigade"),
        ("briggades", "typo", "brigades"),
        ("brigdaes", "typo", "brigades"),
        ("premannent", "typo", "permanent"),
        ("berlincrisis", "split", "berlin"),
        ("deleg", "stem", "deleg"),
        ("sanc", "prefix", "sanctions"),
        ("refleksivnoe", "exact", "refleksivnoe"),
        ("suvalku", "exact", "suvalku"),
        ("widerstandsfahigkeit", "exact", "widerstandsfahigkeit"),
        ("securite", "exact", "securite"),
    ],
)
def test_a_word_is_found_as_it_may_be_written(query: str, way: str, read_as: str) -> None:
    found_way, found = how(query)[query.lower()]
    assert found_way == way
    assert found[0] == read_as


def test_cyrillic_and_latin_spellings_are_one_word() -> None:
    cyrillic, latin = (read(text, INDEX.lexicon).terms for text in ("управление", "upravlenie"))
    assert cyrillic == latin
    assert cyrillic[0]


def test_unknown_words_stay_unknown() -> None:
    assert how("xylophone")["xylophone"] == ("unknown", ())


def test_small_words_count_little_in_their_language() -> None:
    words = {word.word: word.weight for word in read("the crisis of Berlin", INDEX.lexicon).words}
    assert words["the"] == words["of"] == STOPWORD_WEIGHT
    assert words["crisis"] == words["berlin"] == 1


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    query = read(text, INDEX.lexicon)
    terms, weights = query.terms
    assert len(terms) == len(set(terms)) == len(weights)
    assert all(0 < weight <= 1 for weight in weights)
    assert len(query.words) <= MAX_WORDS


def test_a_very_long_query_is_read_in_part() -> None:
    assert len(read("word " * 5000 + "x" * 5000, INDEX.lexicon).words) <= MAX_WORDS
