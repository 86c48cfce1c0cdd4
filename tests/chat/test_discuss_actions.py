"""Actions of a discussion: taken on, done, open again; and their owners reminded once."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import discord
import pytest
from chat_world import ANALYSIS, World, buttons, components, shown
from discussing import pings

from bot.chat.client import RedlineBot
from bot.chat.discuss_due import read_due, remind_at
from bot.chat.mistakes import UserError
from bot.chat.reminders import UNHEARD, remind, reminding

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
async def thread(world: World) -> Any:
    await world.team.slash(world.channel, "discuss start", entry=ANALYSIS)
    return world.channel.threads[-1]


def soon(**ahead: float) -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(**ahead)


async def actions(world: World) -> list[Any]:
    return list(await world.services.journal.discussions.open_actions(str(world.guild.id)))


def reminders(world: World) -> list[Any]:
    """Messages that were allowed to call somebody, as they were sent."""
    return [
        sent.json
        for sent in world.env.http_requests
        if sent.path.endswith("/messages")
        and sent.json
        and (sent.json.get("allowed_mentions") or {}).get("users")
    ]


@pytest.mark.parametrize(
    ("typed", "zone", "utc"),
    [
        ("2026-11-25 14:00 EET", None, "2026-11-25T12:00"),
        ("2026-11-25 14:00", "Europe/Tallinn", "2026-11-25T12:00"),
        ("25.11.2026 14:00", None, "2026-11-25T14:00"),
        ("18:30", None, "2026-11-23T18:30"),
        ("00:30", "Asia/Tokyo", None),
        ("+2h", None, "2026-11-23T14:00"),
        ("3d", None, "2026-11-26T12:00"),
        ("45 min", None, "2026-11-23T12:45"),
        ("1w", "Nowhere/Land", "2026-11-30T12:00"),
    ],
)
def test_a_due_date_is_read_with_its_zone(typed: str, zone: str | None, utc: str | None) -> None:
    if utc is None:
        with pytest.raises(UserError) as told:
            read_due(typed, zone, NOW)
        assert told.value.key == "error.due-over"
        return
    due = read_due(typed, zone, NOW)
    assert due.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M") == utc


@pytest.mark.parametrize("typed", ["soon", "2026-02-30 10:00", "2026-11-25", "11/12/2026 10:00"])
def test_what_is_no_moment_is_told_with_an_example(typed: str) -> None:
    with pytest.raises(UserError) as told:
        read_due(typed, None, NOW)
    assert told.value.key == "error.due"
    assert told.value.text("en").count("2026") >= 1


def test_an_early_reminder_that_is_over_already_comes_when_it_is_due() -> None:
    due = NOW + dt.timedelta(hours=3)
    assert remind_at(due, "hour", NOW) == due - dt.timedelta(hours=1)
    assert remind_at(due, "day", NOW) == due
    assert remind_at(due, "due", NOW) == due
    assert remind_at(due, "none", NOW) is None
    assert remind_at(None, "due", NOW) is None


async def test_an_action_names_owner_and_date_in_each_reader_s_time(
    world: World, thread: Any
) -> None:
    result = await world.team.slash(
        thread, "discuss action", text="Call Tallinn", owner=world.officer, due="+3d"
    )
    assert not result.response.ephemeral
    text = shown(result)
    (kept,) = await actions(world)
    at = int(dt.datetime.fromisoformat(kept.due_at).timestamp())
    assert f"<@{world.officer.id}>" in text
    assert f"<t:{at}:f>" in text
    assert f"<t:{at}:R>" in text
    assert (kept.text, kept.owner_id) == ("Call Tallinn", str(world.officer.id))
    assert kept.remind_at == kept.due_at
    assert reminders(world) == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"due": "soon"}, "could not be read"),
        ({"due": "2020-01-01 10:00 UTC"}, "is over already"),
        ({"due": "2026-11-25 10:00", "zone": "Mars/Base"}, "Mars"),
        ({"text": "\u200b"}, "no words"),
    ],
)
async def test_a_bad_action_is_told_and_not_kept(
    world: World, thread: Any, options: dict[str, str], told: str
) -> None:
    result = await world.team.slash(thread, "discuss action", **{"text": "Call", **options})
    assert told in shown(result)
    assert await actions(world) == []


async def test_done_and_open_again_change_the_card_in_its_place_after_a_restart(
    world: World, thread: Any
) -> None:
    await world.team.slash(thread, "discuss action", text="Call", owner=world.officer)
    card = thread.last_message
    await world.restart()
    done = await world.officer.click(card, custom_id=buttons(card)["d-done"]["custom_id"])
    assert done.response.id == card.id
    assert "Done" in shown(done)
    assert await actions(world) == []
    card = thread.last_message
    again = await world.team.click(card, custom_id=buttons(card)["d-undo"]["custom_id"])
    assert again.response.id == card.id
    assert len(await actions(world)) == 1
    (found,) = await world.services.journal.discussions.find(str(world.guild.id))
    whole = await world.services.journal.discussions.get(found.discussion_id)
    assert [(one.event, one.user_id) for one in whole.timeline] == [
        ("action", str(world.team.id)),
        ("done", str(world.officer.id)),
        ("reopen", str(world.team.id)),
    ]


async def test_two_who_finish_at_once_leave_one_record(world: World, thread: Any) -> None:
    await world.team.slash(thread, "discuss action", text="Call")
    card = thread.last_message
    key = buttons(card)["d-done"]["custom_id"]
    await world.officer.click(card, custom_id=key)
    stale = await world.services.journal.discussions.action(key.split(":")[-1])
    assert stale is not None
    assert stale.done_at
    await world.services.journal.discussions.finish_action(stale.action_id, user_id="1", done=False)
    await world.services.journal.discussions.finish_action(stale.action_id, user_id="1")
    # The card still offers what was done already: it is brought up to date, no fault.
    page = thread.last_message
    again = await world.team.click(page, custom_id=buttons(page)["d-undo"]["custom_id"])
    assert "To do" in shown(again)


async def test_only_its_owner_and_those_in_charge_hand_an_action_in(
    world: World, thread: Any
) -> None:
    await world.team.slash(thread, "discuss action", text="Call", owner=world.officer)
    card = thread.last_message
    key = buttons(card)["d-done"]["custom_id"]
    refused = await world.maintainer.click(card, custom_id=key)
    assert "Only its owner" in shown(refused)
    assert refused.response.ephemeral
    assert len(await actions(world)) == 1
    await world.admin.click(card, custom_id=key)
    assert await actions(world) == []


async def test_an_action_is_handed_in_after_the_discussion_was_closed(
    world: World, thread: Any
) -> None:
    await world.team.slash(thread, "discuss action", text="Call")
    card = thread.last_message
    closed = await world.team.slash(thread, "discuss close")
    assert "Open actions (1)" in shown(closed)
    done = await world.team.click(card, custom_id=buttons(card)["d-done"]["custom_id"])
    assert done.response.id == card.id
    assert await actions(world) == []
    assert world.env.backend.get_channel(thread.id).thread_metadata.archived


async def test_an_owner_is_reminded_once_and_only_the_owner_is_called(
    world: World, thread: Any
) -> None:
    await world.team.slash(
        thread,
        "discuss action",
        text=f"Call <@{world.admin.id}> and @everyone",
        owner=world.officer,
        due="+1min",
        remind="hour",
    )
    bot = world.env.bot
    assert await remind(bot, soon(seconds=30)) == 0
    rounds = await asyncio.gather(*(remind(bot, soon(seconds=61)) for _ in range(4)))
    assert sum(rounds) == 1
    await world.restart()
    assert await remind(world.env.bot, soon(hours=5)) == 0
    (sent,) = reminders(world)
    assert sent["allowed_mentions"]["users"] == [world.officer.id]
    assert not sent["allowed_mentions"].get("parse")
    message = thread.last_message
    assert {user.id for user in message.mentions} == {world.officer.id}
    assert not message.mention_everyone
    assert len(pings(world)) == 1
    text = shown(message)
    assert f"<@{world.officer.id}>" in text
    assert f"<@{world.admin.id}>" not in text
    assert "@everyone" not in text
    done = await world.officer.click(message, custom_id=buttons(message)["d-done"]["custom_id"])
    assert done.response.id == message.id


async def test_what_nobody_owns_is_reminded_of_without_calling_anybody(
    world: World, thread: Any
) -> None:
    await world.team.slash(thread, "discuss action", text="For somebody", due="+1h")
    assert await remind(world.env.bot, soon(hours=2)) == 1
    assert "For somebody" in shown(thread.last_message)
    assert pings(world) == []


async def test_an_owner_is_a_person_who_can_see_the_discussion(world: World, thread: Any) -> None:
    machine = world.guild.add_member(world.env.create_user("robot", bot=True))
    told = await world.team.slash(thread, "discuss action", text="Call", owner=machine)
    assert "A bot cannot be" in shown(told)
    hidden = world.guild.create_text_channel(
        "hidden",
        overwrites={
            world.guild.default_role: discord.PermissionOverwrite(view_channel=False),
            world.officer: discord.PermissionOverwrite(view_channel=True),
            world.guild.me: discord.PermissionOverwrite(view_channel=True),
        },
    )
    await world.officer.slash(hidden, "discuss start", title="Hush")
    inner = hidden.threads[-1]
    told = await world.officer.slash(inner, "discuss action", text="Call", owner=world.team)
    assert "cannot see the channel" in shown(told)
    assert await actions(world) == []


async def test_timeline_and_report_say_what_was_done_and_reminded_of(
    world: World, thread: Any
) -> None:
    await world.team.slash(thread, "discuss action", text="Call", owner=world.officer, due="+1h")
    card = thread.last_message
    await remind(world.env.bot, soon(hours=2))
    await world.officer.click(card, custom_id=buttons(card)["d-done"]["custom_id"])
    seen = shown(await world.team.slash(thread, "discuss show"))
    assert seen.count("Call") == 3
    assert "Reminded" in seen
    assert "somebody" not in seen
    assert "(erased)" not in seen


async def test_what_is_done_or_has_no_date_is_not_reminded_of(world: World, thread: Any) -> None:
    await world.team.slash(thread, "discuss action", text="No date", owner=world.officer)
    await world.team.slash(
        thread, "discuss action", text="Silent", owner=world.officer, due="+1h", remind="none"
    )
    await world.team.slash(
        thread, "discuss action", text="Finished", owner=world.officer, due="+1h"
    )
    card = thread.last_message
    await world.officer.click(card, custom_id=buttons(card)["d-done"]["custom_id"])
    assert await remind(world.env.bot, soon(hours=9)) == 0


@pytest.mark.parametrize("sent_already", [True, False])
async def test_a_bot_that_ended_between_claim_and_record_reminds_exactly_once(
    world: World, thread: Any, sent_already: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Discord's clock and ours tell the same time: messages are looked for by it.
    await world.env.advance_time((dt.datetime.now(dt.UTC) - world.env.now()).total_seconds())
    await world.team.slash(thread, "discuss action", text="Call", owner=world.officer, due="+1h")
    discussions = world.services.journal.discussions

    class Killed(BaseException):
        """The process ends here."""

    async def killed(*_: object, **__: object) -> Any:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        if sent_already:
            patched.setattr(type(discussions), "confirm_reminder", killed)
        else:
            patched.setattr(discord.Thread, "send", killed)
        await remind(world.env.bot, soon(hours=2))
    assert len(reminders(world)) == int(sent_already)
    await world.restart()
    assert await remind(world.env.bot, dt.datetime.now(dt.UTC)) == 0, "it may still be under way"
    later = dt.datetime.now(dt.UTC) + UNHEARD + dt.timedelta(seconds=5)
    assert await remind(world.env.bot, later) == int(not sent_already)
    assert await remind(world.env.bot, later + UNHEARD * 2) == 0
    assert len(reminders(world)) == 1
    (found,) = await discussions.find(str(world.guild.id))
    whole = await discussions.get(found.discussion_id)
    assert [one.event for one in whole.timeline].count("reminder") == 1


async def test_discord_failing_in_between_is_made_good_once(world: World, thread: Any) -> None:
    await world.team.slash(thread, "discuss action", text="Call", owner=world.officer, due="+1h")
    world.env.inject_error("POST", f"/channels/{thread.id}/messages", status=403, code=50001)
    before = len(world.channel.history())
    assert await remind(world.env.bot, soon(hours=2)) == 1
    assert len(world.channel.history()) == before + 1, "the channel above takes it"
    assert await remind(world.env.bot, soon(hours=20)) == 0


async def test_a_reminder_whose_thread_and_channel_are_gone_is_given_up(
    world: World, thread: Any
) -> None:
    await world.team.slash(thread, "discuss action", text="Call", owner=world.officer, due="+1h")
    world.env.backend.delete_channel(thread.id)
    world.env.backend.delete_channel(world.channel.id)
    await world.env.settle()
    assert await remind(world.env.bot, soon(hours=2)) == 0
    assert await remind(world.env.bot, soon(hours=2) + 2 * UNHEARD) == 0
    assert (
        await world.services.journal.discussions.unconfirmed_reminders(soon(hours=9).isoformat())
        == ()
    )


async def test_reminders_run_around_the_bot_and_end_with_it(
    world: World, thread: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.chat import reminders as module

    monkeypatch.setattr(module, "EVERY", 0.05)
    await world.team.slash(thread, "discuss action", text="Call", owner=world.officer, due="+1min")
    discussions = world.services.journal.discussions
    (action,) = await actions(world)
    due = dt.datetime.fromisoformat(action.remind_at)
    real = type(discussions).due_reminders

    async def an_hour_later(self: Any, _at: str | None = None) -> Any:
        return await real(self, (due + dt.timedelta(hours=1)).isoformat())

    monkeypatch.setattr(type(discussions), "due_reminders", an_hour_later)
    bot = world.env.bot
    assert isinstance(bot, RedlineBot)
    async with reminding(bot):
        for _ in range(100):
            if reminders(world):
                break
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.2)
    assert len(reminders(world)) == 1
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "reminders"]
    assert components(thread.last_message)
