"""The search engine over the real knowledge base."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.search import semantic
from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.search.normalise import fold, words
from bot.knowledge.search.result import SearchResult
from bot.knowledge.snapshot import Snapshot

ASKED = "Why is silence dangerous when Moscow makes demands?"

NASTY = [
    "",
    " ",
    "?",
    "🎉🎉🎉",
    "\x00\x01",
    "\ud800",
    "a" * 10_000,
    "word " * 3000,
    "NATO " * 500,
    "'; drop table entries; --",
    "[](){}*\\^$.|?+",
    "\u202eтест\u202c",
    "١٢٣ 中文 ไทย",
    "\n\n\n",
    "@everyone <@123> `code`",
]


def check_shape(result: SearchResult, limit: int) -> None:
    """What holds of every result."""
    scores = [hit.score for hit in result.hits]
    assert len(scores) <= limit
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert 0 <= result.confidence <= 1
    assert len({hit.entry.id for hit in result.hits}) == len(scores)
    assert not (result.hits and result.suggestions)
    for hit in result.hits:
        assert hit.entry.kind != "source"
        assert hit.entry.status != "retired"


@pytest.mark.parametrize("text", NASTY, ids=repr)
def test_no_text_is_too_strange(engine: SearchEngine, text: str) -> None:
    check_shape(engine.search(text), 5)
    check_shape(engine.match_statement(text).result, 5)
    engine.complete(text)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=300), limit=st.integers(1, 20))
def test_any_text_gets_a_sound_result(lexical: SearchEngine, text: str, limit: int) -> None:
    check_shape(lexical.search(text, limit=limit), limit)
    for match in lexical.match_statement(text).sentences:
        assert text[match.start : match.end] == match.sentence


def test_every_title_finds_its_entry(engine: SearchEngine, snapshot: Snapshot) -> None:
    missed = [
        entry.id
        for entry in snapshot.entries.values()
        if entry.kind not in ("source", "template")
        and entry.id not in [hit.entry.id for hit in engine.search(entry.title).hits[:3]]
    ]
    assert len(missed) <= len(snapshot.entries) * 0.03, missed


def test_every_alias_finds_its_entry(lexical: SearchEngine, snapshot: Snapshot) -> None:
    asked = [
        (entry.id, alias)
        for entry in snapshot.entries.values()
        if entry.kind not in ("source", "template")
        for many in entry.aliases.values()
        for alias in many
    ]
    missed = [
        (entry_id, alias)
        for entry_id, alias in asked
        if entry_id not in [hit.entry.id for hit in lexical.search(alias).hits]
    ]
    assert len(missed) <= len(asked) * 0.05, missed


def test_kinds_and_markings_limit_the_search(engine: SearchEngine) -> None:
    for kind in ("law", "template", "source", "glossary"):
        found = engine.search("NATO treaty", kinds=[kind]).hits
        assert {hit.entry.kind for hit in found} <= {kind}
    assert not engine.search(ASKED, kinds=[]).hits
    clear = engine.search(ASKED, tlp=["clear"], limit=20)
    assert {hit.entry.tlp for hit in clear.hits} <= {"clear"}
    assert {entry.tlp for entry in clear.suggestions} <= {"clear"}
    assert not engine.search(ASKED, tlp=[]).hits
    assert not engine.search(ASKED, tlp=[]).suggestions


def test_retired_entries_are_not_answers(snapshot: Snapshot, lexical: SearchEngine) -> None:
    first = lexical.search(ASKED).hits[0].entry
    entries = dict(snapshot.entries) | {first.id: first.model_copy(update={"status": "retired"})}
    changed = dataclasses.replace(snapshot, entries=MappingProxyType(entries))
    found = SearchEngine(changed, semantic=False).search(ASKED, limit=20).hits
    assert first.id not in [hit.entry.id for hit in found]


def test_an_empty_knowledge_base_has_nothing_on_file(snapshot: Snapshot) -> None:
    empty = dataclasses.replace(snapshot, entries=MappingProxyType({}))
    for wanted in (False, None):
        engine = SearchEngine(empty, semantic=wanted)
        assert engine.search(ASKED).hits == ()
        assert engine.complete("na") == ()
        assert engine.match_statement(ASKED).sentences == ()


def test_reasons_are_true(engine: SearchEngine, golden) -> None:
    for question in golden.questions[:80]:
        for hit in engine.search(question.ask).hits:
            said = " ".join(map(fold, words(" ".join(_strings(hit.entry.model_dump())))))
            for reason in hit.why:
                if reason.by == "typo":
                    typed, _, meant = reason.text.partition(" → ")
                    assert fold(typed) in [fold(word) for word in words(question.ask)]
                    # The entry may have another form of the word.
                    assert all(fold(word)[:4] in said for word in meant.split()), reason
                elif reason.by in ("title", "question", "meaning") and " " in reason.text:
                    assert all(fold(word) in said for word in words(reason.text)), reason


def _strings(value: object) -> Iterator[str]:
    """All texts in a structure of dictionaries and lists, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _strings(item)


def test_results_come_with_reasons(hybrid: SearchEngine, lexical: SearchEngine, golden) -> None:
    for question in golden.questions[:80]:
        assert all(hit.why for hit in hybrid.search(question.ask).hits)
        assert all(hit.why for hit in lexical.search(question.ask).hits[:1])


def test_a_slip_of_the_fingers_is_explained(lexical: SearchEngine) -> None:
    hits = lexical.search("refelxive contorl").hits
    assert "reflexive-control" in hits[0].entry.id
    assert ("typo", "refelxive → reflexive") in [(why.by, why.text) for why in hits[0].why]


@pytest.mark.parametrize("slip", ["swap", "drop", "double", "neighbour"])
def test_a_slip_in_a_long_word_hardly_matters(lexical: SearchEngine, golden, slip: str) -> None:
    asked = [
        question
        for question in golden.questions
        if question.in_scope and question.language == "en" and len(question.ask) > 30
    ]
    before = after = 0
    for question in asked:
        before += _answers(lexical, question.ask, question.answers)
        after += _answers(lexical, _slipped(question.ask, slip), question.answers)
    assert after >= before * 0.8, (before, after)


def _answers(engine: SearchEngine, text: str, answers: tuple[str, ...]) -> bool:
    return any(hit.entry.id in answers for hit in engine.search(text).hits[:3])


def _slipped(text: str, slip: str) -> str:
    """The text with a slip in its longest word."""
    word = max(text.split(), key=len)
    middle = len(word) // 2
    changed = {
        "swap": word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :],
        "drop": word[:middle] + word[middle + 1 :],
        "double": word[:middle] + word[middle] + word[middle:],
        "neighbour": word[:middle] + "x" + word[middle + 1 :],
    }[slip]
    return text.replace(word, changed, 1)


def test_threads_get_the_answers_that_one_gets(engine: SearchEngine, golden) -> None:
    asked = [question.ask for question in golden.questions[::4]]
    alone = [[hit.entry.id for hit in engine.search(text).hits] for text in asked]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(engine.search, asked * 3))
    assert [[hit.entry.id for hit in result.hits] for result in together] == alone * 3


def test_autocomplete_goes_on_from_what_is_typed(lexical: SearchEngine, snapshot: Snapshot) -> None:
    entry = next(entry for entry in snapshot.entries.values() if entry.kind == "redline")
    lexical.complete("warm")
    assert entry in lexical.complete(entry.title[:12])
    assert entry in lexical.complete(entry.id[:20])
    assert all(item.kind == "law" for item in lexical.complete("", kinds=["law"]))
    assert len(lexical.complete("", limit=7)) == 7
    assert lexical.complete("a", tlp=[]) == ()


def test_without_the_extra_words_alone_are_searched(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(semantic, "encoder", lambda: None)
    engine = SearchEngine(snapshot, cache_dir=tmp_path)
    assert engine.mode == "lexical"
    assert engine.search(ASKED).mode == "lexical"
    assert engine.search(ASKED).hits
    with pytest.raises(RuntimeError, match="redline-bot\\[semantic\\]"):
        SearchEngine(snapshot, semantic=True)


def test_the_hybrid_search_says_so(hybrid: SearchEngine) -> None:
    assert hybrid.mode == "hybrid"
    assert hybrid.search("sourdough bread recipe").mode == "hybrid"
