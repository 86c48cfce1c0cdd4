"""Telling maintainers where it hurts: a broken knowledge base, in the channel set for warnings."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot.chat.cards.answer import Setting
from bot.chat.cards.kb import broken_card
from bot.chat.respond import NO_MENTIONS
from bot.chat.text import SOURCE
from bot.knowledge.store import ReloadReport

if TYPE_CHECKING:
    from bot.chat.client import RedlineBot

log = logging.getLogger(__name__)


async def warn_of_knowledge(bot: RedlineBot, report: ReloadReport) -> None:
    """Post what is wrong with the knowledge base wherever a channel for warnings is set."""
    for guild in bot.guilds:
        settings = await bot.services.guilds.get(guild.id)
        channel = settings.channel_for("warnings", guild)
        if channel is None:
            continue
        card = broken_card(report, Setting(settings.language or SOURCE))
        try:
            await channel.send(view=card.view(), allowed_mentions=NO_MENTIONS)
        except discord.HTTPException as error:
            log.warning("the warning could not be posted in server %s: %s", guild.id, error)
