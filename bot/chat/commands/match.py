"""The message menu **Match this statement**: which narrative it is, and what answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.cards.match import sentence_blocks
from bot.chat.client import RedlineBot
from bot.chat.message_text import text_of
from bot.chat.mistakes import UserError
from bot.chat.replay import replays
from bot.chat.request import Request, request
from bot.chat.text import localised, visible

COMMAND = "Match this statement"
LONGEST_STATEMENT = 6000
"""Characters of a message, its embeds included, that are matched."""


class Match(commands.Cog):
    """Statements of others."""

    def __init__(self, bot: RedlineBot) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(
            name=localised("command.match.name"), callback=self.match
        )

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    async def match(
        self, interaction: discord.Interaction[RedlineBot], message: discord.Message
    ) -> None:
        statement = text_of(message)
        options = {"statement": statement, "message": str(message.id)}
        async with request(interaction, COMMAND, options) as asked:
            await _answer(asked, statement)


@replays(COMMAND)
async def match_again(asked: Request, options: Mapping[str, Any], page: int) -> None:
    """The match of a statement that is on record."""
    await _answer(asked, str(options["statement"]), page)


async def _answer(asked: Request, statement: str, page: int = 0) -> None:
    if not visible(statement).strip():
        raise UserError("error.no-text")
    matched = await asked.think(
        asked.adviser.match,
        statement[:LONGEST_STATEMENT],
        language=asked.preferred_language,
        clearance=asked.clearance,
    )
    before = sentence_blocks(matched.sentences, asked.language)
    await asked.answer(matched.answer, page=page, before=before)


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(Match(bot))
