"""The phase follows from what was observed, and never moves against it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.advice.adviser import Adviser
from bot.advice.assessment import ENOUGH, SURENESS, assess
from bot.advice.clearance import OFFICER, TEAM
from bot.advice.ladder import escalations, phases_of, situations_with_ladder
from bot.knowledge.snapshot import Snapshot

in_hypothesis = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def ids_of(snapshot: Snapshot) -> list[str]:
    return [item.id for entry in escalations(snapshot, None) for item in entry.indicators]


def weights(snapshot: Snapshot) -> dict[str, tuple[int, int]]:
    """Level and weight by indicator."""
    return {
        item.id: (entry.level, item.weight)
        for entry in escalations(snapshot, None)
        for item in entry.indicators
    }


def test_all_indicators_of_a_phase_point_to_it(adviser: Adviser, snapshot: Snapshot) -> None:
    assert phases_of(snapshot)
    for phase in phases_of(snapshot):
        seen = tuple(item.id for item in phase.indicators)
        result = adviser.assess(seen, clearance=OFFICER)
        assert result.phase == phase.id
        assert tuple(link.id for link in result.say) == phase.say
        assert tuple(link.id for link in result.do) == phase.do
        assert tuple(link.id for link in result.redlines) == phase.redlines
        assert result.would_lower == phase.leave_when
        assert result.rule_out == phase.false_positives
        assert {source.id for source in result.sources} >= set(phase.sources)


def test_one_weak_indicator_proves_nothing(adviser: Adviser, snapshot: Snapshot) -> None:
    weak = next(
        item.id for phase in phases_of(snapshot) for item in phase.indicators if item.weight == 1
    )
    result = adviser.assess((weak,), clearance=OFFICER)
    assert (result.phase, result.confidence, result.level) == (None, None, 0)
    assert result.would_raise


def test_one_strong_indicator_points_to_a_phase_with_low_confidence(
    adviser: Adviser, snapshot: Snapshot
) -> None:
    for phase in phases_of(snapshot):
        strong = next(item for item in phase.indicators if item.weight == 3)
        result = adviser.assess((strong.id,), clearance=OFFICER)
        assert (result.phase, result.confidence) == (phase.id, "low")
        assert [sign.id for sign in result.linchpins] == [strong.id]


def test_indicators_of_the_ladder_as_a_whole_point_to_no_phase(
    adviser: Adviser, snapshot: Snapshot
) -> None:
    whole = next(entry for entry in escalations(snapshot, None) if entry.level == 0)
    result = adviser.assess(tuple(item.id for item in whole.indicators), clearance=OFFICER)
    assert result.phase is None
    assert result.unknown == ()
    assert len(result.observed) == len(whole.indicators)
    assert result.entries[0] == whole.id


def test_unknown_indicators_are_named_and_weigh_nothing(adviser: Adviser) -> None:
    result = adviser.assess(("p9-nothing", "p9-nothing"), clearance=OFFICER)
    assert result.unknown == ("p9-nothing",)
    assert result.observed == ()
    assert result.phase is None


def test_evidence_grows_with_indicators_and_places_but_confidence_not_above_the_ladders(
    snapshot: Snapshot,
) -> None:
    phase = phases_of(snapshot)[1]
    everything = assess(snapshot, [item.id for item in phase.indicators])
    assert everything.evidence == "high"
    assert everything.confidence == phase.confidence == "moderate"
    surer = replace(
        snapshot,
        entries={
            key: entry.model_copy(update={"confidence": "high"})
            if entry.kind == "escalation"
            else entry
            for key, entry in snapshot.entries.items()
        },
    )
    assert assess(surer, [item.id for item in phase.indicators]).confidence == "high"


def test_a_phase_that_the_asker_may_not_see_takes_no_part(snapshot: Snapshot) -> None:
    secret = phases_of(snapshot)[-1]
    closed = replace(
        snapshot,
        entries={**snapshot.entries, secret.id: secret.model_copy(update={"tlp": "amber"})},
    )
    seen = [item.id for item in secret.indicators]
    for_team = assess(closed, seen, clearance=TEAM)
    assert for_team.phase is None
    assert for_team.withheld == 1
    assert for_team.unknown == tuple(seen)
    assert secret.title not in repr(for_team)
    assert all(item.observe not in repr(for_team) for item in secret.indicators)
    assert for_team.tlp in ("clear", "green")
    for_officer = assess(closed, seen, clearance=OFFICER)
    assert (for_officer.phase, for_officer.withheld, for_officer.tlp) == (secret.id, 0, "amber")


def test_what_follows_is_only_what_the_asker_may_see(snapshot: Snapshot) -> None:
    phase = phases_of(snapshot)[0]
    hidden = phase.do[0]
    closed = replace(
        snapshot,
        entries={
            **snapshot.entries,
            hidden: snapshot.entries[hidden].model_copy(update={"tlp": "red"}),
        },
    )
    result = assess(closed, [item.id for item in phase.indicators], clearance=TEAM)
    assert hidden not in [link.id for link in result.do]


def test_titles_come_in_the_language_asked_for_with_their_review_state(snapshot: Snapshot) -> None:
    phase = phases_of(snapshot)[0]
    seen = [item.id for item in phase.indicators]
    russian = assess(snapshot, seen, language="ru")
    assert russian.phase_title == phase.translations["ru"].title
    assert russian.language_note == "awaiting-native-review"
    plain = replace(
        snapshot,
        entries={**snapshot.entries, phase.id: phase.model_copy(update={"translations": {}})},
    )
    english = assess(plain, seen, language="ru")
    assert (english.phase_title, english.language_note) == (phase.title, "untranslated")


def test_the_ladder_of_a_situation_is_not_mixed_with_that_of_another(snapshot: Snapshot) -> None:
    first = phases_of(snapshot)[0]
    other = first.model_copy(
        update={
            "id": "phase-9-elsewhere",
            "situation": "elsewhere",
            "level": 9,
            "indicators": tuple(
                item.model_copy(update={"id": f"else-{place}"})
                for place, item in enumerate(first.indicators)
            ),
        }
    )
    two = replace(snapshot, entries={**snapshot.entries, other.id: other})
    own = [item.id for item in first.indicators]
    assert assess(two, [*own, "else-0", "else-1"]).phase == first.id
    assert assess(two, ["else-0", "else-1"]).phase == other.id
    assert assess(two, ["else-0", "else-1"], situation=first.situation).phase is None
    assert situations_with_ladder(snapshot) == (first.situation,)


def test_a_knowledge_base_without_a_ladder_says_so(snapshot: Snapshot) -> None:
    bare = replace(
        snapshot,
        entries={key: one for key, one in snapshot.entries.items() if one.kind != "escalation"},
    )
    result = assess(bare, ["anything"])
    assert (result.rungs, result.phase, result.unknown) == ((), None, ("anything",))


@in_hypothesis
@given(data=st.data())
def test_one_more_indicator_never_lowers_the_phase(snapshot: Snapshot, data: st.DataObject) -> None:
    seen = data.draw(st.lists(st.sampled_from(ids_of(snapshot)), unique=True))
    more = data.draw(st.sampled_from(ids_of(snapshot)))
    before, after = assess(snapshot, seen), assess(snapshot, [*seen, more])
    assert after.level >= before.level
    if after.phase is not None and after.phase == before.phase:
        assert before.confidence is not None
        assert after.confidence is not None
        assert SURENESS.index(after.confidence) >= SURENESS.index(before.confidence)


@in_hypothesis
@given(data=st.data())
def test_order_and_repetition_do_not_matter(snapshot: Snapshot, data: st.DataObject) -> None:
    seen = data.draw(st.lists(st.sampled_from(ids_of(snapshot))))
    shuffled = data.draw(st.permutations(seen))
    one, other = assess(snapshot, seen), assess(snapshot, shuffled)
    assert set(one.observed) == set(other.observed) == set(seen)
    assert replace(one, observed=()) == replace(other, observed=())


@in_hypothesis
@given(data=st.data())
def test_the_phase_is_the_highest_with_enough_weight(
    snapshot: Snapshot, data: st.DataObject
) -> None:
    seen = data.draw(st.lists(st.sampled_from(ids_of(snapshot)), unique=True))
    known = weights(snapshot)
    totals: dict[int, int] = {}
    for key in seen:
        level, weight = known[key]
        totals[level] = totals.get(level, 0) + weight
    reached = [level for level, weight in totals.items() if level and weight >= ENOUGH]
    assert assess(snapshot, seen).level == max(reached, default=0)


@in_hypothesis
@given(data=st.data())
def test_what_it_says_would_move_the_phase_does(snapshot: Snapshot, data: st.DataObject) -> None:
    seen = data.draw(st.lists(st.sampled_from(ids_of(snapshot)), unique=True))
    result = assess(snapshot, seen)
    for sign in result.linchpins:
        assert assess(snapshot, [key for key in seen if key != sign.id]).level < result.level
    for sign in result.would_raise:
        raised = assess(snapshot, [*seen, sign.id]).level > result.level
        assert raised == sign.alone


@pytest.mark.parametrize("language", ["en", "et", "de"])
def test_every_rule_of_what_not_to_say_has_its_way_out(snapshot: Snapshot, language: str) -> None:
    for phase in phases_of(snapshot):
        result = assess(snapshot, [item.id for item in phase.indicators], language=language)
        assert result.never_say
        assert all(rule.reason and rule.instead for rule in result.never_say)
        assert not {link.id for link in result.not_do} & {link.id for link in result.do}
