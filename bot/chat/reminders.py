"""Reminders of actions that are due: each is sent once, whatever happens in between.

A reminder is claimed in the database before it is sent and confirmed in the journal afterwards.
Where the program ended between the two, the thread itself tells whether it was sent. It is the one
message of the bot that calls somebody, and only the owner whom a command named.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.chat.cards.discuss import REMINDING, reminder_card
from bot.chat.custom_ids import parse
from bot.chat.discuss import thread_of
from bot.chat.repeating import repeating
from bot.chat.text import SOURCE, plain
from bot.journal import ActionItem, Discussion

if TYPE_CHECKING:
    from bot.chat.client import RedlineBot

log = logging.getLogger(__name__)

EVERY = 30.0
"""Seconds between two looks at what is due."""

UNHEARD = dt.timedelta(minutes=2)
"""After this long, a reminder that was claimed and never confirmed is looked for."""

LOOKED_AT = 200
"""Messages of a thread, from the claim on, among which a reminder is looked for."""

ThreadOrChannel = discord.Thread | discord.TextChannel


@asynccontextmanager
async def reminding(bot: RedlineBot) -> AsyncGenerator[None]:
    """Send reminders as long as this is entered."""
    async with repeating(bot, remind, EVERY, name="reminders"):
        yield


async def remind(bot: RedlineBot, at: dt.datetime | None = None) -> int:
    """Send every reminder that is due at this moment; returns how many were sent.

    Raises what a failing database raises; what was claimed by then is looked for later.
    """
    at = at or dt.datetime.now(dt.UTC)
    discussions = bot.services.journal.discussions
    sent = 0
    for action in await discussions.unconfirmed_reminders((at - UNHEARD).isoformat()):
        if await discussions.claim_again(action):
            sent += await _make_good(bot, action)
    for action in await discussions.due_reminders(at.isoformat()):
        if await discussions.claim_reminder(action.action_id):
            sent += await _send(bot, action)
    return sent


async def _make_good(bot: RedlineBot, action: ActionItem) -> bool:
    """Send a reminder of which nothing was heard, unless it stands in Discord already."""
    discussion = await bot.services.journal.discussions.head(action.discussion_id)
    claimed = dt.datetime.fromisoformat(action.reminded_at or "")
    for place in await _places(bot, discussion) if discussion else ():
        try:
            message_id = await _find(bot, place, action, claimed)
        except discord.Forbidden:
            continue
        if message_id is not None:
            await bot.services.journal.discussions.confirm_reminder(action, message_id)
            return False
    return await _send(bot, action)


async def _find(
    bot: RedlineBot, place: ThreadOrChannel, action: ActionItem, claimed: dt.datetime
) -> str | None:
    """The id of the message that reminded of this action, if it was sent after the claim."""
    since = claimed - dt.timedelta(minutes=1)
    async for message in place.history(limit=LOOKED_AT, after=since, oldest_first=True):
        if bot.user is None or message.author.id != bot.user.id:
            continue
        view = discord.ui.LayoutView.from_message(message, timeout=None)
        for item in view.walk_children():
            ref = parse(str(getattr(item, "custom_id", "")))
            if ref and (ref.entry, ref.page) == (action.action_id, REMINDING):
                return str(message.id)
    return None


async def _send(bot: RedlineBot, action: ActionItem) -> bool:
    discussions = bot.services.journal.discussions
    discussion = await discussions.head(action.discussion_id)
    places = await _places(bot, discussion) if discussion else []
    settings = await bot.services.guilds.get(int(action.guild_id or 0) or None)
    language = settings.language or SOURCE
    title = discussion.title if discussion else None
    card = reminder_card(action, title or plain("discuss.erased", language), language)
    owner = [discord.Object(int(action.owner_id))] if action.owner_id else []
    only_the_owner = discord.AllowedMentions(everyone=False, roles=False, users=owner)
    for place in places:
        try:
            message = await place.send(
                view=card.view(), allowed_mentions=only_the_owner, nonce=action.action_id
            )
        except (discord.DiscordServerError, aiohttp.ClientError, OSError) as error:
            # Nobody knows whether it got through: the next look at the thread will tell.
            log.warning("reminder %s was not answered for: %s", action.action_id, error)
            return False
        except discord.HTTPException as error:
            log.warning("reminder %s was refused: %s", action.action_id, error)
            continue
        await discussions.confirm_reminder(action, str(message.id))
        return True
    log.warning("reminder %s has no place left to go to", action.action_id)
    await discussions.confirm_reminder(action, None)
    return False


async def _places(bot: RedlineBot, discussion: Discussion) -> list[ThreadOrChannel]:
    """The discussion's thread; the channel above it as well, where the thread is gone."""
    thread = await thread_of(bot, discussion)
    parent = bot.get_channel(int(discussion.parent_id or 0))
    found: list[ThreadOrChannel] = [thread] if thread is not None else []
    if isinstance(parent, discord.TextChannel):
        found.append(parent)
    return found
