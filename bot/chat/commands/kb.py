"""`/kb`: for maintainers: what is loaded, what is wrong with it, and loading it anew."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat import completion
from bot.chat.access import require_office
from bot.chat.cards.kb import entry_card, reload_card, status_card
from bot.chat.client import RedlineBot
from bot.chat.commands.gaps import show_gaps
from bot.chat.commands.topic import find_entry
from bot.chat.mistakes import UserError
from bot.chat.request import Request, request
from bot.chat.text import localised


class KnowledgeBase(
    commands.GroupCog,
    group_name=localised("command.kb.name"),
    group_description=localised("command.kb.description"),
):
    """The knowledge base, for those who keep it."""

    @app_commands.command(
        name=localised("command.kb-status.name"),
        description=localised("command.kb-status.description"),
    )
    async def status(self, interaction: discord.Interaction[RedlineBot]) -> None:
        async with request(interaction, "kb status") as asked:
            _require_maintainer(asked)
            services = asked.services
            health = await services.health.parts()
            card = status_card(services.store, asked.adviser, health, asked.setting())
            await asked.show(card.view())

    @app_commands.command(
        name=localised("command.kb-reload.name"),
        description=localised("command.kb-reload.description"),
    )
    async def reload(self, interaction: discord.Interaction[RedlineBot]) -> None:
        async with request(interaction, "kb reload") as asked:
            _require_maintainer(asked)
            report = await asyncio.to_thread(asked.services.store.reload)
            await asked.show(reload_card(report, asked.setting()).view())

    @app_commands.command(
        name=localised("command.kb-gaps.name"), description=localised("command.kb-gaps.description")
    )
    async def gaps(self, interaction: discord.Interaction[RedlineBot]) -> None:
        async with request(interaction, "kb gaps") as asked:
            await show_gaps(asked)

    @app_commands.command(
        name=localised("command.kb-show.name"), description=localised("command.kb-show.description")
    )
    @app_commands.rename(entry=localised("command.kb-show.entry.name"))
    @app_commands.describe(entry=localised("command.kb-show.entry.description"))
    async def show(self, interaction: discord.Interaction[RedlineBot], entry: str) -> None:
        async with request(interaction, "kb show", {"entry": entry}) as asked:
            _require_maintainer(asked)
            found = asked.adviser.snapshot.get(find_entry(asked, entry, None))
            if found is None:
                raise UserError("error.gone", entry=entry)
            card = entry_card(found, asked.adviser.snapshot, asked.services.store, asked.setting())
            await asked.show(card.view(), entries=[found.id])

    @show.autocomplete("entry")
    @completion.never_failing
    async def _entries(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await completion.entries(interaction, current)


def _require_maintainer(asked: Request) -> None:
    require_office(asked.access, "maintainer", asked.interaction.guild, asked.guild.roles)


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(KnowledgeBase())
