"""`/ask`: the best entry for a question in one's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat import completion
from bot.chat.client import RedlineBot
from bot.chat.mistakes import UserError
from bot.chat.replay import replays
from bot.chat.request import Request, request
from bot.chat.text import localised, visible

LONGEST_QUESTION = 1500

Question = app_commands.Range[str, 1, LONGEST_QUESTION]


class Ask(commands.Cog):
    """Questions."""

    @app_commands.command(
        name=localised("command.ask.name"), description=localised("command.ask.description")
    )
    @app_commands.rename(
        question=localised("command.ask.question.name"),
        language=localised("command.ask.language.name"),
        private=localised("command.ask.private.name"),
    )
    @app_commands.describe(
        question=localised("command.ask.question.description"),
        language=localised("command.ask.language.description"),
        private=localised("command.ask.private.description"),
    )
    async def ask(
        self,
        interaction: discord.Interaction[RedlineBot],
        question: Question,
        language: str | None = None,
        private: bool = True,
    ) -> None:
        options = {"question": question, "language": language, "private": private}
        async with request(
            interaction, "ask", options, private=private, language=language
        ) as asked:
            known_language(asked, language)
            await _answer(asked, question, language)

    @ask.autocomplete("language")
    @completion.never_failing
    async def _languages(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return completion.languages(interaction, current)


@replays("ask")
async def ask_again(asked: Request, options: Mapping[str, Any], page: int) -> None:
    """The answer to a question that is on record."""
    await _answer(asked, str(options["question"]), options.get("language"), page)


async def _answer(asked: Request, question: str, language: str | None, page: int = 0) -> None:
    if not visible(question).strip():
        raise UserError("error.empty-question")
    answer = await asked.think(
        asked.adviser.ask,
        question,
        language=language or asked.preferred_language,
        clearance=asked.clearance,
        situation=asked.guild.situation,
    )
    await asked.answer(answer, page=page)


def known_language(asked: Request, language: str | None) -> None:
    """Raises UserError where the language is none of the knowledge base's."""
    languages = asked.adviser.snapshot.vocabulary.languages
    if language is not None and language not in languages:
        asked.chosen_language = None
        raise UserError("error.unknown-language", given=language, known=", ".join(languages))


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(Ask())
