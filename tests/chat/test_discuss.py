"""Discussions: opened, added to, closed; from commands, buttons and forms, over restarts."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import discord
import pytest
from chat_world import (
    ANALYSIS,
    OPTION,
    REDLINE,
    RETIRED,
    SECRET,
    World,
    buttons,
    click,
    components,
    shown,
)
from discussing import pings

from bot.chat.reminders import remind

HOSTILE = "@everyone <@1> **x** # y https://evil.example `z` <t:1:R> [a](b)"


async def started(world: World, **options: Any) -> Any:
    """The thread of a fresh discussion."""
    result = await world.team.slash(
        world.channel, "discuss start", **(options or {"entry": ANALYSIS})
    )
    assert "The discussion is open" in shown(result), shown(result)
    assert result.response.ephemeral
    return world.channel.threads[-1]


def archived(world: World, thread: Any) -> bool:
    return world.env.backend.get_channel(thread.id).thread_metadata.archived


async def timeline(world: World) -> list[Any]:
    """Events of the only discussion, as the journal has them."""
    (found,) = await world.services.journal.discussions.find(str(world.guild.id))
    whole = await world.services.journal.discussions.get(found.discussion_id)
    assert whole is not None
    return list(whole.timeline)


async def test_start_opens_a_public_thread_with_a_card_of_the_entry(world: World) -> None:
    thread = await started(world)
    assert thread.name == "Why the demand comes now"
    card = shown(thread.last_message)
    assert "Why the demand comes now" in card
    assert "The demand tests the alliance." in card
    assert "TLP:CLEAR" in card
    assert "reliability" in card, "sources are named"
    assert f"<@{world.team.id}>" in card
    assert "Only what is added" in card
    (kept,) = await world.services.journal.discussions.find(str(world.guild.id))
    assert kept.entries == (ANALYSIS,)
    assert (kept.thread_id, kept.parent_id) == (str(thread.id), str(world.channel.id))
    assert [record["command"] for record in await world.records()] == ["discuss start"]
    assert pings(world) == []


async def test_start_with_a_question_brings_its_best_entry_along(world: World) -> None:
    thread = await started(world, question="why does the demand come now?")
    card = shown(thread.last_message)
    assert "why does the demand come now?" in card
    assert "The demand tests the alliance." in card


async def test_a_question_without_an_answer_is_discussed_all_the_same(world: World) -> None:
    thread = await started(world, question="zebra lasagne xylophone", title="Odd one")
    assert "nothing on file" in shown(thread.last_message)
    assert thread.name == "Odd one"
    assert (await world.records())[0]["outcome"] == "nothing-on-file"


async def test_start_with_a_title_alone(world: World) -> None:
    thread = await started(world, title="How we work")
    assert "How we work" in shown(thread.last_message)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "title, an entry or a question"),
        ({"title": "\u200b \u202e"}, "needs a title"),
        ({"entry": "no-such-entry"}, "not in the knowledge base"),
        ({"entry": RETIRED}, "retired"),
        ({"question": "\u200b"}, "question is empty"),
    ],
)
async def test_what_cannot_be_discussed_is_told_and_opens_nothing(
    world: World, options: dict[str, str], told: str
) -> None:
    result = await world.team.slash(world.channel, "discuss start", **options)
    assert told in shown(result)
    assert world.channel.threads == []
    assert await world.services.journal.discussions.find(str(world.guild.id)) == ()


async def test_an_entry_above_green_is_never_opened_to_a_channel(world: World) -> None:
    for person in (world.team, world.officer):
        result = await person.slash(world.channel, "discuss start", entry=SECRET)
        assert "never posted to a channel" in shown(result)
    answer = await world.officer.slash(world.channel, "topic", entry=SECRET)
    assert "discuss" not in buttons(answer)
    asked = await world.officer.slash(
        world.channel, "discuss start", question="inside assessment of the garrison"
    )
    assert "is open" in shown(asked)
    said = "".join(shown(message) for message in world.channel.threads[-1].history())
    assert "nine days" not in said
    assert SECRET not in said


async def test_a_thread_is_no_place_to_start_and_the_way_out_is_named(world: World) -> None:
    thread = await started(world)
    result = await world.team.slash(thread, "discuss start", title="Inner")
    assert f"<#{world.channel.id}>" in shown(result)


async def test_who_may_not_open_threads_is_told_what_is_missing(world: World) -> None:
    quiet = world.guild.create_text_channel(
        "quiet",
        overwrites={
            world.guild.default_role: discord.PermissionOverwrite(create_public_threads=False)
        },
    )
    result = await world.team.slash(quiet, "discuss start", title="x")
    assert "Create Public Threads" in shown(result)
    assert quiet.threads == []


async def test_the_button_of_an_answer_asks_for_the_title_and_opens(world: World) -> None:
    answer = await world.team.slash(world.channel, "ask", question="why does the demand come now?")
    await world.restart()
    form = await click(world.team, answer, "discuss")
    assert form.modal is not None
    assert "Why the demand comes now" in json.dumps(form.modal)
    assert world.channel.threads == [], "a click alone opens nothing"
    done = await world.team.submit_modal(form, {"title": "The timing"})
    assert "is open" in shown(done)
    (kept,) = await world.services.journal.discussions.find(str(world.guild.id))
    assert kept.title == "The timing"
    first = (await world.records())[0]
    assert kept.interaction_id == first["interaction_id"], "the answer that it began with"


async def test_notes_and_decisions_are_posted_and_on_record(world: World) -> None:
    thread = await started(world)
    note = await world.team.slash(thread, "discuss note", text="First thought", entry=REDLINE)
    assert not note.response.ephemeral
    assert "First thought" in shown(note)
    await world.officer.slash(thread, "discuss decide", text="We answer today")
    assert "We answer today" in shown(thread.last_message)
    events = await timeline(world)
    assert [(one.event, one.text, one.user_id) for one in events] == [
        ("note", "First thought", str(world.team.id)),
        ("decision", "We answer today", str(world.officer.id)),
    ]
    assert events[0].entries == (REDLINE,)
    assert [record["command"] for record in await world.records()][-2:] == [
        "discuss note",
        "discuss decide",
    ]
    assert pings(world) == []


async def test_a_note_does_not_carry_an_entry_above_green_into_the_thread(world: World) -> None:
    thread = await started(world)
    result = await world.officer.slash(thread, "discuss note", text="See this", entry=SECRET)
    assert "never posted" in shown(result)
    assert await timeline(world) == []


async def test_elsewhere_one_names_the_discussion(world: World) -> None:
    thread = await started(world, title="The big one")
    choices = await world.team.autocomplete(world.channel, "discuss note", "discussion", "big")
    assert [choice["name"].split(" · ")[0] for choice in choices] == ["The big one"]
    result = await world.team.slash(
        world.channel, "discuss note", text="From afar", discussion=choices[0]["value"]
    )
    assert result.response.ephemeral
    assert f"<#{thread.id}>" in shown(result)
    assert "From afar" in shown(thread.last_message)
    lost = await world.team.slash(world.channel, "discuss note", text="Where?")
    assert "not the thread of a discussion" in shown(lost)
    wrong = await world.team.slash(world.channel, "discuss note", text="x", discussion="d-0")
    assert "no such discussion" in shown(wrong)


async def test_a_discussion_in_a_hidden_channel_is_not_there_for_others(world: World) -> None:
    hidden = world.guild.create_text_channel(
        "hidden",
        overwrites={
            world.guild.default_role: discord.PermissionOverwrite(view_channel=False),
            world.officer: discord.PermissionOverwrite(view_channel=True),
            world.guild.me: discord.PermissionOverwrite(view_channel=True),
        },
    )
    result = await world.officer.slash(hidden, "discuss start", title="Hush")
    assert "is open" in shown(result)
    (kept,) = await world.services.journal.discussions.find(str(world.guild.id))
    assert await world.team.autocomplete(world.channel, "discuss show", "discussion", "") == []
    for command in ("discuss show", "discuss export"):
        more = {"format": "md"} if command.endswith("export") else {}
        told = await world.team.slash(world.channel, command, discussion=kept.discussion_id, **more)
        assert "no such discussion" in shown(told)
        assert "Hush" not in shown(told)


async def test_the_buttons_of_the_card_take_notes_and_decisions_after_a_restart(
    world: World,
) -> None:
    thread = await started(world)
    card = thread.last_message
    await world.restart()
    form = await world.team.click(card, custom_id=buttons(card)["d-note"]["custom_id"])
    noted = await world.team.submit_modal(form, {"text": "By button"})
    assert "By button" in shown(noted)
    form = await world.team.click(card, custom_id=buttons(card)["d-dec"]["custom_id"])
    await world.team.submit_modal(form, {"text": "Decided by button"})
    seen = await world.team.click(card, custom_id=buttons(card)["d-show"]["custom_id"])
    text = shown(seen)
    assert seen.response.ephemeral
    assert "By button" in text
    assert "Decided by button" in text
    first = dt.datetime.fromisoformat((await timeline(world))[0].occurred_at)
    assert f"<t:{int(first.timestamp())}:f>" in text


async def test_the_answer_to_start_has_the_same_buttons_for_those_who_stay(world: World) -> None:
    reply = await world.team.slash(world.channel, "discuss start", entry=ANALYSIS)
    form = await click(world.team, reply, "d-note")
    noted = await world.team.submit_modal(form, {"text": "From the channel"})
    assert noted.response.ephemeral
    assert "From the channel" in shown(world.channel.threads[-1].last_message)
    seen = await click(world.team, reply, "d-show")
    assert "From the channel" in shown(seen)


async def test_hostile_words_show_as_they_were_written_and_call_nobody(world: World) -> None:
    thread = await started(world, title=HOSTILE)
    await world.team.slash(thread, "discuss note", text=HOSTILE)
    await world.team.slash(thread, "discuss decide", text=HOSTILE)
    await world.team.slash(thread, "discuss action", text=HOSTILE)
    seen = await world.team.slash(thread, "discuss show")
    closed = await world.team.slash(thread, "discuss close", summary=HOSTILE)
    for message in [*thread.history(), seen, closed]:
        text = shown(message) if components(message) else ""
        assert "@everyone" not in text
        assert "<@1>" not in text
        assert "**x**" not in text
        assert "https://evil" not in text
        assert "<t:1:R>" not in text
        assert "[a](b)" not in text
    assert pings(world) == []


async def test_empty_words_are_refused(world: World) -> None:
    thread = await started(world)
    result = await world.team.slash(thread, "discuss note", text="\u200b\u202e ")
    assert "no words" in shown(result)
    assert await timeline(world) == []


async def test_the_longest_note_stands_whole_on_its_card(world: World) -> None:
    thread = await started(world)
    words = "_" * 1000
    result = await world.team.slash(thread, "discuss note", text=words)
    assert shown(result).count("\\_") == 1000


async def test_words_of_many_lines_from_a_form_are_posted_to_the_last(world: World) -> None:
    thread = await started(world)
    card = thread.last_message
    form = await world.team.click(card, custom_id=buttons(card)["d-note"]["custom_id"])
    await world.team.submit_modal(form, {"text": "-\n" * 498 + "end"})
    posted = "\n".join(shown(message) for message in thread.history()[1:])
    assert posted.count("\\-") == 498
    assert "end" in posted
    assert pings(world) == []


@pytest.mark.parametrize("who", ["team", "officer", "admin"])
async def test_starter_officers_and_administrators_may_close(world: World, who: str) -> None:
    thread = await started(world)
    await world.team.slash(thread, "discuss decide", text="We answer")
    result = await getattr(world, who).slash(thread, "discuss close", summary="All said")
    text = shown(result)
    for part in (
        "All said",
        "We answer",
        "Lasted",
        "People (",
        "Decisions (1)",
        "Open actions (0)",
    ):
        assert part in text
    assert "Why the demand comes now" in text
    assert archived(world, thread)


async def test_a_thread_that_discord_does_not_archive_is_closed_all_the_same(
    world: World,
) -> None:
    thread = await started(world)
    world.env.inject_error("PATCH", f"/channels/{thread.id}", status=403, code=50013)
    result = await world.team.slash(thread, "discuss close")
    assert "Manage Threads" in shown(result)
    assert [one.event for one in await timeline(world)] == ["close"]


async def test_a_discussion_whose_thread_was_deleted_can_be_closed_and_exported(
    world: World,
) -> None:
    thread = await started(world)
    (kept,) = await world.services.journal.discussions.find(str(world.guild.id))
    world.env.backend.delete_channel(thread.id)
    await world.env.settle()
    named = {"discussion": kept.discussion_id}
    told = await world.team.slash(world.channel, "discuss note", text="Lost", **named)
    assert "gone from Discord" in shown(told)
    file = await world.team.slash(world.channel, "discuss export", format="md", **named)
    assert file.response.attachments
    closed = await world.team.slash(world.channel, "discuss close", **named)
    assert closed.response.ephemeral
    assert "Closed" in shown(closed)
    assert [one.event for one in await timeline(world)] == ["close"]


async def test_the_summary_has_every_decision_whole_on_its_pages(world: World) -> None:
    thread = await started(world)
    for number in range(4):
        await world.team.slash(thread, "discuss decide", text=f"D{number} " + "word " * 180 + "end")
    closed = await world.team.slash(thread, "discuss close")
    pages = [shown(closed)]
    following = buttons(closed)["d-sum#1"]
    while not following.get("disabled"):
        turned = await world.officer.click(closed.response, custom_id=following["custom_id"])
        assert turned.response.ephemeral, "the public card stays as it is"
        pages.append(shown(turned))
        closed, following = turned, buttons(turned).get(f"d-sum#{len(pages)}", {"disabled": True})
    assert len(pages) > 1
    assert sum(page.count("end") for page in pages) >= 4
    assert all(f"D{number}" in "".join(pages) for number in range(4))


async def test_others_may_not_close(world: World) -> None:
    thread = await started(world)
    card = thread.last_message
    result = await world.maintainer.slash(thread, "discuss close")
    assert "Only whoever opened" in shown(result)
    clicked = await world.maintainer.click(card, custom_id=buttons(card)["d-close"]["custom_id"])
    assert "Only whoever opened" in shown(clicked)
    assert clicked.modal is None
    form = await world.officer.click(card, custom_id=buttons(card)["d-close"]["custom_id"])
    done = await world.officer.submit_modal(form, {"text": "Enough"})
    assert "Enough" in shown(done)


async def test_a_closed_discussion_takes_nothing_more_and_still_shows(world: World) -> None:
    thread = await started(world)
    card = thread.last_message
    await world.team.slash(thread, "discuss close")
    for command, options in (
        ("discuss note", {"text": "late"}),
        ("discuss decide", {"text": "late"}),
        ("discuss action", {"text": "late"}),
        ("discuss close", {}),
    ):
        told = await world.team.slash(thread, command, **options)
        assert "closed and takes nothing more" in shown(told), command
    for key in ("d-note", "d-dec", "d-close"):
        told = await world.team.click(card, custom_id=buttons(card)[key]["custom_id"])
        assert "closed and takes nothing more" in shown(told), key
    seen = await world.team.slash(thread, "discuss show")
    assert "late" not in shown(seen)
    assert [one.event for one in await timeline(world)] == ["close"]


async def test_what_was_consulted_in_the_thread_is_named_but_nothing_above_green(
    world: World,
) -> None:
    thread = await started(world, title="Plain")
    await world.team.slash(thread, "topic", entry=OPTION)
    await world.officer.slash(thread, "topic", entry=SECRET)
    result = await world.team.slash(thread, "discuss close")
    text = shown(result)
    assert OPTION in text
    assert SECRET not in text
    assert "Entries consulted (1)" in text


async def test_a_journal_that_is_away_keeps_a_discussion_from_opening(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    async def away(*_: object, **__: object) -> None:
        raise OperationalError("insert", {}, OSError("disk full"))

    monkeypatch.setattr(world.services.journal.discussions._log, "append_with", away)
    result = await world.team.slash(world.channel, "discuss start", title="x")
    assert "cannot take this just now" in shown(result)
    thread = world.channel.threads[-1]
    assert "cannot take this just now" in shown(thread.last_message)
    assert archived(world, thread)


async def test_a_long_timeline_is_paged_and_loses_nothing(world: World) -> None:
    thread = await started(world)
    for number in range(25):
        await world.team.slash(thread, "discuss note", text=f"Note {number:02}. " + "word " * 60)
    seen = await world.team.slash(thread, "discuss show")
    pages = [shown(seen)]
    while True:
        forward = [part for part in components(seen) if "Next" in str(part.get("label"))]
        if not forward or forward[0].get("disabled"):
            break
        seen = await world.team.click(seen.response, custom_id=forward[0]["custom_id"])
        pages.append(shown(seen))
    assert len(pages) > 3
    whole = "\n".join(pages)
    assert all(f"Note {number:02}." in whole for number in range(25))


async def test_what_is_sent_conforms_to_discord_s_own_description(world: World) -> None:
    from test_conformance import OPENAPI, conforms

    if not OPENAPI.is_file():
        pytest.skip("Discord's OpenAPI description is not beside this checkout")
    thread = await started(world)
    card = thread.last_message
    await world.team.slash(thread, "discuss note", text=HOSTILE, entry=REDLINE)
    await world.team.slash(thread, "discuss action", text="Call", owner=world.officer, due="+1h")
    await remind(world.env.bot, dt.datetime.now(dt.UTC) + dt.timedelta(hours=2))
    for key in ("d-note", "d-dec", "d-close", "d-show", "open"):
        await world.team.click(card, custom_id=buttons(card)[key]["custom_id"])
    message = await world.officer.send(world.channel, "A claim")
    await world.team.context_menu(world.channel, "Add to discussion", message)
    await world.team.slash(thread, "discuss close", summary="Done")
    schemas = {
        4: "CreateMessageInteractionCallbackRequest",
        9: "ModalInteractionCallbackRequest",
    }
    forms, answers, messages = 0, 0, 0
    for sent in world.env.http_requests:
        if sent.path.endswith("/callback") and sent.json:
            kind = sent.json["type"]
            conforms(sent.json, schemas[kind])
            forms += kind == 9
            answers += kind == 4
        elif sent.path.endswith("/messages") and sent.json:
            # discord.py writes these ids as numbers, which Discord takes as well.
            allowed = sent.json["allowed_mentions"]
            users = [str(number) for number in allowed.get("users", ())]
            allowed = {**allowed, "users": users}
            conforms({**sent.json, "allowed_mentions": allowed}, "MessageCreateRequest")
            messages += 1
    assert (forms, messages) == (4, 2)
    assert answers >= 5
