"""`/history`: what was asked, said, decided and drafted here, as far as one may see it now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat import completion
from bot.chat.access import Office
from bot.chat.buttons import on_click
from bot.chat.cards.history import history_card, record_card
from bot.chat.client import RedlineBot
from bot.chat.commands.topic import find_entry
from bot.chat.custom_ids import Ref
from bot.chat.history_times import Bound, read_time
from bot.chat.mistakes import UserError
from bot.chat.replay import replay, replays
from bot.chat.request import Request, request
from bot.chat.text import SOURCE, language_of, localised, plain
from bot.chat.viewing import journal_read, viewer_of
from bot.journal import Query, Viewer

MOST = 25
"""Records shown of one search: as many as one select offers."""

OFFICES: tuple[Office, ...] = ("officer", "maintainer")
"""Who also sees what others asked the bot: those who answer for what was advised, and those who
keep the knowledge base. Everybody else sees their own questions only."""

RELATIVE = {
    "today": "today",
    "yesterday": "yesterday",
    "7d": "days-7",
    "30d": "days-30",
    "90d": "days-90",
    "365d": "days-365",
}
"""Choices offered for a time, with the texts that name them."""

Place = discord.TextChannel | discord.Thread | discord.VoiceChannel


class HistorySearch(commands.Cog):
    """Search over the journal of one server."""

    @app_commands.command(
        name=localised("command.history.name"), description=localised("command.history.description")
    )
    @app_commands.rename(
        text=localised("command.history.text.name"),
        person=localised("command.history.person.name"),
        channel=localised("command.history.channel.name"),
        entry=localised("command.history.entry.name"),
        since=localised("command.history.since.name"),
        until=localised("command.history.until.name"),
    )
    @app_commands.describe(
        text=localised("command.history.text.description"),
        person=localised("command.history.person.description"),
        channel=localised("command.history.channel.description"),
        entry=localised("command.history.entry.description"),
        since=localised("command.history.since.description"),
        until=localised("command.history.until.description"),
    )
    async def history(
        self,
        interaction: discord.Interaction[RedlineBot],
        text: app_commands.Range[str, 1, 300] | None = None,
        person: discord.User | None = None,
        channel: Place | None = None,
        entry: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> None:
        options = {
            "text": text,
            "person": str(person.id) if person else None,
            "channel": str(channel.id) if channel else None,
            "entry": entry,
            "since": since,
            "until": until,
        }
        async with request(interaction, "history", options) as asked:
            at = interaction.created_at
            given: dict[Bound, str | None] = {"since": since, "until": until}
            # On record as moments: another page a day later is a page of the same search.
            asked.options = {
                **asked.options,
                **{bound: read_time(text, bound, at) for bound, text in given.items() if text},
            }
            if entry:
                # An id that has left the knowledge base stays as it is: it is on record yet.
                asked.options = {**asked.options, "entry": find_entry(asked, entry, None)}
            await _show(asked, asked.options, 0)

    @history.autocomplete("entry")
    @completion.never_failing
    async def _entries(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await completion.entries(interaction, current)

    @history.autocomplete("since")
    @completion.never_failing
    async def _since(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await _times(interaction, current)

    @history.autocomplete("until")
    @completion.never_failing
    async def _until(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await _times(interaction, current)


@replays("history")
async def history_again(asked: Request, options: Mapping[str, Any], page: int) -> None:
    """The same search, over what is on record and may be seen now."""
    await _show(asked, options, page)


@on_click("h-page")
async def turn_page(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Another page of what was found."""
    await replay(asked, ref.origin, ref.page)


@on_click("h-read")
async def read_one(asked: Request, ref: Ref, values: tuple[str, ...]) -> None:
    """One record in full."""
    await _read(asked, ref.origin, values[0], 0)


@on_click("h-turn")
async def turn_record(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Another page of one record."""
    await _read(asked, ref.origin, ref.entry, ref.page)


async def _show(asked: Request, options: Mapping[str, Any], page: int) -> None:
    viewer = _viewer(asked)
    query = Query(
        text=str(options.get("text") or ""),
        viewer=viewer,
        person=options.get("person"),
        channel=options.get("channel"),
        entry=options.get("entry"),
        since=options.get("since"),
        until=options.get("until"),
        limit=MOST,
    )
    if query.since and query.until and _moment(query.until) <= _moment(query.since):
        raise UserError("error.times-swapped")
    with journal_read():
        found = await asked.services.journal.history.search(query)
    card = history_card(
        found,
        asked.setting(),
        asked.adviser.snapshot,
        asked.clearance,
        query,
        full=len(found) == MOST,
    )
    await asked.show(card.view(page), outcome="answered" if found else "nothing-on-file")


async def _read(asked: Request, origin: int, number: str, page: int) -> None:
    viewer = _viewer(asked)
    with journal_read():
        reading = await asked.services.journal.history.read(
            int(number) if number.isdecimal() else 0, viewer
        )
    if reading is None:
        raise UserError("error.record-gone")
    asked.options = {"record": number, "page": page}
    asked.origin = origin
    card = record_card(reading, asked.setting(), asked.adviser.snapshot, asked.clearance)
    await asked.show(card.view(page), entries=reading.record.public.get("entries") or ())


def _viewer(asked: Request) -> Viewer:
    """Rights as they are at this moment: roles and channels may have changed since the search."""
    if asked.interaction.guild is None:
        raise UserError("error.only-in-servers")
    office = any(asked.access.holds(one) for one in OFFICES)
    return viewer_of(asked, all_questions=office)


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


async def _times(interaction: discord.Interaction[RedlineBot], current: str) -> completion.Choices:
    guild = await interaction.client.services.guilds.get(interaction.guild_id)
    own = language_of(interaction.locale)
    language = own if own != SOURCE else guild.language or SOURCE
    typed = current.casefold().strip()
    named = [(plain(f"history.{key}", language), value) for value, key in RELATIVE.items()]
    return completion.choices(
        (name, value) for name, value in named if typed in name.casefold() or typed in value
    )


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(HistorySearch())
