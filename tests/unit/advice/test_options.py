"""Options filtered, ranked and put together; phases weighed."""

from __future__ import annotations

import pytest

from bot.advice.adviser import Adviser
from bot.advice.clearance import OFFICER, TEAM
from bot.advice.options import LEVELS, OptionFilter
from bot.advice.sections import lead_time
from bot.knowledge.kinds import Countermeasure
from bot.knowledge.snapshot import Snapshot


def options(snapshot: Snapshot) -> list[Countermeasure]:
    return [e for e in snapshot.entries.values() if isinstance(e, Countermeasure)]


def test_filters_hold_for_every_row(adviser: Adviser, snapshot: Snapshot) -> None:
    for domain in {option.domain for option in options(snapshot)}:
        rows = adviser.options(OptionFilter(domain=domain, max_risk="medium"), clearance=OFFICER)
        assert {row.domain for row in rows} <= {domain}
        assert all(LEVELS.index(row.escalation_risk) <= 2 for row in rows)


def test_the_gentlest_options_come_first(adviser: Adviser) -> None:
    rows = adviser.options(OptionFilter(), clearance=OFFICER)
    risks = [LEVELS.index(row.escalation_risk) for row in rows]
    assert risks == sorted(risks)
    assert len(rows) >= 25


def test_the_team_does_not_see_options_above_green(adviser: Adviser) -> None:
    seen = {row.id for row in adviser.options(OptionFilter(), clearance=TEAM)}
    everything = {row.id for row in adviser.options(OptionFilter(), clearance=OFFICER)}
    assert seen < everything


def test_an_unknown_option_blocks_a_package(adviser: Adviser) -> None:
    package = adviser.package(("option-nowhere",), clearance=OFFICER)
    assert not package.proportionate
    assert [finding.code for finding in package.findings] == ["unknown"]


def test_conflicting_options_block_a_package(adviser: Adviser, snapshot: Snapshot) -> None:
    pair = next(((o.id, o.conflicts_with[0]) for o in options(snapshot) if o.conflicts_with), None)
    if pair is None:
        pytest.skip("no option excludes another")
    package = adviser.package(pair, clearance=OFFICER)
    assert "conflict" in {finding.code for finding in package.findings}
    assert not package.proportionate


def test_two_options_of_high_risk_are_out_of_proportion(
    adviser: Adviser, snapshot: Snapshot
) -> None:
    risky = tuple(o.id for o in options(snapshot) if o.escalation_risk == "high")[:2]
    if len(risky) < 2:
        risky_one = adviser.package(risky, clearance=OFFICER)
        assert risky_one.proportionate
        return
    assert not adviser.package(risky, clearance=OFFICER).proportionate


def test_words_alone_are_proportionate(adviser: Adviser) -> None:
    package = adviser.package(("option-public-rejection",), clearance=OFFICER)
    assert package.proportionate
    assert package.options[0].id == "option-public-rejection"


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ((0, 6), "0 to 6 hours"),
        ((24, 240), "1 to 10 days"),
        ((720, 1440), "4 to 9 weeks"),
        ((4320, 8760), "6 to 12 months"),
    ],
)
def test_hours_are_told_as_people_say_them(hours: tuple[int, int], words: str) -> None:
    assert lead_time(*hours) == words
