"""The message menu **Add to discussion**: what somebody wrote, with who and when, on the record."""

from __future__ import annotations

import json
from typing import Any

import discord
import pytest
from chat_world import ANALYSIS, World, buttons, shown
from discussing import pings

MENU = "Add to discussion"
HOSTILE = "@everyone <@1> **x** https://evil.example"


async def opened(world: World, title: str = "First") -> Any:
    await world.team.slash(world.channel, "discuss start", title=title, entry=ANALYSIS)
    return world.channel.threads[-1]


async def events(world: World, title: str = "First") -> list[Any]:
    found = await world.services.journal.discussions.find(str(world.guild.id))
    key = next(one.discussion_id for one in found if one.title == title)
    whole = await world.services.journal.discussions.get(key)
    assert whole is not None
    return list(whole.timeline)


@pytest.mark.parametrize("kind", ["fact", "claim", "decision", "question"])
async def test_a_message_in_the_thread_is_added_with_type_note_author_and_link(
    world: World, kind: str
) -> None:
    thread = await opened(world)
    message = await world.officer.send(thread, "They leave on Monday.")
    form = await world.team.context_menu(thread, MENU, message)
    assert "discussion" not in json.dumps(form.modal["components"][1:]).replace("note", "")
    done = await world.team.submit_modal(form, {"type": [kind], "note": "From the ministry"})
    text = shown(done)
    assert not done.response.ephemeral
    for part in ("They leave on Monday.", "From the ministry", message.jump_url):
        assert part in text
    (event,) = await events(world)
    assert (event.event, event.text) == (kind, "They leave on Monday.")
    assert (event.user_id, event.recorded_by) == (str(world.officer.id), str(world.team.id))
    assert event.message_id == str(message.id)
    assert event.message_link == message.jump_url
    assert event.details == {"note": "From the ministry"}
    assert event.occurred_at[:19] == message.created_at.isoformat()[:19]
    assert (await world.records())[-1]["command"] == MENU


async def test_outside_a_thread_one_chooses_among_the_open_discussions(world: World) -> None:
    first, second = await opened(world, "First"), await opened(world, "Second")
    closed = await opened(world, "Third")
    await world.team.slash(closed, "discuss close")
    message = await world.officer.send(world.channel, "Something new")
    form = await world.team.context_menu(world.channel, MENU, message)
    offered = json.dumps(form.modal)
    assert "First" in offered
    assert "Second" in offered
    assert "Third" not in offered
    found = await world.services.journal.discussions.find(str(world.guild.id))
    key = next(one.discussion_id for one in found if one.title == "Second")
    done = await world.team.submit_modal(form, {"type": ["claim"], "discussion": [key]})
    assert done.response.ephemeral
    assert f"<#{second.id}>" in shown(done)
    assert "Something new" in shown(second.last_message)
    assert [one.text for one in await events(world, "Second")] == ["Something new"]
    assert await events(world, "First") == []
    assert "Something new" not in shown(first.last_message)


async def test_without_an_open_discussion_the_way_out_is_named(world: World) -> None:
    message = await world.officer.send(world.channel, "Something new")
    told = await world.team.context_menu(world.channel, MENU, message)
    assert "/discuss start" in shown(told)


async def test_a_closed_discussion_takes_no_message(world: World) -> None:
    thread = await opened(world)
    message = await world.officer.send(thread, "Late")
    form = await world.team.context_menu(thread, MENU, message)
    await world.team.slash(thread, "discuss close")
    late = await world.team.submit_modal(form, {"type": ["fact"]})
    assert "closed and takes nothing more" in shown(late)
    again = await world.team.context_menu(thread, MENU, message)
    assert "closed and takes nothing more" in shown(again)


async def test_discussions_of_hidden_channels_are_not_offered(world: World) -> None:
    hidden = world.guild.create_text_channel(
        "hidden",
        overwrites={
            world.guild.default_role: discord.PermissionOverwrite(view_channel=False),
            world.officer: discord.PermissionOverwrite(view_channel=True),
            world.guild.me: discord.PermissionOverwrite(view_channel=True),
        },
    )
    await world.officer.slash(hidden, "discuss start", title="Hush")
    message = await world.officer.send(world.channel, "Something")
    told = await world.team.context_menu(world.channel, MENU, message)
    assert "Hush" not in shown(told)
    assert told.modal is None
    theirs = await world.officer.context_menu(world.channel, MENU, message)
    assert "Hush" in json.dumps(theirs.modal)


async def test_hostile_words_stay_words(world: World) -> None:
    thread = await opened(world)
    message = await world.officer.send(thread, HOSTILE)
    form = await world.team.context_menu(thread, MENU, message)
    done = await world.team.submit_modal(form, {"type": ["fact"], "note": HOSTILE})
    text = shown(done)
    assert "@everyone" not in text
    assert "<@1>" not in text
    assert "**x**" not in text
    assert "https://evil" not in text
    assert pings(world) == []
    assert (await events(world))[0].text == HOSTILE


async def test_a_long_message_begins_on_the_card_and_is_whole_in_the_timeline(
    world: World,
) -> None:
    thread = await opened(world)
    words = " ".join(f"word{number}" for number in range(250))
    message = await world.officer.send(thread, words)
    form = await world.team.context_menu(thread, MENU, message)
    done = await world.team.submit_modal(form, {"type": ["fact"]})
    assert "…" in shown(done)
    assert message.jump_url in shown(done)
    seen = await world.team.slash(thread, "discuss show")
    pages = shown(seen)
    while "page" in buttons(seen) or any("#1" in key for key in buttons(seen)):
        following = buttons(seen).get("d-show#1")
        if following is None or following.get("disabled"):
            break
        seen = await world.team.click(seen.response, custom_id=following["custom_id"])
        pages += shown(seen)
    assert "word249" in pages


async def test_a_message_of_nothing_but_a_picture_is_added_by_its_address(world: World) -> None:
    thread = await opened(world)
    message = await world.officer.send(thread, attachments=[("map.png", b"png")])
    form = await world.team.context_menu(thread, MENU, message)
    await world.team.submit_modal(form, {"type": ["fact"]})
    assert "map.png" in (await events(world))[0].text


async def test_an_answer_that_only_one_person_saw_does_not_get_into_a_thread(
    world: World,
) -> None:
    thread = await opened(world)
    private = await world.officer.slash(thread, "topic", entry="analysis-inside-assessment")
    assert private.response.ephemeral
    told = await world.officer.context_menu(thread, MENU, private.response.message)
    assert "only for you" in shown(told)
    assert await events(world) == []
