"""`/stats`: what is asked in this server and how well it is answered, in numbers and pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.advice.ladder import title_of
from bot.chat.access import Office, role_name
from bot.chat.buttons import on_click
from bot.chat.cards.stats import FEW, stats_card, stats_pictures
from bot.chat.client import RedlineBot
from bot.chat.custom_ids import Ref
from bot.chat.mistakes import Refusal
from bot.chat.replay import replay, replays
from bot.chat.request import Request, request
from bot.chat.text import localised
from bot.documents.extras import MissingExtra
from bot.documents.pictures import Picture
from bot.journal import Stats

PERIODS = {"week": 7, "month": 30, "quarter": 90, "year": 365, "all": None}
"""Days by name of a period; None is since the beginning."""

USUAL = "month"
OFFICES: tuple[Office, ...] = ("officer", "maintainer")


class Statistics(commands.Cog):
    """Numbers over the journal of one server."""

    @app_commands.command(
        name=localised("command.stats.name"), description=localised("command.stats.description")
    )
    @app_commands.rename(period=localised("command.stats.period.name"))
    @app_commands.describe(period=localised("command.stats.period.description"))
    @app_commands.choices(
        period=[
            app_commands.Choice(name=localised(f"period.{name}"), value=name) for name in PERIODS
        ]
    )
    async def stats(
        self, interaction: discord.Interaction[RedlineBot], period: str | None = None
    ) -> None:
        chosen = period if period in PERIODS else USUAL
        async with request(interaction, "stats", {"period": chosen}) as asked:
            await _show(asked, chosen, 0)


@replays("stats")
async def stats_again(asked: Request, options: Mapping[str, Any], page: int) -> None:
    """The numbers of the period on record, as they are now."""
    await _show(asked, str(options.get("period", USUAL)), page)


@on_click("stats")
async def turn_page(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Another page."""
    await replay(asked, ref.origin, ref.page)


async def _show(asked: Request, period: str, page: int) -> None:
    _require(asked)
    days = PERIODS[period]
    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=days) if days else None
    guild_id = asked.interaction.guild_id
    found = await asked.services.journal.insight.stats(
        str(guild_id), since=since.isoformat() if since else None, least_people=FEW
    )
    snapshot = asked.adviser.snapshot
    titles = {
        entry.id: title_of(entry, asked.language)
        for entry in snapshot.entries.values()
        if asked.clearance.admits(entry.tlp)
    }
    pictures = await asked.think(_draw, found, asked.language, titles)
    languages = {str(code): name for code, name in snapshot.vocabulary.languages.items()}
    card = stats_card(found, asked.setting(), period, titles, languages, pictures)
    card.turn = Ref("stats", asked.origin, asked.language)
    await asked.show(card.view(page), files=card.files())


def _draw(found: Stats, language: str, titles: dict[str, str]) -> tuple[Picture, ...] | None:
    if found.people < FEW:
        return ()
    try:
        return stats_pictures(found, language, titles)
    except MissingExtra:
        return None


def _require(asked: Request) -> None:
    """Officers, maintainers and administrators. Raises Refusal, naming the roles."""
    if asked.access.administrator or any(asked.access.holds(office) for office in OFFICES):
        return
    guild, roles = asked.interaction.guild, asked.guild.roles
    names = ", ".join(role_name(guild, office, roles) for office in OFFICES)
    raise Refusal("error.needs-one-of", roles=names)


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(Statistics())
