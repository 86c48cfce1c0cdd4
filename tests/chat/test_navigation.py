"""From an answer to what it leads to and back, after a restart and after a reload as well."""

from __future__ import annotations

import json

import discord
import pytest
from chat_world import (
    ANALYSIS,
    LONG,
    OPTION,
    REDLINE,
    SECRET,
    World,
    buttons,
    click,
    components,
    select,
    shown,
)

QUESTION = "why does the demand come now?"


@pytest.fixture
async def answer(world: World):
    return await world.team.slash(world.channel, "ask", question=QUESTION)


@pytest.mark.parametrize("restarted", [False, True])
async def test_to_the_red_line_and_back_to_the_answer(
    world: World, answer, restarted: bool
) -> None:
    if restarted:
        await world.restart()
    listed = await click(world.team, answer, "o-red")
    assert "Red lines (1)" in shown(listed)
    opened = await click(world.team, listed, f"open:{REDLINE}")
    assert "Must never be said" in shown(opened)
    if restarted:
        await world.restart()
    back = await click(world.team, opened, "back")
    assert "Why the demand comes now" in shown(back)
    assert "Matched by" in shown(back), "the first answer comes back, not only its entry"
    assert back.response.id == answer.response.id, "all in the place of one message"
    assert len(world.channel.history(viewer=world.team)) == 1


@pytest.mark.parametrize("code", ["red", "opt", "tpl", "src"])
async def test_every_list_opens_its_entries_and_returns(world: World, answer, code: str) -> None:
    listed = await click(world.team, answer, f"o-{code}")
    opened = await click(world.team, listed, "open")
    assert opened.response.ephemeral
    back = await click(world.team, opened, "back")
    assert "Why the demand comes now" in shown(back)


async def test_lists_of_an_opened_entry_lead_back_to_that_entry(world: World, answer) -> None:
    listed = await click(world.team, answer, "o-red")
    opened = await click(world.team, listed, f"open:{REDLINE}")
    sources = await click(world.team, opened, "l-src")
    returned = await click(world.team, sources, "page")
    assert "Must never be said" in shown(returned)


async def test_another_match_is_picked_from_the_select(world: World, answer) -> None:
    offered = next(part for part in components(answer) if part.get("type") == 3)
    chosen = offered["options"][0]["value"]
    picked = await select(world.team, answer, "pick", chosen)
    assert chosen in shown(picked)
    assert "back" in buttons(picked)


async def test_buttons_live_on_after_the_view_has_timed_out(world: World, answer) -> None:
    await world.env.advance_time(16 * 60)
    listed = await click(world.team, answer, "o-src")
    assert "Sources" in shown(listed)


async def test_clicks_are_journalled_with_what_they_showed(world: World, answer) -> None:
    await click(world.team, answer, "o-red")
    records = await world.records()
    assert [record["command"] for record in records] == ["ask", "button o-red"]
    assert json.loads(records[1]["private"])["options"]["entry"] == ANALYSIS


async def test_an_entry_that_was_retired_is_told_politely(world: World) -> None:
    held = await world.team.slash(world.channel, "topic", entry=LONG)
    path = next(world.services.store.directory.rglob(f"{LONG}.yaml"))
    path.write_text(path.read_text().replace("status: reviewed", "status: retired"))
    assert world.services.store.reload().changed_ids == (LONG,)
    told = await click(world.team, held, "o-src")
    assert "retired" in shown(told)
    assert told.response.ephemeral


async def test_an_entry_that_was_deleted_is_told_politely(world: World) -> None:
    result = await world.team.slash(world.channel, "topic", entry=SECRET)
    assert "TLP:AMBER" in shown(result)
    held = await world.officer.slash(world.channel, "topic", entry=SECRET)
    next(world.services.store.directory.rglob(f"{SECRET}.yaml")).unlink()
    assert world.services.store.reload().removed == (SECRET,)
    gone = await click(world.officer, held, "o-src")
    assert "not in the knowledge base" in shown(gone)


async def test_a_button_of_an_earlier_version_says_so(world: World) -> None:
    class Old(discord.ui.View):
        @discord.ui.button(label="Old", custom_id="redline_v0_open")
        async def old(self, *_: object) -> None:
            raise AssertionError("never called: the view is not registered")

    channel = world.env.bot.get_channel(world.channel.id)
    view = Old(timeout=None)
    message = await channel.send(view=view)
    await world.restart()
    message = world.channel.history()[-1]
    result = await world.team.click(message, custom_id="redline_v0_open")
    assert "earlier version" in shown(result)


async def test_an_unknown_action_of_ours_says_so_too(world: World) -> None:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Old", custom_id="rl:nosuch:0:en:0:"))
    channel = world.env.bot.get_channel(world.channel.id)
    await channel.send(view=view)
    await world.restart()
    result = await world.team.click(world.channel.history()[-1], custom_id="rl:nosuch:0:en:0:")
    assert "earlier version" in shown(result)


async def test_nobody_gets_back_to_what_somebody_else_asked(world: World, answer) -> None:
    mine = buttons(answer)["o-red"]["custom_id"]
    origin = mine.split(":")[2]
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="x", custom_id=f"rl:back:{origin}:en:0:{ANALYSIS}"))
    await world.env.bot.get_channel(world.channel.id).send(view=view)
    result = await world.officer.click(world.channel.last_message, label="x")
    assert "no longer on record" in shown(result)
    assert QUESTION not in shown(result)


async def test_share_posts_the_card_and_journals_who_shared(world: World, answer) -> None:
    done = await click(world.team, answer, "share")
    assert done.response.ephemeral
    assert "Shared" in shown(done)
    posted = next(m for m in world.channel.history() if not m.flags.ephemeral)
    assert "Shared by tiina" in shown(posted)
    assert posted.mentions == []
    shares = [json.loads(line) for line in await world.log("share")]
    assert [(share["entries"][0], share["tlp"]) for share in shares] == [(ANALYSIS, "clear")]


async def test_sharing_needs_the_right_to_post(world: World) -> None:
    muted = world.guild.create_text_channel(
        "announcements",
        overwrites={
            world.guild.default_role: discord.PermissionOverwrite(send_messages=False),
            world.admin: discord.PermissionOverwrite(send_messages=True),
        },
    )
    result = await world.team.slash(muted, "ask", question=QUESTION)
    refused = await click(world.team, result, "share")
    assert "may not post" in shown(refused)
    assert await world.log("share") == []


async def test_what_became_amber_after_the_answer_is_not_shared(world: World, answer) -> None:
    path = next(world.services.store.directory.rglob(f"{ANALYSIS}.yaml"))
    path.write_text(path.read_text().replace("tlp: clear", "tlp: amber"))
    assert world.services.store.reload().changed
    refused = await click(world.team, answer, "share")
    assert "TLP" in shown(refused)
    assert [m for m in world.channel.history() if not m.flags.ephemeral] == []
    assert await world.log("share") == []
    officer = await world.officer.slash(world.channel, "topic", entry=ANALYSIS)
    assert "share" not in buttons(officer)


@pytest.mark.parametrize(("button", "helpful"), [("yes", True), ("no", False)])
async def test_feedback_reaches_the_journal_under_the_answer(
    world: World, answer, button: str, helpful: bool
) -> None:
    thanks = await click(world.team, answer, button)
    assert thanks.response.ephemeral
    (line,) = [json.loads(line) for line in await world.log("feedback")]
    first = (await world.records())[0]
    assert line["helpful"] is helpful
    assert line["interaction_id"] == first["interaction_id"]
    assert line["entry"] == ANALYSIS


async def test_the_answer_survives_a_forgotten_question(world: World, answer) -> None:
    listed = await click(world.team, answer, "o-opt")
    opened = await click(world.team, listed, f"open:{OPTION}")
    world.services.ledger.forget(world.team.id)
    from sqlalchemy import text

    async with world.services.journal.engine.begin() as connection:
        await connection.execute(text("update record set private = null, user_id = null"))
    told = await click(world.team, opened, "back")
    assert "no longer on record" in shown(told)
