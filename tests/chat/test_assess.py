"""`/assess`: ticking what was observed, the phase that follows, the picture, and the record."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from chat_world import REDLINE, World, buttons, click, components, select, shown
from PIL import Image

PHASE = "phase-1-probing"
LADDER = "escalation-ladder"


def pickers(result: Any) -> list[dict[str, Any]]:
    return [part for part in components(result) if ":as-set:" in part.get("custom_id", "")]


def ticked(result: Any) -> set[str]:
    return {
        option["value"]
        for picker in pickers(result)
        for option in picker["options"]
        if option.get("default")
    }


def add_phases(world: World, count: int, indicators: int = 6, **changes: str) -> None:
    """More phases above the first, each with its own indicators."""
    path = next(world.services.store.directory.rglob(f"{PHASE}.yaml"))
    first = path.read_text(encoding="utf-8")
    signs = "".join(
        f"  - {{id: SIGN-{number}, observe: Sign SIGN {number} is seen., where: Post {number},"
        f" weight: {1 + number % 3}}}\n"
        for number in range(indicators)
    )
    start, end = first.index("indicators:\n"), first.index("leave_when:")
    for level in range(2, 2 + count):
        text = first[:start] + "indicators:\n" + signs.replace("SIGN", f"s{level}") + first[end:]
        text = text.replace(PHASE, f"phase-{level}-more").replace("level: 1", f"level: {level}")
        text = text.replace("title: Probing", f"title: Rung number {level}")
        for old, new in changes.items():
            text = text.replace(f"{old}: ", f"{old}: {new} # ", 1)
        (path.parent / f"phase-{level}-more.yaml").write_text(text, encoding="utf-8")
    report = world.services.store.reload()
    assert report.changed, report.findings[:3]


async def test_it_begins_with_all_indicators_and_nothing_ticked(world: World) -> None:
    result = await world.team.slash(world.channel, "assess")
    text = shown(result)
    assert "No phase yet" in text
    assert "Choose below" in text
    assert {picker["custom_id"].split(":")[-1] for picker in pickers(result)} == {PHASE, LADDER}
    assert all(picker["min_values"] == 0 for picker in pickers(result))
    assert ticked(result) == set()
    assert "as-clear" not in buttons(result)


async def test_ticking_answers_with_phase_sureness_and_what_follows(world: World) -> None:
    result = await world.team.slash(world.channel, "assess")
    result = await select(world.team, result, f"as-set:{PHASE}", "probing-1", "probing-2")
    text = shown(result)
    assert "## Probing" in text
    assert "Sign number 1 is seen" in text
    assert "2 of 6 indicators, weight 5 of 12" in text
    assert "Low confidence: one indicator, or one place" in text
    assert "Thirty days without a sign" in text
    assert "A storm" in text
    assert ticked(result) == {"probing-1", "probing-2"}
    for title in ("What to say", "What not to say", "What to do", "Red lines (1)", "Sources"):
        assert title in text


async def test_each_select_keeps_what_the_others_hold(world: World) -> None:
    result = await world.team.slash(world.channel, "assess")
    result = await select(world.team, result, f"as-set:{PHASE}", "probing-2")
    result = await select(world.team, result, f"as-set:{LADDER}", "whole-1", "whole-2")
    assert ticked(result) == {"probing-2", "whole-1", "whole-2"}
    result = await select(world.team, result, f"as-set:{PHASE}")
    assert ticked(result) == {"whole-1", "whole-2"}
    assert "No phase yet" in shown(result)
    assert "does not carry a phase" in shown(result)


async def test_one_sign_that_carries_the_phase_is_named_as_its_linchpin(world: World) -> None:
    result = await world.team.slash(world.channel, "assess", indicator="probing-2")
    assert "The phase rests on this" in shown(result)
    assert "## Probing" in shown(result)


async def test_indicators_are_completed_by_any_of_their_words(world: World) -> None:
    offered = await world.team.autocomplete(world.channel, "assess", "indicator", "number 3")
    assert {choice["value"] for choice in offered} == {"probing-3", "whole-3"}
    every = await world.team.autocomplete(world.channel, "assess", "indicator", "")
    assert len(every) == 12


async def test_what_is_no_indicator_is_named_and_left_out(world: World) -> None:
    result = await world.team.slash(world.channel, "assess", indicator="@everyone `x`")
    text = shown(result)
    assert "No indicators of this ladder, and left out" in text
    assert "@everyone" not in text
    assert "No phase yet" in text


async def test_it_is_on_record_with_what_was_ticked_and_what_was_answered(world: World) -> None:
    result = await world.team.slash(world.channel, "assess")
    await select(world.team, result, f"as-set:{PHASE}", "probing-1", "probing-2")
    first, second = await world.records()
    assert (first["command"], second["command"]) == ("assess", "assess")
    options = json.loads(second["private"])["options"]
    assert options["indicators"] == ["probing-1", "probing-2"]
    public = json.loads(second["public"])
    assert public["entries"][0] == PHASE
    assert REDLINE in public["entries"]
    assert public["tlp"] == "CLEAR"
    assert len(public["answer_sha256"]) == 64


@pytest.mark.parametrize("restarted", [False, True])
async def test_one_opens_what_follows_and_returns_even_after_a_restart(
    world: World, restarted: bool
) -> None:
    result = await world.team.slash(world.channel, "assess")
    result = await select(world.team, result, f"as-set:{PHASE}", "probing-1", "probing-2")
    if restarted:
        await world.restart()
        world.services.ledger.forget(world.team.id)
    opened = await select(world.team, result, "pick", REDLINE)
    assert "The line" in shown(opened)
    again = await click(world.team, opened, "back")
    assert ticked(again) == {"probing-1", "probing-2"}
    more = await select(world.team, again, f"as-set:{LADDER}", "whole-3")
    assert ticked(more) == {"probing-1", "probing-2", "whole-3"}
    cleared = await click(world.team, more, "as-clear")
    assert ticked(cleared) == set()


async def test_the_picture_stands_beside_the_words_and_says_the_same(world: World) -> None:
    result = await world.team.slash(world.channel, "assess", indicator="probing-2")
    gallery = next(part for part in components(result) if part.get("type") == 12)
    item = gallery["items"][0]
    assert "Probing" in item["description"]
    assert "Sign number 2 is seen" in item["description"]
    sent = next(
        request for request in reversed(world.env.http_requests) if "/callback" in request.path
    )
    attachment = result.response.attachments[0]
    assert attachment.filename == "redline-ladder.png"
    assert sent is not None
    picture = Image.open(io.BytesIO(await attachment.read()))
    assert picture.size == (2000, 1120)


async def test_without_the_extra_the_words_stand_alone_and_name_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    import builtins

    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.split(".", maxsplit=1)[0] == "matplotlib":
            raise ModuleNotFoundError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    result = await world.team.slash(world.channel, "assess", indicator="probing-2")
    text = shown(result)
    assert "## Probing" in text
    assert "redline-bot[documents]" in text.replace("\\", "")
    assert not any(part.get("type") == 12 for part in components(result))


async def test_sharing_posts_it_for_all_and_is_on_record(world: World) -> None:
    result = await world.team.slash(world.channel, "assess")
    result = await select(world.team, result, f"as-set:{PHASE}", "probing-1", "probing-2")
    await click(world.team, result, "as-share")
    posted = [message for message in world.channel.history() if not message.flags.ephemeral]
    assert posted
    text = shown(posted[0])
    assert "## Probing" in text
    assert "tiina" in text
    assert not [part for part in components(posted[0]) if "custom_id" in part]
    assert len(await world.log("share")) == 1
    everything = "\n".join(shown(message) for message in posted)
    assert "no finding of fact" in everything


async def test_more_phases_than_fit_are_reached_by_a_button(world: World) -> None:
    add_phases(world, 7, indicators=30)
    result = await world.team.slash(world.channel, "assess")
    seen: set[str] = set()
    for _ in range(10):
        seen |= {option["value"] for picker in pickers(result) for option in picker["options"]}
        assert len(pickers(result)) <= 5
        if {f"s{level}-{number}" for level in range(2, 9) for number in range(30)} <= seen:
            break
        result = await click(world.team, result, "as-more")
    assert {f"s{level}-{number}" for level in range(2, 9) for number in range(30)} <= seen
    ids = [picker["custom_id"] for picker in pickers(result)]
    assert len(ids) == len(set(ids))
    part = next(one for one in pickers(result) if one["options"][0]["value"].startswith("s"))
    value = part["options"][0]["value"]
    after = await world.team.select(result.response, [value], custom_id=part["custom_id"])
    assert value in ticked(after)


async def test_a_phase_above_the_marking_is_for_officers_alone(world: World) -> None:
    add_phases(world, 1, tlp="amber")
    for_team = await world.team.slash(world.channel, "assess", indicator="s2-2")
    text = shown(for_team)
    assert "Rung number 2" not in text
    assert "Sign s2" not in str(components(for_team))
    assert "Phases above your marking that take no part: 1" in text
    offered = await world.team.autocomplete(world.channel, "assess", "indicator", "s2")
    assert offered == []
    for_officer = await world.officer.slash(world.channel, "assess", indicator="s2-2")
    assert "Rung number 2" in shown(for_officer)
    assert "TLP:AMBER" in shown(for_officer)
    assert "as-share" not in buttons(for_officer)
    share = re.sub(":as-set:", ":as-share:", pickers(for_officer)[0]["custom_id"])
    assert share


async def test_an_assessment_of_somebody_else_is_not_taken_over(world: World) -> None:
    result = await world.team.slash(world.channel, "assess", indicator="probing-2")
    world.services.ledger.forget(world.team.id)
    found = await world.services.ledger.asked(
        int(buttons(result)["as-clear"]["custom_id"].split(":")[2], 36), user_id=world.officer.id
    )
    assert found is None
