"""`/brief`: a briefing document on an entry or a question."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any, Literal

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.advice.brief import brief
from bot.advice.brief_data import Brief
from bot.chat import completion
from bot.chat.cards.brief import brief_card
from bot.chat.client import RedlineBot
from bot.chat.commands.ask import Question, known_language
from bot.chat.commands.topic import find_entry
from bot.chat.mistakes import UserError
from bot.chat.request import Request, request
from bot.chat.text import localised, visible
from bot.documents import Format, MissingExtra, render
from bot.documents.briefing import briefing_paper, file_name


class Briefing(commands.Cog):
    """Briefing documents."""

    @app_commands.command(
        name=localised("command.brief.name"), description=localised("command.brief.description")
    )
    @app_commands.rename(
        entry=localised("command.brief.entry.name"),
        question=localised("command.brief.question.name"),
        form=localised("command.brief.format.name"),
        language=localised("command.brief.language.name"),
    )
    @app_commands.describe(
        entry=localised("command.brief.entry.description"),
        question=localised("command.brief.question.description"),
        form=localised("command.brief.format.description"),
        language=localised("command.brief.language.description"),
    )
    async def brief(
        self,
        interaction: discord.Interaction[RedlineBot],
        entry: str | None = None,
        question: Question | None = None,
        form: Literal["docx", "pdf", "md"] = "docx",
        language: str | None = None,
    ) -> None:
        options = {"entry": entry, "question": question, "format": form, "language": language}
        async with request(interaction, "brief", options, language=language) as asked:
            known_language(asked, language)
            if (entry is None) == (question is None):
                raise UserError("error.brief-needs-one")
            if question is not None and not visible(question).strip():
                raise UserError("error.empty-question")
            await _hand_out(asked, entry, question, form, language)

    @brief.autocomplete("entry")
    @completion.never_failing
    async def _entries(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await completion.entries(interaction, current)

    @brief.autocomplete("language")
    @completion.never_failing
    async def _languages(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return completion.languages(interaction, current)


async def _hand_out(
    asked: Request, entry: str | None, question: str | None, form: Format, language: str | None
) -> None:
    found = await asked.think(
        brief,
        asked.adviser,
        entry=find_entry(asked, entry, None) if entry is not None else None,
        question=question,
        language=language or (asked.preferred_language if question else asked.language),
        clearance=asked.clearance,
    )
    if found.main is None:
        await asked.answer(found.answer)
        return
    try:
        content, made = await asked.think(_document, asked, found, form), form
    except MissingExtra:
        content, made = await asked.think(_document, asked, found, "md"), "md"
    name = file_name(found, made)
    view = brief_card(found, asked.setting(), instead=made != form).view()
    view.add_item(ui.File[Any](f"attachment://{name}"))
    files = [discord.File(io.BytesIO(content), filename=name)]
    await asked.show(view, entries=found.entries, private=True, files=files)


def _document(asked: Request, found: Brief, form: Format) -> bytes:
    """The file. Slow: called in a thread. Raises MissingExtra."""
    names = {str(key): name for key, name in asked.adviser.snapshot.vocabulary.languages.items()}
    paper = briefing_paper(
        found,
        language_name=names.get(found.language, found.language),
        made_at=dt.datetime.now(dt.UTC),
        prepared_for=asked.interaction.user.display_name,
    )
    return render(paper, form)


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(Briefing())
