"""The one sender: it knows what state an interaction is in and picks the way that still works."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Literal

import discord
from discord import InteractionResponseType, InteractionType

from bot.chat.cards.layout import CardView, notice
from bot.chat.text import language_of, t

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062
"""Answered later than three seconds after the click."""
UNKNOWN_WEBHOOK = 10015
"""The interaction's token has expired: fifteen minutes are over."""
INVALID_WEBHOOK_TOKEN = 50027
"""The same, as Discord says it for a token that it no longer knows."""
ALREADY_ACKNOWLEDGED = 40060
"""Somebody else, or the automatic deferral, was first."""

EXPIRED = frozenset({UNKNOWN_INTERACTION, UNKNOWN_WEBHOOK, INVALID_WEBHOOK_TOKEN})

NO_MENTIONS = discord.AllowedMentions.none()

Delivery = Literal["response", "edit", "followup", "channel", "lost"]
"""How an answer reached the user; `lost` is logged."""


async def send(
    interaction: discord.Interaction,
    view: CardView,
    *,
    private: bool,
    edit: bool = False,
    files: Sequence[discord.File] = (),
) -> Delivery:
    """Show a card as the answer to an interaction.

    `private` keeps it between the bot and the user; `edit` puts it in the place of the message
    whose button was clicked. Raises discord.HTTPException where Discord refuses the card itself.
    """
    try:
        if not interaction.response.is_done():
            try:
                return await _respond(interaction, view, private, edit, files)
            except discord.InteractionResponded:
                pass
            except discord.HTTPException as error:
                if error.code != ALREADY_ACKNOWLEDGED:
                    raise
        return await _follow(interaction, view, private, files)
    except discord.HTTPException as error:
        if error.code not in EXPIRED:
            raise
        log.warning("interaction %s expired before its answer (%s)", interaction.id, error.code)
        return await _to_channel(interaction, view, private, files)


async def _respond(
    interaction: discord.Interaction,
    view: CardView,
    private: bool,
    edit: bool,
    files: Sequence[discord.File],
) -> Delivery:
    if edit and interaction.type is InteractionType.component:
        await interaction.response.edit_message(
            view=view, attachments=list(files), allowed_mentions=NO_MENTIONS
        )
        return "edit"
    await interaction.response.send_message(
        view=view, ephemeral=private, files=list(files), allowed_mentions=NO_MENTIONS
    )
    return "response"


async def _follow(
    interaction: discord.Interaction, view: CardView, private: bool, files: Sequence[discord.File]
) -> Delivery:
    kind = interaction.response.type
    deferred_private = bool(interaction.extras.get("deferred_private"))
    if interaction.extras.pop("waiting", False):
        if kind is InteractionResponseType.deferred_message_update:
            await interaction.edit_original_response(
                view=view, attachments=list(files), allowed_mentions=NO_MENTIONS
            )
            return "edit"
        if deferred_private == private:
            await interaction.edit_original_response(
                view=view, attachments=list(files), allowed_mentions=NO_MENTIONS
            )
            return "followup"
        # What was deferred can't change who sees it: close it, then send the card anew.
        language = language_of(interaction.locale)
        key = "card.answered-privately" if private else "card.answered-openly"
        await interaction.edit_original_response(view=notice(t(key, language), language=language))
    await interaction.followup.send(
        view=view, ephemeral=private, files=list(files), allowed_mentions=NO_MENTIONS
    )
    return "followup"


async def defer(interaction: discord.Interaction, *, private: bool, edit: bool) -> None:
    """Tell Discord that the answer takes a moment. Does nothing where it is too late for that."""
    if interaction.response.is_done():
        return
    edits = edit and interaction.type is InteractionType.component
    try:
        await interaction.response.defer(ephemeral=private, thinking=not edits)
    except discord.InteractionResponded:
        return
    except discord.HTTPException as error:
        if error.code not in EXPIRED and error.code != ALREADY_ACKNOWLEDGED:
            raise
        return
    interaction.extras["waiting"] = True
    interaction.extras["deferred_private"] = private


async def _to_channel(
    interaction: discord.Interaction, view: CardView, private: bool, files: Sequence[discord.File]
) -> Delivery:
    """The last way. A private answer is never posted: only that it could not be delivered."""
    channel = interaction.channel
    if not isinstance(channel, discord.abc.Messageable):
        log.warning("interaction %s has no channel to fall back to", interaction.id)
        return "lost"
    if private:
        language = language_of(interaction.locale)
        name = interaction.user.display_name
        view, files = notice(t("error.too-late", language, name=name), language=language), ()
    try:
        await channel.send(view=view, files=list(files), allowed_mentions=NO_MENTIONS)
    except discord.HTTPException as error:
        log.warning("interaction %s could not be answered at all: %s", interaction.id, error)
        return "lost"
    return "channel"
