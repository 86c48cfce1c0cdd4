"""`/topic` and `/redline`: one entry by its name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.advice.answer import Answer
from bot.chat import completion
from bot.chat.client import RedlineBot
from bot.chat.mistakes import UserError
from bot.chat.replay import replays
from bot.chat.request import Request, request
from bot.chat.text import localised

REDLINES = ("redline",)


class Topic(commands.Cog):
    """Entries by name."""

    @app_commands.command(
        name=localised("command.topic.name"), description=localised("command.topic.description")
    )
    @app_commands.rename(entry=localised("command.topic.entry.name"))
    @app_commands.describe(entry=localised("command.topic.entry.description"))
    async def topic(self, interaction: discord.Interaction[RedlineBot], entry: str) -> None:
        async with request(interaction, "topic", {"entry": entry}) as asked:
            await _answer(asked, entry, None)

    @app_commands.command(
        name=localised("command.redline.name"), description=localised("command.redline.description")
    )
    @app_commands.rename(entry=localised("command.redline.entry.name"))
    @app_commands.describe(entry=localised("command.redline.entry.description"))
    async def redline(self, interaction: discord.Interaction[RedlineBot], entry: str) -> None:
        async with request(interaction, "redline", {"entry": entry}) as asked:
            await _answer(asked, entry, REDLINES)

    @topic.autocomplete("entry")
    @completion.never_failing
    async def _entries(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await completion.entries(interaction, current)

    @redline.autocomplete("entry")
    @completion.never_failing
    async def _redlines(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await completion.entries(interaction, current, REDLINES)


@replays("topic")
async def topic_again(asked: Request, options: Mapping[str, Any], page: int) -> None:
    """The entry that is on record."""
    await _answer(asked, str(options["entry"]), None, page)


@replays("redline")
async def redline_again(asked: Request, options: Mapping[str, Any], page: int) -> None:
    """The red line that is on record."""
    await _answer(asked, str(options["entry"]), REDLINES, page)


async def _answer(asked: Request, text: str, kinds: Collection[str] | None, page: int = 0) -> None:
    entry_id = find_entry(asked, text, kinds)
    command = "redline" if kinds else "topic"
    answer = asked.adviser.topic(
        entry_id, language=asked.language, clearance=asked.clearance, command=command
    )
    await asked.answer(answer, page=page)


def find_entry(asked: Request, text: str, kinds: Collection[str] | None) -> str:
    """The id that was meant: an id, or text that only one entry goes on from; else the text.

    Raises UserError where the entry is of another kind than asked for.
    """
    snapshot, wanted = asked.adviser.snapshot, text.strip()
    entry = snapshot.get(wanted)
    if entry is not None and kinds and entry.kind not in kinds:
        raise UserError("error.not-a-redline", title=entry.title)
    if entry is not None:
        return entry.id
    found = asked.adviser.engine.complete(
        wanted, kinds=kinds, tlp=asked.clearance.markings, limit=2
    )
    return found[0].id if len(found) == 1 and wanted else wanted


def entry_answer(asked: Request, entry_id: str, command: str = "topic") -> Answer:
    """The entry, or a sentence that it is gone: knowledge changes under buttons that stay.

    Raises UserError where it is not on file or is retired.
    """
    entry = asked.adviser.snapshot.get(entry_id)
    if entry is None:
        raise UserError("error.gone", entry=entry_id)
    if entry.status == "retired":
        raise UserError("error.retired", entry=entry.title)
    return asked.adviser.topic(
        entry_id, language=asked.language, clearance=asked.clearance, command=command
    )


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(Topic())
