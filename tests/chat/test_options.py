"""`/options`: filtered, compared, added to, checked as a package, and back."""

from __future__ import annotations

import pytest
from chat_world import OPTION, RISKY, World, buttons, click, components, select, shown


async def test_options_come_gentlest_first_with_their_profile(world: World) -> None:
    result = await world.team.slash(world.channel, "options")
    text = shown(result)
    assert "Options (3)" in text
    assert text.index("Reject the demand") < text.index("Move brigades")
    assert "Undo hard" in text
    assert "2-24 hours" in text


async def test_criteria_filter_and_are_named(world: World) -> None:
    result = await world.team.slash(
        world.channel, "options", max_risk="low", effect="deter", phase="phase-1-probing"
    )
    text = shown(result)
    assert "Options (1)" in text
    assert "risk at most low" in text
    assert "Move brigades" not in text


async def test_criteria_are_completed_from_the_vocabulary(world: World) -> None:
    offered = await world.team.autocomplete(world.channel, "options", "domain", "dipl")
    assert [choice["value"] for choice in offered] == ["diplomatic"]
    phases = await world.team.autocomplete(world.channel, "options", "phase", "")
    assert "phase-1-probing" in [choice["value"] for choice in phases]
    assert await world.team.autocomplete(world.channel, "options", "max_risk", "hi")
    assert await world.team.autocomplete(world.channel, "options", "effect", "deter")


@pytest.mark.parametrize("criterion", ["domain", "phase", "max_risk", "effect"])
async def test_a_criterion_that_is_none_is_refused_with_what_there_is(
    world: World, criterion: str
) -> None:
    result = await world.team.slash(world.channel, "options", **{criterion: "nonsense`"})
    assert "no choice" in shown(result)
    assert criterion.replace("_", "\\_") in shown(result)


async def test_criteria_that_nothing_fits_say_how_to_go_on(world: World) -> None:
    result = await world.team.slash(world.channel, "options", domain="cyber")
    assert "No option fits" in shown(result)
    assert [record["outcome"] for record in await world.records()] == ["nothing-on-file"]


async def test_two_risky_options_are_no_proportionate_package(world: World) -> None:
    result = await world.team.slash(world.channel, "options")
    compared = await select(world.team, result, "cmp", *RISKY)
    text = shown(compared)
    assert "Comparison (2)" in text
    assert "Not proportionate" in text
    assert "High escalation risk" in text
    assert "Legal footing" in text


async def test_a_gentle_option_alone_is_proportionate(world: World) -> None:
    result = await world.team.slash(world.channel, "options")
    compared = await select(world.team, result, "cmp", OPTION)
    assert "Taken together, proportionate" in shown(compared)


@pytest.mark.parametrize("restarted", [False, True])
async def test_one_adds_to_a_comparison_opens_one_and_returns(
    world: World, restarted: bool
) -> None:
    result = await world.team.slash(world.channel, "options", phase="phase-1-probing")
    compared = await select(world.team, result, "cmp", OPTION)
    if restarted:
        await world.restart()
        world.services.ledger.forget(world.team.id)
    both = await select(world.team, compared, "add", RISKY[0])
    assert "Comparison (2)" in shown(both)
    opened = await select(world.team, both, "pick", RISKY[0])
    assert "Profile" in shown(opened)
    again = await click(world.team, opened, "back")
    assert "Comparison (2)" in shown(again)
    listed = await click(world.team, again, "back")
    assert "Options (3)" in shown(listed)
    assert "1 Probing" in shown(listed) or "robing" in shown(listed)


async def test_many_options_are_paged_and_all_can_be_compared(world: World) -> None:
    store = world.services.store
    path = next(store.directory.rglob(f"{OPTION}.yaml"))
    for number in range(30):
        text = path.read_text().replace(OPTION, f"option-copy-{number:02}")
        text = text.replace("Reject the demand in public", f"Copy {number:02}")
        (path.parent / f"option-copy-{number:02}.yaml").write_text(text)
    report = store.reload()
    assert report.changed, report.findings[:2]
    result = await world.team.slash(world.channel, "options")
    assert "Options (33)" in shown(result)
    offered = [
        option["value"]
        for part in components(result)
        if part.get("type") == 3
        for option in part["options"]
    ]
    assert len(set(offered)) == 33
    seen = shown(result)
    while "opts" in buttons(result):
        following = [
            part
            for part in components(result)
            if part.get("type") == 2 and "Next" in part["label"] and not part.get("disabled")
        ]
        if not following:
            break
        result = await world.team.click(result.response, custom_id=following[0]["custom_id"])
        seen += shown(result)
    assert all(f"Copy {number:02}" in seen for number in range(30))
