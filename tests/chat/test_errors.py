"""Nothing ends in silence: faults, expired interactions, double answers, slow work, lost disks."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import discord
import pytest
from chat_world import ANALYSIS, SECRET, World, buttons, click, shown
from discord import app_commands

from bot.advice.adviser import Adviser
from bot.chat import respond
from bot.chat.buttons import on_click
from bot.chat.custom_ids import Ref
from bot.chat.errors import EXPECTED
from bot.chat.forms import Form
from bot.chat.request import Request, request
from bot.journal import JournalLost

QUESTION = "why does the demand come now?"


def broken(*_args: object, **_options: object) -> Any:
    raise RuntimeError("secret detail of the inside")


@pytest.mark.faulty
async def test_a_fault_in_a_command_is_apologised_for_with_a_code_that_is_on_record(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Adviser, "ask", broken)
    result = await world.team.slash(world.channel, "ask", question=QUESTION, private=False)
    text = shown(result)
    assert result.response.ephemeral
    reference = re.search(r"`([0-9A-F]{8})`", text)
    assert reference
    assert "secret detail" not in text
    assert reference[1] in caplog.text
    assert "secret detail" in caplog.text, "whoever runs the bot finds the cause"
    (record,) = await world.records()
    assert (record["outcome"], record["error_reference"]) == ("error", reference[1])
    assert world.env.errors


@pytest.mark.faulty
async def test_a_fault_in_a_button_is_answered_and_leaves_the_card(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = await world.team.slash(world.channel, "ask", question=QUESTION)
    monkeypatch.setattr(Adviser, "topic", broken)
    result = await click(world.team, answer, "o-src")
    assert "reference" in shown(result)
    assert result.response.ephemeral
    records = await world.records()
    assert [record["outcome"] for record in records] == ["answered", "error"]


@pytest.mark.faulty
async def test_a_fault_in_the_message_menu_is_answered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Adviser, "match", broken)
    message = await world.officer.send(world.channel, "Something that was said.")
    result = await world.team.context_menu(world.channel, "Match this statement", message)
    assert "reference" in shown(result)
    assert world.env.errors


class Note(Form):
    """A form as a later command would have it."""

    def __init__(self, fails: bool) -> None:
        super().__init__("A note", "note", language="en")
        self.fails = fails
        self.field = discord.ui.TextInput(label="Note", custom_id="note")
        self.add_item(self.field)

    async def submitted(self, asked: Request) -> None:
        if self.fails:
            raise RuntimeError("inside the form")
        await asked.answer(asked.adviser.topic(ANALYSIS, language="en", clearance=asked.clearance))


def with_form(world: World, *, fails: bool) -> None:
    async def note(interaction: discord.Interaction) -> None:
        async with request(interaction, "note") as asked:
            await asked.show_form(Note(fails))

    command = app_commands.Command(name="note", description="A note", callback=note)
    world.env.bot.tree.add_command(command)


async def test_a_form_is_answered(world: World) -> None:
    with_form(world, fails=False)
    await world.env.bot.sync_commands()
    shown_form = await world.team.slash(world.channel, "note")
    result = await world.team.submit_modal(shown_form, {"note": "x"})
    assert ANALYSIS in shown(result)
    assert world.env.bot.open_forms == set()


@pytest.mark.faulty
async def test_a_fault_in_a_form_is_answered(world: World) -> None:
    with_form(world, fails=True)
    await world.env.bot.sync_commands()
    shown_form = await world.team.slash(world.channel, "note")
    result = await world.team.submit_modal(shown_form, {"note": "x"})
    assert "reference" in shown(result)
    assert world.env.errors is not None


async def test_a_form_from_before_a_restart_says_so(world: World) -> None:
    with_form(world, fails=False)
    await world.env.bot.sync_commands()
    shown_form = await world.team.slash(world.channel, "note")
    await world.restart()
    result = await world.team.submit_modal(shown_form, {"note": "x"})
    assert "before the bot restarted" in shown(result)


async def test_a_command_that_discord_still_lists_but_we_no_longer_have_says_so(
    world: World,
) -> None:
    world.env.bot.tree.remove_command("topic")
    result = await world.team.slash(world.channel, "topic", entry=ANALYSIS)
    assert "has changed" in shown(result)
    assert len(world.env.errors) == 1


async def test_a_private_answer_that_came_too_late_is_never_posted_openly(world: World) -> None:
    world.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    await world.officer.slash(world.channel, "topic", entry=SECRET)
    (message,) = world.channel.history()
    assert "could not be delivered" in shown(message)
    assert "nine days" not in shown(message)
    assert message.mentions == []


async def test_an_open_answer_that_came_too_late_goes_to_the_channel(world: World) -> None:
    world.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    await world.team.slash(world.channel, "ask", question=QUESTION, private=False)
    (message,) = world.channel.history()
    assert "The demand tests the alliance." in shown(message)


async def test_where_not_even_the_channel_is_left_the_log_knows(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("POST", "/interactions/*/callback", status=404, code=10062)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    await world.team.slash(world.channel, "ask", question=QUESTION)
    assert "could not be answered at all" in caplog.text


async def test_an_interaction_that_was_acknowledged_already_is_followed_up(world: World) -> None:
    async def twice(interaction: discord.Interaction) -> None:
        async with request(interaction, "twice") as asked:
            await interaction.response.send_message("first", ephemeral=True)
            answer = asked.adviser.topic(ANALYSIS, language="en", clearance=asked.clearance)
            await asked.answer(answer)

    world.env.bot.tree.add_command(
        app_commands.Command(name="twice", description="Twice", callback=twice)
    )
    await world.env.bot.sync_commands()
    result = await world.team.slash(world.channel, "twice")
    assert result.response.content == "first"
    assert ANALYSIS in shown(result.followups[0])
    assert result.followups[0].ephemeral


async def test_an_expired_token_of_a_follow_up_falls_back_too(world: World) -> None:
    async def late(interaction: discord.Interaction) -> None:
        async with request(interaction, "late") as asked:
            await respond.defer(interaction, private=True, edit=False)
            answer = asked.adviser.topic(ANALYSIS, language="en", clearance=asked.clearance)
            await asked.answer(answer)

    world.env.bot.tree.add_command(
        app_commands.Command(name="late", description="Late", callback=late)
    )
    await world.env.bot.sync_commands()
    world.env.inject_error("PATCH", "/webhooks/*", status=401, code=50027)
    await world.team.slash(world.channel, "late")
    message = world.channel.history(viewer=world.officer)[-1]
    assert "could not be delivered" in shown(message)


def was_deferred(world: World) -> bool:
    """Whether Discord was told that the answer takes a moment (callback types 5 and 6)."""
    return any(
        request.path.endswith("/callback") and request.json["type"] in (5, 6)
        for request in world.env.http_requests
    )


def be_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let advice take longer than the bot waits before it defers."""

    async def think(_asked: Request, function: Any, *args: Any, **options: Any) -> Any:
        await asyncio.sleep(0.4)
        return function(*args, **options)

    monkeypatch.setattr("bot.chat.request.DEFER_AFTER", 0.1)
    monkeypatch.setattr(Request, "think", think)


@pytest.mark.parametrize("private", [True, False])
async def test_slow_work_is_deferred_by_itself_and_then_answered(
    world: World, monkeypatch: pytest.MonkeyPatch, private: bool
) -> None:
    be_slow(monkeypatch)
    result = await world.team.slash(world.channel, "ask", question=QUESTION, private=private)
    assert was_deferred(world)
    assert result.response.ephemeral is private
    assert "The demand tests the alliance." in shown(result)


async def test_what_was_deferred_openly_but_is_above_green_is_answered_privately(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    be_slow(monkeypatch)
    result = await world.officer.slash(
        world.channel, "ask", question="inside assessment of the garrison", private=False
    )
    assert was_deferred(world)
    open_messages = world.channel.history(viewer=world.team)
    assert all("nine days" not in shown(message) for message in open_messages)
    assert result.followups[0].ephemeral
    assert "nine days" in shown(result.followups[0])


async def test_a_slow_click_is_deferred_in_its_place(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = await world.team.slash(world.channel, "ask", question=QUESTION)

    async def slow(asked: Request, ref: Ref, values: tuple[str, ...]) -> None:
        await asyncio.sleep(0.3)
        await asked.answer(asked.adviser.topic(ref.entry, language="en", clearance=asked.clearance))

    monkeypatch.setitem(on_click.__globals__["_HANDLERS"], "o-src", slow)
    monkeypatch.setattr("bot.chat.request.DEFER_AFTER", 0.1)
    result = await click(world.team, answer, "o-src")
    assert result.acknowledged
    assert was_deferred(world)
    history = world.channel.history(viewer=world.team)
    assert len(history) == 1
    assert ANALYSIS in shown(history[0])


async def test_a_lost_journal_keeps_no_answer_back(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def lost(_record: object) -> None:
        raise JournalLost

    monkeypatch.setattr(world.services.journal, "record_interaction", lost)
    result = await world.team.slash(world.channel, "ask", question=QUESTION)
    assert "The demand tests the alliance." in shown(result)
    lost_records = [record for record in caplog.records if record.levelname == "CRITICAL"]
    assert len(lost_records) == 1
    caplog.clear()


async def test_a_database_that_cannot_be_read_gives_the_roles_by_name(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def away(_guild: str) -> dict[str, Any]:
        raise OSError("gone")

    monkeypatch.setattr(world.services.journal, "guild_settings", away)
    team = await world.team.slash(world.channel, "topic", entry=SECRET)
    officer = await world.officer.slash(world.channel, "topic", entry=SECRET)
    assert "nine days" not in shown(team)
    assert "nine days" in shown(officer)
    caplog.clear()


async def test_discord_refusing_a_card_is_a_fault_that_is_told(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("POST", "/interactions/*/callback", status=400, code=50035)
    result = await world.team.slash(world.channel, "ask", question=QUESTION)
    assert "reference" in shown(result)
    outcomes = [record["outcome"] for record in await world.records()]
    assert outcomes == ["answered", "error"]
    assert json.loads((await world.records())[0]["public"])["entries"]
    assert buttons(result) == {}
    assert world.env.errors
    caplog.clear()


def test_every_expected_error_of_the_library_has_its_own_sentence() -> None:
    assert all(issubclass(kind, app_commands.AppCommandError) for kind in EXPECTED)
    order = list(EXPECTED)
    for place, kind in enumerate(order):
        assert not any(issubclass(kind, earlier) for earlier in order[:place]), kind
