"""Where an approved text may go, what goes with it, and how long an approval lasts."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import discord
import docx
import pytest
import pytest_asyncio
from chat_world import SHIPPED, World, answer, buttons, click, shown
from discussing import pings
from drafting import Newsroom

from bot.advice.drafts import Actor, new_draft, submit
from bot.chat.drafting.expiry import expire_due
from bot.chat.drafting.stored import change_of
from bot.knowledge.kinds import Template


@pytest.fixture
def knowledge() -> Path:
    return SHIPPED


@pytest_asyncio.fixture
async def room(world: World) -> Newsroom:
    return await Newsroom(world).with_board()


def later(**span: float) -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(**span)


async def test_the_files_carry_the_text_its_marking_and_who_approved_it(room: Newsroom) -> None:
    name = await room.approved()
    released = await room.author.slash(room.world.channel, "draft release", draft=name)
    files = {file.filename.rsplit(".", 1)[1]: file for file in answer(released).attachments}
    plain = (await files["txt"].read()).decode()
    text = plain.split("-" * 60)[1].strip()
    assert text in shown(released)
    document = docx.Document(io.BytesIO(await files["docx"].read()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("Approved by janis" in cell for cell in cells)
    assert not any("ot approved" in cell for cell in cells)
    # Opened again, they come again.
    opened = await room.author.slash(room.world.channel, "draft show", draft=name)
    assert {file.filename for file in answer(opened).attachments} == {
        file.filename for file in answer(released).attachments
    }


async def test_a_text_above_green_goes_to_no_channel_and_its_words_to_no_board(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = room.template()
    secret = template.model_copy(update={"tlp": "amber"})
    entries = dict(room.world.services.store.snapshot.entries)
    entries[template.id] = secret
    snapshot = room.world.services.advisers.current.snapshot
    monkeypatch.setattr(type(snapshot), "entries", entries, raising=False)
    monkeypatch.setattr(type(snapshot), "get", lambda _self, key: entries.get(key))
    assert isinstance(snapshot.get(template.id), Template)
    await room.submitted()
    (waiting,) = room.posts(room.board)
    assert "marking does not allow" in shown(waiting)
    assert "```" not in shown(waiting)
    assert template.title not in shown(waiting)
    assert "dr-appr" not in buttons(waiting)
    opened = await room.approver.click(waiting, custom_id=buttons(waiting)["dr-show"]["custom_id"])
    assert "```" in shown(opened)
    await click(room.approver, opened, "dr-appr")
    refused = await room.author.slash(
        room.world.channel, "draft release", draft=await room.name(), channel=room.press
    )
    assert "TLP:AMBER is never posted" in shown(refused)
    assert await room.state() == "approved"
    assert not room.posts(room.press)
    handed = await room.author.slash(room.world.channel, "draft release", draft=await room.name())
    assert "Released" in shown(handed)
    assert answer(handed).flags.ephemeral


async def test_nobody_posts_where_they_may_not(room: Newsroom) -> None:
    name = await room.approved()
    closed = room.world.guild.create_text_channel(
        "closed", overwrites={room.author: discord.PermissionOverwrite(send_messages=False)}
    )
    refused = await room.author.slash(
        room.world.channel, "draft release", draft=name, channel=closed
    )
    assert "You may not post in" in shown(refused)
    assert await room.state() == "approved"


async def test_what_discord_does_not_take_is_given_to_whoever_released_it(room: Newsroom) -> None:
    name = await room.approved()
    room.world.env.inject_error(
        "POST", f"/channels/{room.press.id}/messages", status=403, code=50001
    )
    released = await room.author.slash(
        room.world.channel, "draft release", draft=name, channel=room.press
    )
    assert "Discord did not take the post" in shown(released)
    assert "```" in shown(released)
    assert len(answer(released).attachments) == 2
    assert await room.state() == "released"


async def test_without_a_board_the_author_is_told_to_tell_somebody(world: World) -> None:
    room = Newsroom(world)
    sent = await room.submitted()
    assert "No channel for approvals is set" in shown(sent)
    approved = await room.approver.slash(world.channel, "draft approve", draft=await room.name())
    assert "Approved" in shown(approved)


async def test_a_board_that_is_closed_to_the_bot_is_told_of(room: Newsroom) -> None:
    room.world.env.inject_error(
        "POST", f"/channels/{room.board.id}/messages", status=403, code=50001
    )
    sent = await room.submitted()
    assert "nobody was told there" in shown(sent)
    assert await room.state() == "submitted"


async def test_an_approval_does_not_keep(room: Newsroom) -> None:
    name = await room.approved()
    bot = room.world.env.bot
    assert await expire_due(bot, later(hours=23)) == 0
    assert await expire_due(bot, later(hours=25)) == 1
    assert await expire_due(bot, later(hours=25)) == 0
    assert await room.state() == "expired"
    assert "Expired" in shown(room.posts(room.board)[0])
    refused = await room.author.slash(room.world.channel, "draft release", draft=name)
    assert "expired" in shown(refused)
    history = await room.author.slash(room.world.channel, "draft history", draft=name)
    assert "expired" in shown(history)
    assert (await room.world.services.journal.verify()).ok


async def test_what_is_over_is_over_before_anybody_marks_it(room: Newsroom) -> None:
    author = Actor(str(room.author.id), "oskar", frozenset({"officer"}))
    drafts, guild = room.world.services.journal.drafts, str(room.world.guild.id)
    draft = new_draft("dr-old", "The line holds.", author, later(days=-4), channel="x")
    await drafts.save(change_of(draft, guild_id=guild))
    await drafts.save(change_of(submit(draft, author, later(days=-4)), guild_id=guild))
    refused = await room.approver.slash(room.world.channel, "draft approve", draft="dr-old")
    assert "expired" in shown(refused)
    assert await room.state() == "submitted"


async def test_words_of_somebody_forgotten_go_nowhere(room: Newsroom) -> None:
    name = await room.approved()
    await room.world.services.journal.eraser.forget(str(room.author.id))
    refused = await room.both.slash(room.world.channel, "draft release", draft=name)
    assert "words of this draft were erased" in shown(refused)
    listed = await room.both.slash(room.world.channel, "draft list")
    assert "Drafts: 1" in shown(listed)
    assert await expire_due(room.world.env.bot, later(days=30)) == 1
    assert (await room.world.services.journal.verify()).ok


async def test_nothing_of_it_calls_anybody(room: Newsroom) -> None:
    name = await room.approved()
    await room.author.slash(room.world.channel, "draft release", draft=name, channel=room.press)
    assert pings(room.world) == []


async def test_drafts_of_another_server_are_not_there(room: Newsroom) -> None:
    name = await room.approved()
    env = room.world.env
    other = env.create_guild("Elsewhere")
    role = other.create_role("Comms Officer")
    stranger = other.add_member(env.create_user("stranger"), roles=[role])
    channel = other.create_text_channel("desk")
    for command in ("show", "history", "release", "edit"):
        refused = await stranger.slash(channel, f"draft {command}", draft=name)
        assert "There is no draft" in shown(refused), command


async def test_a_draft_of_a_discussion_is_in_its_after_action_pack(room: Newsroom) -> None:
    world = room.world
    await world.team.slash(world.channel, "discuss start", title="The cable")
    thread = world.channel.threads[-1]
    sent = await click(room.author, await room.filled(channel=thread), "dr-send")
    assert "Submitted" in shown(sent)
    await room.decide(room.approver, "dr-appr")
    packed = await room.author.slash(thread, "discuss export", format="pack")
    (file,) = answer(packed).attachments
    with zipfile.ZipFile(io.BytesIO(await file.read())) as pack:
        text = pack.read("drafts/01.md").decode()
    assert "approved by janis" in text
    assert "here by invitation" in text or "third country" in text
