"""What was learnt speaks only of the entries that it was learnt from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.knowledge.search import learnt, taught, wording
from bot.knowledge.search.calibration import DEFAULT
from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.search.semantic import encoder
from bot.knowledge.search.taught import Taught
from bot.knowledge.snapshot import Snapshot

OFF_TOPIC = "our cat has three kittens and sleeps on the sofa"


def part_of(snapshot: Snapshot, share: float) -> Snapshot:
    """The snapshot with so much of its entries of every kind."""
    kept: dict[str, int] = {}
    entries = {}
    for name, entry in snapshot.entries.items():
        kept[entry.kind] = kept.get(entry.kind, 0) + 1
        if int(kept[entry.kind] * share) > int((kept[entry.kind] - 1) * share):
            entries[name] = entry
    return replace(snapshot, entries=entries)


def test_what_is_stored_is_used(engine: SearchEngine) -> None:
    assert engine.rule == f"{engine.mode}_taught", "run `redline kb calibrate --vectors`"
    assert engine.tuned is not engine.calibration.of(engine.mode)


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_of_other_entries_it_says_nothing(snapshot: Snapshot, share: float) -> None:
    engine = SearchEngine(part_of(snapshot, share), semantic=False)
    assert engine.rule == "lexical"
    assert engine.tuned is engine.calibration.lexical
    asked = engine.matcher.understand(OFF_TOPIC)
    assert asked.worded == 0
    assert engine.search(OFF_TOPIC).hits == ()


def test_a_few_new_entries_do_not_silence_it(snapshot: Snapshot) -> None:
    assert SearchEngine(part_of(snapshot, 0.96), semantic=False).rule == "lexical_taught"


def test_meaning_of_other_entries_is_judged_without_it(snapshot: Snapshot) -> None:
    if encoder() is None:
        pytest.skip("the extra `semantic` is not installed here")
    engine = SearchEngine(part_of(snapshot, 0.5), semantic=True)
    assert engine.rule == "hybrid"
    assert engine.matcher.teacher is None
    assert engine.matcher.understand(OFF_TOPIC, None, engine.semantic).strange > 0
    assert engine.search(OFF_TOPIC).hits == ()


def test_without_its_numbers_it_is_not_used(snapshot: Snapshot) -> None:
    engine = SearchEngine(snapshot, semantic=False, calibration=DEFAULT)
    assert engine.rule == "lexical"
    assert engine.tuned is DEFAULT.lexical


def test_without_a_file_or_with_a_broken_one_the_mode_holds(snapshot: Snapshot) -> None:
    for stored in (None, Taught(content=b"cut short")):
        engine = SearchEngine(replace(snapshot, wording=stored), semantic=False)
        assert engine.rule == "lexical"
    ids = {entry.id for entry in snapshot.entries.values() if entry.kind != "source"}
    assert learnt.read(snapshot, ids, "another model") is None
    assert learnt.read(replace(snapshot, taught=None), ids, "any") is None


def test_what_is_stored_can_be_read_again(snapshot: Snapshot, tmp_path: Path) -> None:
    assert snapshot.wording is not None
    words = wording.read(snapshot.wording)
    assert words is not None
    assert learnt.store(learnt.Learnt(words), tmp_path) == [tmp_path / learnt.WORDING_FILE]
    assert snapshot.taught is not None
    model = "e5-small-q4"
    meaning = taught.read(snapshot.taught, model)
    assert meaning is not None
    files = learnt.store(learnt.Learnt(words, meaning), tmp_path)
    assert [path.name for path in files] == [learnt.WORDING_FILE, learnt.MEANING_FILE]
    stored = {path.name: Taught(content=path.read_bytes()) for path in files}
    again = learnt.read(
        replace(snapshot, wording=stored[learnt.WORDING_FILE], taught=stored[learnt.MEANING_FILE]),
        set(meaning.ids),
        model,
    )
    assert again is not None
    assert again.meaning is not None
    assert again.meaning.ids == meaning.ids
