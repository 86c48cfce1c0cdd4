"""The message menu **Check against red lines**: what a text says that it must not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.advice import wording
from bot.chat.cards.message import findings_card
from bot.chat.client import RedlineBot
from bot.chat.message_text import text_of
from bot.chat.mistakes import UserError
from bot.chat.replay import replays
from bot.chat.request import Request, request
from bot.chat.text import localised, visible

COMMAND = "Check against red lines"


class Check(commands.Cog):
    """Texts of anybody."""

    def __init__(self, bot: RedlineBot) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(
            name=localised("command.check.name"), callback=self.check
        )

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    async def check(
        self, interaction: discord.Interaction[RedlineBot], message: discord.Message
    ) -> None:
        text = text_of(message)
        async with request(
            interaction, COMMAND, {"text": text, "message": str(message.id)}
        ) as asked:
            await _answer(asked, text)


@replays(COMMAND)
async def check_again(asked: Request, options: Mapping[str, Any], page: int) -> None:
    """The findings on a text that is on record."""
    await _answer(asked, str(options["text"]), page)


async def _answer(asked: Request, text: str, page: int = 0) -> None:
    if not visible(text).strip():
        raise UserError("error.no-text")
    report = await asked.think(wording.check, text, asked.adviser.snapshot)
    redlines = tuple(dict.fromkeys(finding.redline for finding in report.findings))
    card = findings_card(report.findings, asked.setting())
    await asked.show(card.view(page), entries=redlines)


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(Check(bot))
