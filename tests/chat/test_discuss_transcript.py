"""The full transcript of discussions, and that without it the bot needs no privileged intent."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
import pytest_asyncio
from chat_world import ANALYSIS, World, shown
from simcord.env import Env

from bot.chat.client import INTENTS, RedlineBot
from bot.chat.services import Services
from bot.settings import Settings

PRIVILEGED = {"presences", "members", "message_content"}


def privileged(intents: discord.Intents) -> set[str]:
    return {name for name, on in intents if on and name in PRIVILEGED}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"transcripts": True})


async def switched_on(world: World) -> Any:
    result = await world.admin.slash(world.channel, "settings transcript", state="on")
    assert "Transcript of discussions: on" in shown(result)
    return result


async def thread_of(world: World) -> Any:
    await world.team.slash(world.channel, "discuss start", entry=ANALYSIS)
    return world.channel.threads[-1]


async def events(world: World) -> list[Any]:
    (found,) = await world.services.journal.discussions.find(str(world.guild.id))
    whole = await world.services.journal.discussions.get(found.discussion_id)
    assert whole is not None
    return list(whole.timeline)


async def test_every_message_goes_to_the_journal_with_edits_and_deletions(world: World) -> None:
    await switched_on(world)
    thread = await thread_of(world)
    assert "All of it is logged" in shown(thread.history()[-1])
    first = await world.officer.send(thread, "First wording")
    second = await world.maintainer.send(thread, "Gone soon", attachments=[("map.png", b"x")])
    await world.officer.edit(first, "Second wording")
    await world.maintainer.delete(second)
    message, edit, gone, deletion = await in_order(world)
    assert (message.event, message.text) == ("message", "First wording")
    assert message.now_text == "Second wording"
    assert (message.user_id, message.message_id) == (str(world.officer.id), str(first.id))
    assert message.message_link == first.jump_url
    assert (gone.event, gone.user_id) == ("message", str(world.maintainer.id))
    assert "Gone soon" in gone.text
    assert "map.png" in gone.text
    assert gone.deleted_at
    assert (edit.event, edit.text, edit.refers_to) == ("edit", "Second wording", str(first.id))
    assert (deletion.event, deletion.refers_to) == ("delete", str(second.id))
    assert (await world.services.journal.verify()).ok


async def in_order(world: World) -> list[Any]:
    """First message, its edit, second message, its deletion."""
    found = await events(world)
    messages = [one for one in found if one.event == "message"]
    (edit,) = [one for one in found if one.event == "edit"]
    (deletion,) = [one for one in found if one.event == "delete"]
    assert len(found) == 4
    return [messages[0], edit, messages[1], deletion]


async def test_the_bot_s_own_cards_and_other_places_are_not_logged(world: World) -> None:
    await switched_on(world)
    thread = await thread_of(world)
    await world.team.slash(thread, "discuss note", text="By command")
    await world.team.send(world.channel, "In the channel")
    await world.team.send(world.channel, f"<@{world.env.bot.user.id}> help")
    assert [(one.event, one.text) for one in await events(world)] == [("note", "By command")]


async def test_after_the_end_nothing_more_is_logged(world: World) -> None:
    await switched_on(world)
    thread = await thread_of(world)
    message = await world.team.send(thread, "Before")
    await world.team.slash(thread, "discuss close")
    await world.team.send(thread, "After")
    await world.team.edit(message, "Changed after")
    assert [one.event for one in await events(world)] == ["message", "close"]


async def test_it_goes_on_after_a_restart(world: World) -> None:
    await switched_on(world)
    thread = await thread_of(world)
    await world.restart()
    world.services.guilds._known.clear()
    await world.team.send(thread, "After the restart")
    assert [one.text for one in await events(world)] == ["After the restart"]


async def test_what_was_said_while_the_bot_was_away_is_taken_in_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.chat.transcript import Transcript

    # Discord's clock and ours tell the same time.
    await world.env.advance_time((dt.datetime.now(dt.UTC) - world.env.now()).total_seconds())
    thread = await thread_of(world)
    await world.team.send(thread, "Before it was switched on")
    await world.env.advance_time(5)
    settings = await world.services.guilds.get(world.guild.id)
    since = world.env.now().isoformat()
    on = dataclasses.replace(settings, transcript_since=since)
    await world.services.guilds.put(world.guild.id, on, user_id=world.admin.id)
    await world.env.advance_time(5)
    await world.team.send(thread, "Heard")

    async def deaf(*_: object) -> None:
        """The bot is away."""

    with monkeypatch.context() as patched:
        patched.setattr(Transcript, "said", deaf)
        await world.env.advance_time(5)
        await world.officer.send(thread, "Missed")
    assert [one.text for one in await events(world)] == ["Heard"]
    for _ in range(2):
        await world.restart()
        assert [one.text for one in await events(world)] == ["Heard", "Missed"]


async def test_open_discussions_are_told_when_it_is_switched(world: World) -> None:
    thread = await thread_of(world)
    await world.team.send(thread, "Not logged")
    assert await events(world) == []
    await switched_on(world)
    assert "All of it is logged" in shown(thread.last_message)
    await world.team.send(thread, "Logged")
    off = await world.admin.slash(world.channel, "settings transcript", state="off")
    assert "Transcript of discussions: off" in shown(off)
    assert "Only what is added" in shown(thread.last_message)
    await world.team.send(thread, "Not logged again")
    assert [one.text for one in await events(world)] == ["Logged"]


async def test_only_administrators_switch_it(world: World) -> None:
    commands = world.env.backend.commands[None].values()
    number = next(int(command["id"]) for command in commands if command["name"] == "settings")
    world.guild.set_command_permissions(number, {world.officer: True})
    told = await world.officer.slash(world.channel, "settings transcript", state="on")
    assert "administrators" in shown(told)
    settings = await world.services.guilds.get(world.guild.id)
    assert not settings.transcript


async def test_a_message_added_by_menu_and_edited_later_shows_both_wordings(world: World) -> None:
    await switched_on(world)
    thread = await thread_of(world)
    message = await world.officer.send(thread, "They leave on Monday")
    form = await world.team.context_menu(thread, "Add to discussion", message)
    await world.team.submit_modal(form, {"type": ["claim"]})
    await world.officer.edit(message, "They leave on Tuesday")
    found = {one.event: one for one in await events(world)}
    assert found["message"].now_text == found["claim"].now_text == "They leave on Tuesday"


async def test_a_database_that_is_away_loses_no_message(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    from bot.journal import discussions as module

    await switched_on(world)
    thread = await thread_of(world)
    await world.team.send(thread, "Before")

    def away(*_: object) -> Any:
        raise OperationalError("select", {}, OSError("gone"))

    with monkeypatch.context() as patched:
        patched.setattr(module, "reading", away)
        await world.team.send(thread, "While it is away")
    texts = [one.text for one in await events(world)]
    assert texts == ["Before", "While it is away"]


@pytest_asyncio.fixture
async def plain_env(services: Services) -> AsyncIterator[Env]:
    """The bot where the operator has not allowed transcripts."""
    services.settings = services.settings.model_copy(update={"transcripts": False})
    running = Env(RedlineBot(services))
    await running.start()
    try:
        yield running
    finally:
        await running.shutdown()


async def test_without_the_operator_s_word_no_privileged_intent_is_asked_for(
    plain_env: Env,
) -> None:
    assert privileged(plain_env.bot.intents) == set()
    assert plain_env.bot.intents == INTENTS == discord.Intents(guilds=True)


async def test_with_it_message_content_alone_is_asked_for(world: World) -> None:
    assert privileged(world.env.bot.intents) == {"message_content"}


async def test_a_server_cannot_switch_on_what_the_operator_has_not_allowed(
    plain_env: Env, services: Services
) -> None:
    world = World(plain_env, services)
    told = await world.admin.slash(world.channel, "settings transcript", state="on")
    assert "REDLINE_TRANSCRIPTS" in shown(told)
    settings = await services.guilds.get(world.guild.id)
    await services.guilds.put(world.guild.id, settings.with_transcript(True), user_id=1)
    shows = await world.admin.slash(world.channel, "settings show")
    assert "does not allow it" in shown(shows)
    thread = await thread_of(world)
    assert "Only what is added" in shown(thread.last_message)
    await world.team.send(thread, "Nobody sees this")
    assert await events(world) == []


def test_the_setting_is_off_by_default_and_read_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REDLINE_TRANSCRIPTS", raising=False)
    assert Settings.load().transcripts is False
    monkeypatch.setenv("REDLINE_TRANSCRIPTS", "true")
    assert Settings.load().transcripts is True


def test_an_intent_that_discord_does_not_grant_is_explained() -> None:
    from bot.chat.running import StartError, explained

    with pytest.raises(StartError, match="REDLINE_TRANSCRIPTS"), explained():
        raise discord.PrivilegedIntentsRequired(None)


@pytest.mark.parametrize(
    ("granted", "allowed", "passed", "told"),
    [
        ([], False, True, "none is needed"),
        (["presence"], False, True, "Redline needs none"),
        ([], True, False, "not granted"),
        (["presence"], True, False, "not granted"),
        (["message content (limited)"], True, True, "for transcripts"),
    ],
)
def test_doctor_compares_the_intents_with_what_is_set(
    granted: list[str], allowed: bool, passed: bool, told: str
) -> None:
    from bot.terminal.doctor import _intents

    check = _intents(granted, allowed)
    assert check.passed is passed
    assert told in check.details
    assert bool(check.resolution) is not passed
