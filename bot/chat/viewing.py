"""What a member may see of what others asked and said here."""

from __future__ import annotations

from contextlib import AbstractContextManager

import discord

from bot.chat.access import has_desk
from bot.chat.journal_away import journal_needed
from bot.chat.request import Request
from bot.journal import Viewer


def journal_read() -> AbstractContextManager[None]:
    """Reading what others asked and said."""
    return journal_needed("error.history-away")


def viewer_of(asked: Request, *, all_questions: bool = False) -> Viewer:
    """The asker as a viewer of the journal: this server, the channels that they can read, and
    the markings that their offices admit."""
    interaction = asked.interaction
    return Viewer(
        user_id=str(interaction.user.id),
        guild_id=str(interaction.guild_id) if interaction.guild_id else None,
        channel_ids=readable_channels(interaction),
        tlp="RED" if asked.access.offices else "GREEN",
        all_questions=all_questions,
        drafts=has_desk(asked.access),
    )


def readable_channels(interaction: discord.Interaction) -> frozenset[str]:
    """Ids of the channels and open threads that the member can read.

    A private thread counts for those who manage threads: who is in it the bot need not know.
    """
    guild, member = interaction.guild, interaction.user
    if guild is None or not isinstance(member, discord.Member):
        return frozenset()
    found = {
        str(channel.id)
        for channel in guild.channels
        if channel.permissions_for(member).view_channel
    }
    for thread in guild.threads:
        if thread.parent is None:
            continue
        rights = thread.parent.permissions_for(member)
        if rights.view_channel and (not thread.is_private() or rights.manage_threads):
            found.add(str(thread.id))
    return frozenset(found)
