"""Statements matched against narratives, as a whole and sentence by sentence."""

from __future__ import annotations

import pytest

from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.search.statements import is_long

SENTENCES = {
    "claim-troops-are-occupiers": "The foreign soldiers in Latvia are occupiers, nothing else.",
    "claim-ukraine-aid-drains-us": "Every euro sent to Kyiv is a euro taken from our own people.",
    "claim-nato-broke-1997": "NATO broke the promise that it signed in 1997.",
}

HARMLESS = "I had a very good lunch with my aunt yesterday."


def statement() -> str:
    return " ".join([*SENTENCES.values(), HARMLESS])


def test_each_sentence_is_matched_with_its_narrative(engine: SearchEngine) -> None:
    found = engine.match_statement(statement())
    by_sentence = {match.sentence: match.hit.entry.id for match in found.sentences}
    right = [
        narrative
        for narrative, sentence in SENTENCES.items()
        if by_sentence.get(sentence) == narrative
    ]
    assert len(right) >= 2, by_sentence
    for match in found.sentences:
        assert statement()[match.start : match.end] == match.sentence


def test_the_overall_ranking_begins_with_narratives(engine: SearchEngine) -> None:
    hits = engine.match_statement(statement()).result.hits
    assert hits[0].entry.kind == "narrative"
    assert {hit.entry.id for hit in hits[:4]} & set(SENTENCES)


def test_whoever_asks_for_a_ready_text_gets_that_first(engine: SearchEngine) -> None:
    asked = f"Please draft me a press release that answers all of this. {statement()}"
    assert is_long(asked)
    hits = engine.search(asked).hits
    assert hits
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_long_text_is_searched_in_the_same_way(engine: SearchEngine) -> None:
    assert is_long(statement())
    searched = [hit.entry.id for hit in engine.search(statement()).hits]
    matched = [hit.entry.id for hit in engine.match_statement(statement()).result.hits]
    assert searched == matched


def test_one_sentence_is_a_statement_too(engine: SearchEngine) -> None:
    text = SENTENCES["claim-troops-are-occupiers"]
    found = engine.match_statement(text)
    assert [match.hit.entry.id for match in found.sentences] == ["claim-troops-are-occupiers"]
    assert found.sentences[0].sentence == text


@pytest.mark.parametrize(
    "text",
    [
        "Русские солдаты НАТО не нужны: войска НАТО в Эстонии это оккупация.",
        "NATO väed Eestis on okupatsiooniväed.",
        "NATO kariai Lietuvoje yra okupantai.",
        "Die NATO-Truppen im Baltikum sind Besatzer.",
    ],
)
def test_statements_in_other_languages(hybrid: SearchEngine, text: str) -> None:
    hits = hybrid.match_statement(text).result.hits
    assert "claim-troops-are-occupiers" in [hit.entry.id for hit in hits[:3]]


def test_a_statement_about_something_else_matches_nothing(engine: SearchEngine) -> None:
    found = engine.match_statement("Our cat has three kittens. My aunt baked two lemon cakes.")
    assert found.sentences == ()
    assert found.result.hits == ()
