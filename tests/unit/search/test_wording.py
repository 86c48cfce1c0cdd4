"""What calibration learns of words."""

from __future__ import annotations

import numpy as np
import pytest

from bot.knowledge.search import teaching, wording
from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.search.taught import Taught
from bot.knowledge.search.wording import PLACES, Wording, places_of
from bot.knowledge.snapshot import Snapshot


@pytest.mark.parametrize(
    ("ours", "others"),
    [
        ("spheres of influence", "recipe for pancakes"),
        ("Versuchsballon und Nervenprobe", "Rezept für Kartoffelsalat"),
        ("буферная зона", "какая погода завтра"),
        ("buferinė zona", "rytoj lis"),
    ],
)
def test_words_of_the_entries_tell_from_words_off_topic(
    lexical: SearchEngine, ours: str, others: str
) -> None:
    told = lexical.matcher.wording
    assert told is not None, "run `redline kb calibrate`"
    assert told.of(ours) > 0 > told.of(others)


def test_a_text_without_words_tells_nothing() -> None:
    told = Wording((), np.ones(PLACES, np.float32), 1.0)
    assert told.of("") == told.of(" ?! ") == 0.0


def test_pieces_are_of_words_and_of_two_that_stand_together() -> None:
    one, other, both = places_of("cat"), places_of("dog"), places_of("Cat dog")
    assert set(one) | set(other) < set(both)
    assert len(both) == len(one) + len(other) + 1
    assert set(places_of("kittens")) & set(places_of("kitten"))


def test_a_very_long_text_is_read_in_part() -> None:
    assert len(places_of("word " * 10_000)) == len(places_of("word " * wording.MAX_WORDS))


def test_what_is_learnt_holds_for_other_forms_of_a_word(snapshot: Snapshot) -> None:
    entries = [snapshot.entries[name] for name in ("term-shadow-fleet", "view-canada")]
    off_topic = ("recipe for mushroom soup", "kittens in the garden", "football on Sunday") * 2
    told = teaching.teach_wording(entries, off_topic)
    assert told is not None
    assert told.ids == ("term-shadow-fleet", "view-canada")
    assert told.of("mushrooms for a gardener") < 0 < told.of("tankers of the shadow fleets")


def test_nothing_is_learnt_without_examples_of_both_kinds(snapshot: Snapshot) -> None:
    assert teaching.teach_wording(list(snapshot.entries.values())[:3], ()) is None
    assert teaching.teach_wording((), ("soup",)) is None
    assert teaching.teach_wording((), ("?!",)) is None


def test_a_stored_wording_reads_as_it_was() -> None:
    weights = np.linspace(-2, 2, PLACES).astype(np.float32)
    stored = Taught(content=wording.write(Wording(("a", "b"), weights, -0.5)))
    again = wording.read(Taught.model_validate_json(stored.model_dump_json()))
    assert again is not None
    assert (again.ids, again.bias) == (("a", "b"), -0.5)
    np.testing.assert_allclose(again.weights, weights, atol=2e-3)


def test_a_broken_wording_is_left_aside() -> None:
    small = Wording(("a",), np.ones(3, np.float32), 0.0)
    for content in (b"", b"PK\x03\x04 cut short", b"not a file at all", wording.write(small)):
        assert wording.read(Taught(content=content)) is None
