"""The channel for approvals: a card for each draft that waits, kept up to date.

Which message shows a draft stands in no table: its buttons name it, so the channel itself tells.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

import discord

from bot.chat.cards.drafts import board_card
from bot.chat.custom_ids import parse
from bot.chat.drafting.names import read_name
from bot.chat.drafting.seen import Seen
from bot.chat.respond import NO_MENTIONS
from bot.chat.text import SOURCE, Markdown, t

if TYPE_CHECKING:
    from bot.chat.client import RedlineBot
    from bot.chat.request import Request

log = logging.getLogger(__name__)

LOOKED_AT = 100
"""Messages of the channel among which a draft's card is looked for."""

SLACK = dt.timedelta(minutes=1)
"""By how much Discord's clock and ours may differ."""


async def tell(asked: Request, seen: Seen) -> Markdown:
    """Put the draft before the approvers; what to tell its author of that."""
    settings, language = asked.guild, asked.language
    if settings.channels.get("approvals") is None:
        return t("draft.told-nobody", language)
    channel = settings.channel_for("approvals", asked.interaction.guild)
    place = Markdown(f"<#{settings.channels['approvals']}>")
    if channel is None:
        return t("draft.told-refused", language, channel=place)
    card = board_card(seen, settings.language or SOURCE)
    try:
        await channel.send(view=card.view(), allowed_mentions=NO_MENTIONS)
    except discord.HTTPException as error:
        log.warning("draft %s could not be shown to the approvers: %s", seen.draft.id, error)
        return t("draft.told-refused", language, channel=place)
    return t("draft.told", language, channel=place)


async def refresh(bot: RedlineBot, guild_id: int | None, seen: Seen) -> None:
    """Show on the board where the draft stands now. A board that can't be read is left as it is:
    its buttons tell whoever clicks them."""
    settings = await bot.services.guilds.get(guild_id)
    channel = settings.channel_for("approvals", bot.get_guild(guild_id or 0))
    if channel is None or bot.user is None:
        return
    view = board_card(seen, settings.language or SOURCE).view()
    begun = seen.draft.history[0].at - SLACK
    try:
        async for message in channel.history(limit=LOOKED_AT, after=begun, oldest_first=False):
            if message.author.id == bot.user.id and _shows(message, seen.draft.id):
                await message.edit(view=view, allowed_mentions=NO_MENTIONS)
    except discord.HTTPException as error:
        log.warning("the board of server %s could not be brought up to date: %s", guild_id, error)


def _shows(message: discord.Message, draft_id: str) -> bool:
    if not message.flags.components_v2:
        return False
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    refs = (parse(str(getattr(item, "custom_id", ""))) for item in view.walk_children())
    return any(ref is not None and read_name(ref.entry)[0] == draft_id for ref in refs)
