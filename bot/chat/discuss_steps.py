"""What people do in a discussion: note, decide, take on, finish, close. Each is on record first."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import TYPE_CHECKING

import discord

from bot.chat.cards.discuss import Said, action_card, summary_card
from bot.chat.cards.layout import notice
from bot.chat.custom_ids import base36
from bot.chat.discuss import (
    Desk,
    journalled,
    meant,
    put_away,
    require_shareable_entry,
    text_given,
    thread_of,
)
from bot.chat.mistakes import Refusal, UserError
from bot.chat.text import t
from bot.journal import ActionItem, Discussion, DiscussionState, NewEvent
from bot.journal.discussions import Event
from bot.journal.records import now

if TYPE_CHECKING:
    from bot.chat.request import Request

THREAD_IS_ARCHIVED = 50083
"""Discord's code for a change to a message in a thread that has been folded away."""


async def add(
    asked: Request, event: Event, text: str, *, named: str | None = None, entry: str | None = None
) -> None:
    """Add words to a discussion: a note or a decision."""
    discussion = await meant(asked, named)
    words = text_given(text)
    if entry is not None:
        require_shareable_entry(asked, entry)
    desk = await Desk.of(asked, discussion)
    author = str(asked.interaction.user.id)
    said = Said(event, words, author, now(), entry=entry)
    with journalled():
        await asked.services.journal.discussions.add(
            NewEvent(
                discussion.discussion_id,
                event,
                words,
                author,
                occurred_at=said.at,
                entries=(entry,) if entry else (),
                key=f"{event}-{asked.interaction.id}",
            )
        )
    await desk.post_said(said)


async def take_on(
    asked: Request,
    text: str,
    *,
    owner: discord.Member | None,
    due: dt.datetime | None,
    remind: dt.datetime | None,
    named: str | None,
) -> None:
    """Put something to do on record and post its card."""
    discussion = await meant(asked, named)
    words = text_given(text)
    desk = await Desk.of(asked, discussion)
    if owner is not None:
        if owner.bot:
            raise UserError("error.owner-is-a-bot")
        parent = desk.thread.parent
        if parent is None or not parent.permissions_for(owner).view_channel:
            raise UserError("error.owner-cannot-see")
    action_id = f"a-{base36(asked.interaction.id)}"
    owner_id = str(owner.id) if owner else None
    event = NewEvent(
        discussion.discussion_id,
        "action",
        words,
        str(asked.interaction.user.id),
        key=f"action-{asked.interaction.id}",
    )
    with journalled():
        await asked.services.journal.discussions.add_action(
            event,
            action_id=action_id,
            owner_id=owner_id,
            due_at=due.isoformat() if due else None,
            remind_at=remind.isoformat() if remind else None,
        )
        action = await asked.services.journal.discussions.action(action_id)
    if action is None:
        raise UserError("error.journal-away")
    await desk.post(action_card(action, asked.language))


async def finish(asked: Request, action_id: str, *, done: bool, page: int = 0) -> None:
    """Mark an action done, or open again, and bring its card up to date."""
    discussions = asked.services.journal.discussions
    with journalled():
        action = await discussions.action(action_id)
        discussion = await discussions.head(action.discussion_id) if action else None
    if (
        action is None
        or discussion is None
        or discussion.guild_id != str(asked.interaction.guild_id)
    ):
        raise UserError("error.no-such-action")
    _require_hand_in(asked, action, discussion)
    with journalled():
        # Where somebody else was first, the card shows how it stands now.
        with contextlib.suppress(DiscussionState):
            await discussions.finish_action(
                action_id, user_id=str(asked.interaction.user.id), done=done
            )
        action = await discussions.action(action_id) or action
    await _renew(asked, action, page, closed=discussion.state != "open")


async def _renew(asked: Request, action: ActionItem, page: int, *, closed: bool) -> None:
    thread = asked.interaction.channel
    folded = isinstance(thread, discord.Thread) and thread.archived
    if folded and isinstance(thread, discord.Thread):
        try:
            await thread.edit(archived=False)
        except discord.HTTPException as error:
            if error.code != THREAD_IS_ARCHIVED and not isinstance(error, discord.Forbidden):
                raise
    asked.edit = True
    await asked.show(action_card(action, asked.language, page).view(), private=False)
    if folded and closed and isinstance(thread, discord.Thread):
        await put_away(thread)


def _require_hand_in(asked: Request, action: ActionItem, discussion: Discussion) -> None:
    """Its owner, who opened the discussion, officers and administrators; anybody where nobody
    owns it. Raises Refusal."""
    user = str(asked.interaction.user.id)
    if action.owner_id is None or user in (action.owner_id, discussion.user_id):
        return
    if not (asked.access.holds("officer") or asked.access.administrator):
        raise Refusal("error.not-your-action")


def require_may_close(asked: Request, discussion: Discussion) -> None:
    """Who opened it, Comms Officers and administrators. Raises Refusal for all others."""
    if str(asked.interaction.user.id) == discussion.user_id:
        return
    if not (asked.access.holds("officer") or asked.access.administrator):
        raise Refusal("error.cannot-close")


async def close(asked: Request, summary: str, *, named: str | None = None) -> None:
    """Close a discussion: its summary is posted and its thread archived."""
    discussion = await meant(asked, named)
    require_may_close(asked, discussion)
    # Where the thread is gone, the discussion can be closed all the same.
    gone = await thread_of(asked.bot, discussion) is None
    desk = None if gone else await Desk.of(asked, discussion)
    discussions = asked.services.journal.discussions
    with journalled():
        await discussions.close(
            discussion.discussion_id,
            user_id=str(asked.interaction.user.id),
            summary=summary.strip(),
        )
        whole = await discussions.get(discussion.discussion_id)
    if whole is None:
        raise UserError("error.journal-away")
    card = summary_card(whole, asked.adviser.snapshot, asked.language)
    if desk is None:
        await asked.show(card.view(), entries=whole.entries, private=True)
        return
    await desk.post(card, entries=whole.entries)
    if not await put_away(desk.thread):
        view = notice(t("discuss.not-archived", asked.language), language=asked.language)
        await asked.show(view, private=True)
