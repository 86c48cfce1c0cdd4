"""`/topic`, `/redline` and **Match this statement**."""

from __future__ import annotations

import json

import pytest
from chat_world import (
    ANALYSIS,
    NARRATIVE,
    REDLINE,
    RETIRED,
    SECRET,
    World,
    buttons,
    click,
    shown,
)


async def test_an_entry_is_opened_by_its_id_and_by_its_beginning(world: World) -> None:
    by_id = await world.team.slash(world.channel, "topic", entry=ANALYSIS)
    assert "The demand tests the alliance." in shown(by_id)
    by_name = await world.team.slash(world.channel, "topic", entry="Why the demand comes")
    assert "The demand tests the alliance." in shown(by_name)


async def test_a_red_line_shows_the_line_what_to_say_and_what_crosses_it(world: World) -> None:
    result = await world.team.slash(world.channel, "redline", entry=REDLINE)
    text = shown(result)
    for part in ("The line", "Must be said", "Must never be said", "What crosses it"):
        assert part in text
    assert text.index("The line") < text.index("In full")


async def test_another_kind_of_entry_is_no_red_line(world: World) -> None:
    result = await world.team.slash(world.channel, "redline", entry=ANALYSIS)
    assert "not a red line" in shown(result)


async def test_what_is_not_on_file_offers_what_is_near(world: World) -> None:
    result = await world.team.slash(world.channel, "topic", entry="no such thing at all")
    assert "Nothing on file" in shown(result)


async def test_a_retired_entry_is_not_advised(world: World) -> None:
    result = await world.team.slash(world.channel, "topic", entry=RETIRED)
    assert "Nothing on file" in shown(result)


async def test_an_amber_entry_is_refused_to_the_team_and_names_who_may(world: World) -> None:
    result = await world.team.slash(world.channel, "topic", entry=SECRET)
    assert "TLP:AMBER" in shown(result)
    assert "nine days" not in shown(result)
    assert [record["outcome"] for record in await world.records()] == ["refused"]
    assert "nine days" in shown(await world.maintainer.slash(world.channel, "topic", entry=SECRET))


async def test_autocomplete_honours_kind_marking_and_limits(world: World) -> None:
    everyone = await world.team.autocomplete(world.channel, "topic", "entry", "")
    assert 0 < len(everyone) <= 25
    assert all(0 < len(choice["name"]) <= 100 for choice in everyone)
    assert SECRET not in [choice["value"] for choice in everyone]
    typed = await world.officer.autocomplete(world.channel, "topic", "entry", "inside ass")
    assert [choice["value"] for choice in typed] == [SECRET]
    assert await world.team.autocomplete(world.channel, "topic", "entry", "inside ass") == []
    lines = await world.team.autocomplete(world.channel, "redline", "entry", "")
    assert [choice["value"] for choice in lines] == [REDLINE]
    assert await world.team.autocomplete(world.channel, "topic", "entry", "zzqx`@" * 15) == []


@pytest.mark.faulty
async def test_a_failing_autocomplete_gives_no_choices_and_a_log(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    engine = world.services.advisers.current.engine
    monkeypatch.setattr(engine, "complete", None)
    assert await world.team.autocomplete(world.channel, "topic", "entry", "x") == []
    assert "autocomplete failed" in caplog.text


async def test_a_statement_is_matched_to_its_narrative_and_rebutted(world: World) -> None:
    message = await world.officer.send(
        world.channel, "These are foreign boots on the neck of a small people! Nothing else."
    )
    result = await world.team.context_menu(world.channel, "Match this statement", message)
    text = shown(result)
    assert result.response.ephemeral
    assert NARRATIVE in text
    assert "Rebuttal" in text
    (record,) = await world.records()
    assert record["command"] == "Match this statement"
    assert "foreign boots" in json.loads(record["private"])["options"]["statement"]


async def test_after_a_match_one_gets_on_and_back_after_a_restart(world: World) -> None:
    message = await world.officer.send(
        world.channel, "These are foreign boots on the neck of a small people!"
    )
    result = await world.team.context_menu(world.channel, "Match this statement", message)
    listed = await click(world.team, result, "o-src")
    await world.restart()
    world.services.ledger.forget(world.team.id)
    back = await click(world.team, listed, "back")
    assert NARRATIVE in shown(back)
    assert "What the statement says" in shown(back)


async def test_a_message_without_text_says_so(world: World) -> None:
    message = await world.officer.send(world.channel, "\u200b")
    result = await world.team.context_menu(world.channel, "Match this statement", message)
    assert "no text" in shown(result)


async def test_a_hostile_statement_is_shown_as_text(world: World) -> None:
    message = await world.officer.send(
        world.channel,
        "@everyone [click](https://evil.example) foreign boots on the neck of a small people",
    )
    result = await world.team.context_menu(world.channel, "Match this statement", message)
    assert "@everyone" not in shown(result)
    assert "](https://evil" not in shown(result)
    assert "share" in buttons(result)


async def test_a_card_of_the_bot_itself_can_be_matched(world: World) -> None:
    await world.officer.slash(
        world.channel, "ask", question="foreign boots on the neck", private=False
    )
    card = next(m for m in world.channel.history() if not m.flags.ephemeral)
    result = await world.team.context_menu(world.channel, "Match this statement", card)
    assert "no text" not in shown(result)
