"""`/draft`: from a filled template to its release, under four eyes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import pytest_asyncio
from chat_world import SHIPPED, World, answer, buttons, click, shown
from drafting import Newsroom

from bot.advice.drafts import Actor, reject
from bot.chat.drafting.stored import change_of, draft_of
from bot.journal import DraftChange
from bot.journal.drafts import Drafts


@pytest.fixture
def knowledge() -> Path:
    return SHIPPED


@pytest_asyncio.fixture
async def room(world: World) -> Newsroom:
    return await Newsroom(world).with_board()


async def test_from_a_filled_template_to_its_release(room: Newsroom) -> None:
    card = await room.filled()
    sent = await click(room.author, card, "dr-send")
    assert "Submitted for approval" in shown(sent)
    (waiting,) = room.posts(room.board)
    assert "waits for approval" in shown(waiting)

    approved = await room.approver.click(
        waiting, custom_id=buttons(waiting)["dr-appr"]["custom_id"]
    )
    assert "Approved. It can be released until" in shown(approved)
    assert answer(approved).flags.ephemeral
    (decided,) = room.posts(room.board)
    assert "No longer waits" in shown(decided)
    assert "dr-appr" not in buttons(decided)

    name = await room.name()
    released = await room.author.slash(
        room.world.channel, "draft release", draft=name, channel=room.press
    )
    assert room.press.mention in shown(released)
    (post,) = room.posts(room.press)
    assert "TLP:" in shown(post)
    files = {file.filename.rsplit(".", 1)[1]: file for file in answer(released).attachments}
    assert set(files) == {"txt", "docx"}
    text = (await files["txt"].read()).decode()
    assert "APPROVED by janis" in text
    assert await room.state() == "released"


async def test_saved_alone_it_tells_nobody(room: Newsroom) -> None:
    card = await room.filled()
    saved = await click(room.author, card, "dr-save")
    assert "Nobody is told" in shown(saved)
    assert not room.posts(room.board)
    listed = await room.author.slash(room.world.channel, "draft list")
    assert "Drafts: 1" in shown(listed)
    opened = await click(room.author, listed, "dr-show")
    sent = await click(room.author, opened, "dr-subm")
    assert "Submitted for approval" in shown(sent)
    assert len(room.posts(room.board)) == 1


async def test_nobody_approves_what_they_wrote(room: Newsroom) -> None:
    sent = await room.submitted(room.both)
    assert "somebody else has to approve it" in shown(sent)
    assert "dr-appr" not in buttons(sent)
    own = await room.decide(room.both, "dr-appr")
    assert "You wrote a version" in shown(own)
    by_command = await room.both.slash(room.world.channel, "draft approve", draft=await room.name())
    assert "You wrote a version" in shown(by_command)
    assert await room.state() == "submitted"
    await room.decide(room.approver, "dr-appr")
    assert await room.state() == "approved"


async def test_officers_do_not_approve_and_the_team_sees_nothing(room: Newsroom) -> None:
    await room.submitted()
    name = await room.name()
    world = room.world
    officer = world.guild.add_member(
        world.env.create_user("olga"), roles=[world.guild.roles["Comms Officer"]]
    )
    refused = await room.decide(officer, "dr-appr")
    assert "needs one of these roles" in shown(refused)
    for command in ("show", "history", "approve", "submit", "edit", "release", "withdraw"):
        refused = await world.team.slash(world.channel, f"draft {command}", draft=name)
        assert "needs one of these roles" in shown(refused), command
    refused = await world.team.slash(world.channel, "draft list")
    assert "needs one of these roles" in shown(refused)
    assert await world.team.autocomplete(world.channel, "draft show", "draft", "") == []
    card = await room.filled(world.team)
    assert "dr-send" not in buttons(card)
    assert await room.state() == "submitted"


async def test_of_two_clicks_at_once_one_wins_and_the_other_is_told(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    await room.submitted()
    store = room.world.services.journal.drafts
    save = Drafts.save
    draft_id = (await room.name()).rsplit("-", 1)[0]

    async def overtaken(self: Drafts, change: DraftChange) -> None:
        """Between reading and saving, the other approver's click comes through."""
        monkeypatch.setattr(Drafts, "save", save)
        stored = await store.get(draft_id)
        assert stored is not None
        rasa = Actor(str(room.second.id), "rasa", frozenset({"approver"}))
        other = reject(draft_of(stored), rasa, dt.datetime.now(dt.UTC), "Too sharp a line.")
        await save(self, change_of(other, guild_id=stored.guild_id))
        await save(self, change)

    monkeypatch.setattr(Drafts, "save", overtaken)
    late = await room.decide(room.approver, "dr-appr")
    assert "rasa was quicker: the draft now stands at “Sent back”" in shown(late)
    assert await room.state() == "rejected"
    later = await room.decide(room.both, "dr-appr")
    assert "not possible now" in shown(later)
    stored = await store.get(draft_id)
    assert stored is not None
    assert [step.public["action"] for step in stored.steps] == [
        "drafted", "submitted", "rejected",
    ]  # fmt: skip


async def test_an_edit_voids_the_approval_and_the_change_can_be_read(room: Newsroom) -> None:
    name = await room.approved()
    form = await room.author.slash(room.world.channel, "draft edit", draft=name)
    assert form.modal is not None
    edited = await room.author.submit_modal(
        form, {"text": "No third country has a veto. Full stop."}
    )
    assert "Saved as version 2" in shown(edited)
    assert await room.state() == "draft"
    (board,) = room.posts(room.board)
    assert "No longer waits" in shown(board)
    refused = await room.author.slash(room.world.channel, "draft release", draft=name)
    assert "not possible now" in shown(refused)
    history = await click(room.author, edited, "dr-hist")
    text = shown(history)
    assert "```diff" in text
    assert "+ No third country has a veto." in text
    assert "approved" in text


async def test_what_was_shown_is_what_is_approved(room: Newsroom) -> None:
    await room.submitted()
    # Two approvers have it open when the author changes it and submits it again.
    opened = await room.decide(room.approver, "dr-show")
    old = await room.name()
    form = await room.author.slash(room.world.channel, "draft edit", draft=old)
    await room.author.submit_modal(form, {"text": "No third country has a veto. None."})
    await room.author.slash(room.world.channel, "draft submit", draft=await room.name())
    refused = await click(room.approver, opened, "dr-appr")
    assert "text was changed after you opened it" in shown(refused)
    refused = await room.second.slash(room.world.channel, "draft approve", draft=old)
    assert "text was changed after you opened it" in shown(refused)
    assert await room.state() == "submitted"
    offered = await room.approver.autocomplete(room.world.channel, "draft approve", "draft", "")
    assert [choice["value"] for choice in offered] == [await room.name()]
    await room.approver.slash(room.world.channel, "draft approve", draft=await room.name())
    refused = await room.author.slash(room.world.channel, "draft release", draft=old)
    assert "text was changed after you opened it" in shown(refused)
    assert await room.state() == "approved"


async def test_what_may_not_be_edited_is_told_before_the_form(room: Newsroom) -> None:
    await room.submitted()
    named = {"draft": await room.name()}
    await room.author.slash(room.world.channel, "draft withdraw", reason="Not needed now.", **named)
    refused = await room.author.slash(room.world.channel, "draft edit", **named)
    assert "Withdrawn" in shown(refused)


async def test_an_edit_that_comes_too_late_is_given_back(room: Newsroom) -> None:
    await room.submitted()
    first = await room.author.slash(room.world.channel, "draft edit", draft=await room.name())
    second = await room.both.slash(room.world.channel, "draft edit", draft=await room.name())
    await room.author.submit_modal(first, {"text": "No third country has a veto. One."})
    late = await room.both.submit_modal(second, {"text": "No third country has a veto. Two."})
    assert "text was changed after you opened it" in shown(late)
    assert "veto. Two." in shown(late)
    history = await room.author.slash(room.world.channel, "draft history", draft=await room.name())
    assert "Two." not in shown(history)


async def test_a_blocked_text_waits_for_a_reason_on_record(room: Newsroom) -> None:
    await room.submitted()
    form = await room.author.slash(room.world.channel, "draft edit", draft=await room.name())
    blocked = await room.author.submit_modal(
        form, {"text": "Our presence in Estonia is negotiable."}
    )
    assert "Held back" in shown(blocked)
    assert "dr-subm" not in buttons(blocked)
    name = await room.name()
    refused = await room.author.slash(room.world.channel, "draft submit", draft=name)
    assert "holds it back" in shown(refused)
    refused = await room.author.slash(
        room.world.channel, "draft override", draft=name, reason="It quotes the other side."
    )
    assert "needs one of these roles" in shown(refused)
    opened = await room.approver.slash(room.world.channel, "draft show", draft=name)
    form = await click(room.approver, opened, "dr-over")
    short = await room.approver.submit_modal(form, {"reason": "ok"})
    assert "at least 8 characters" in shown(short)
    form = await click(room.approver, opened, "dr-over")
    passed = await room.approver.submit_modal(form, {"reason": "It quotes the other side."})
    assert "reason on record" in shown(passed)
    sent = await room.author.slash(room.world.channel, "draft submit", draft=name)
    assert "Submitted" in shown(sent)
    await room.second.slash(room.world.channel, "draft approve", draft=name)
    released = await room.author.slash(room.world.channel, "draft release", draft=name)
    (plain,) = [file for file in answer(released).attachments if file.filename.endswith("txt")]
    text = (await plain.read()).decode()
    assert "APPROVED by rasa" in text
    assert "Blocker overridden: It quotes the other side." in text


async def test_a_blocked_text_is_put_before_those_who_can_override(room: Newsroom) -> None:
    template = room.template()
    slot = next(name for name, each in template.slots.items() if each.type == "text")
    blocked = {slot: "Our presence in Estonia is negotiable."[: template.slots[slot].max_length]}
    sent = await click(room.author, await room.filled(**blocked), "dr-send")
    assert "not submitted" in shown(sent)
    assert await room.state() == "draft"
    (asking,) = room.posts(room.board)
    assert "waits for an approver's decision" in shown(asking)
    opened = await room.decide(room.approver, "dr-show")
    form = await click(room.approver, opened, "dr-over")
    await room.approver.submit_modal(form, {"reason": "It quotes the other side."})
    assert "No longer waits" in shown(room.posts(room.board)[0])


async def test_a_rejection_has_a_reason_and_ends_nothing(room: Newsroom) -> None:
    await room.submitted()
    form = await room.decide(room.approver, "dr-rej")
    await room.approver.submit_modal(form, {"reason": "Name the treaty."})
    assert await room.state() == "rejected"
    opened = await room.author.slash(room.world.channel, "draft show", draft=await room.name())
    assert "Name the treaty." in shown(opened)
    assert {"dr-edit", "dr-draw"} <= set(buttons(opened))
    form = await click(room.author, opened, "dr-draw")
    withdrawn = await room.author.submit_modal(form, {"reason": ""})
    assert "Withdrawn" in shown(withdrawn)
    listed = await room.author.slash(room.world.channel, "draft list")
    assert "No drafts here" in shown(listed)
    listed = await room.author.slash(room.world.channel, "draft list", state="withdrawn")
    assert "Drafts: 1" in shown(listed)


async def test_buttons_outlive_a_restart(room: Newsroom) -> None:
    await room.submitted()
    await room.world.restart()
    result = await room.decide(room.approver, "dr-appr")
    assert "Approved. It can" in shown(result)
    await room.world.restart()
    form = await click(room.approver, result, "dr-rel")
    released = await room.approver.submit_modal(form, {"channel": []})
    assert "Released" in shown(released)
    assert not room.posts(room.press)


async def test_a_form_posts_to_the_channel_that_is_chosen(room: Newsroom) -> None:
    name = await room.approved()
    opened = await room.author.slash(room.world.channel, "draft show", draft=name)
    form = await click(room.author, opened, "dr-rel")
    await room.author.submit_modal(form, {"channel": [room.press]})
    assert len(room.posts(room.press)) == 1
    assert await room.state() == "released"
    again = await room.author.slash(room.world.channel, "draft release", draft=name)
    assert "closed" in shown(again)
    assert len(room.posts(room.press)) == 1
    shares = await room.world.log("share")
    assert str(room.posts(room.press)[0].id) in shares[-1]
