"""The release of an approved text: posted to a channel, or handed out."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot.advice import drafts as four_eyes
from bot.advice.clearance import SHAREABLE, label
from bot.chat.cards.drafts import release_card
from bot.chat.drafting.board import refresh
from bot.chat.drafting.desk import exactly, take
from bot.chat.drafting.showing import show
from bot.chat.mistakes import Refusal
from bot.chat.respond import NO_MENTIONS
from bot.chat.text import SOURCE, Markdown, t
from bot.journal import FAULTS, JournalLost

if TYPE_CHECKING:
    from bot.chat.drafting.seen import Seen
    from bot.chat.request import Request

log = logging.getLogger(__name__)


async def release(asked: Request, name: str, channel: discord.TextChannel | None) -> None:
    """Put the release of the text that was shown on record, then post it. Nobody is called by it.

    On record first: of two clicks at once one wins, and no text stands in a channel that the
    record does not know. Where Discord does not take the post, the text is given to whoever asked.
    """

    def may_stand_there(seen: Seen) -> None:
        if channel is not None:
            _require_channel(asked, seen, channel)

    seen = await take(asked, name, exactly(name, four_eyes.release), may_stand_there)
    said = t("draft.released", asked.language)
    if channel is not None:
        place = Markdown(channel.mention)
        posted = await _post(asked, seen, channel)
        key = "draft.released-to" if posted else "error.draft-not-posted"
        said = t(key, asked.language, channel=place)
    await show(asked, seen, said)
    await refresh(asked.bot, asked.interaction.guild_id, seen)


def _require_channel(asked: Request, seen: Seen, channel: discord.TextChannel) -> None:
    """Raises Refusal where the marking, the member or the bot may not go there."""
    place = Markdown(channel.mention)
    if seen.message.tlp not in SHAREABLE:
        raise Refusal("error.draft-marking", marking=label(seen.message.tlp))
    member = asked.interaction.user
    mine = channel.permissions_for(member) if isinstance(member, discord.Member) else None
    if mine is None or not (mine.view_channel and mine.send_messages):
        raise Refusal("error.draft-you-cannot-post", channel=place)
    ours = channel.permissions_for(channel.guild.me)
    if not (ours.view_channel and ours.send_messages):
        raise Refusal("error.draft-bot-cannot-post", channel=place)


async def _post(asked: Request, seen: Seen, channel: discord.TextChannel) -> bool:
    card = release_card(seen, asked.guild.language or SOURCE)
    ids: list[int] = []
    try:
        for page in range(len(card.pages())):
            message = await channel.send(view=card.view(page), allowed_mentions=NO_MENTIONS)
            ids.append(message.id)
    except discord.HTTPException as error:
        log.warning("draft %s could not be posted: %s", seen.draft.id, error)
    await _record(asked, seen, channel, ids)
    return len(ids) == len(card.pages())


async def _record(asked: Request, seen: Seen, channel: discord.TextChannel, ids: list[int]) -> None:
    """Where it stands: what was posted is found again from the record."""
    for message_id in ids:
        try:
            await asked.services.journal.record_share(
                interaction_id=str(asked.interaction.id),
                message_id=str(message_id),
                entries=seen.entries,
                tlp=seen.message.tlp,
                guild_id=str(channel.guild.id),
                channel_id=str(channel.id),
                user_id=str(asked.interaction.user.id),
            )
        except (*FAULTS, JournalLost):
            log.exception("the post of draft %s is not on record", seen.draft.id)
