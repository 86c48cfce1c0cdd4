"""`/assess`: tick what has been observed; the phase that it points to answers at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.advice.assessment import Assessment
from bot.chat import completion
from bot.chat.access import access_of, require_posting, require_shareable
from bot.chat.buttons import on_click
from bot.chat.cards.assess import assess_card, draw, part_of, window_of
from bot.chat.cards.layout import notice
from bot.chat.client import RedlineBot
from bot.chat.custom_ids import Ref
from bot.chat.mistakes import UserError
from bot.chat.replay import replay, replays
from bot.chat.request import Request, request
from bot.chat.respond import NO_MENTIONS
from bot.chat.text import localised, safe_line, t


class Assess(commands.Cog):
    """Which phase of the ladder we are in."""

    @app_commands.command(
        name=localised("command.assess.name"), description=localised("command.assess.description")
    )
    @app_commands.rename(indicator=localised("command.assess.indicator.name"))
    @app_commands.describe(indicator=localised("command.assess.indicator.description"))
    async def assess(
        self, interaction: discord.Interaction[RedlineBot], indicator: str | None = None
    ) -> None:
        async with request(interaction, "assess") as asked:
            await _assess(asked, [indicator] if indicator else [])

    @assess.autocomplete("indicator")
    @completion.never_failing
    async def _indicators(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        services = interaction.client.services
        guild = await services.guilds.get(interaction.guild_id)
        clearance = access_of(interaction.user, guild.roles).clearance
        found = services.advisers.current.assess((), clearance=clearance, situation=guild.situation)
        typed = current.casefold().split()
        return completion.choices(
            (sign.text, sign.id)
            for rung in found.rungs
            for sign in rung.signs
            if all(word in f"{sign.text} {sign.id}".casefold() for word in typed)
        )


@replays("assess")
async def assess_again(asked: Request, options: Mapping[str, Any], page: int) -> None:
    """The assessment of what is on record."""
    found = _weigh(asked, options.get("indicators", ()))
    await _show(asked, found, page=page)


@on_click("as-page")
async def turn_page(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Another page of the text."""
    await replay(asked, ref.origin, ref.page)


@on_click("as-more")
async def show_other_phases(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """The selects of other phases."""
    found = _weigh(asked, await _on_record(asked, ref))
    asked.options = {**asked.options, "indicators": list(found.observed)}
    await _show(asked, found, window=ref.page)


@on_click("as-set")
async def choose(asked: Request, ref: Ref, values: tuple[str, ...]) -> None:
    """What is ticked in one select replaces what was ticked in it before; the rest stays."""
    before = _weigh(asked, await _on_record(asked, ref))
    rung = before.rung(ref.entry)
    offered = part_of(rung, ref.page) if rung else ()
    kept = [key for key in before.observed if key not in offered]
    await _assess(asked, [*kept, *values], window=window_of(before, ref.entry, ref.page))


@on_click("as-clear")
async def start_over(asked: Request, _ref: Ref, _values: tuple[str, ...]) -> None:
    """Nothing is ticked."""
    await _assess(asked, [])


@on_click("as-share")
async def share(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Post the assessment, with its picture, where everybody in the channel reads it."""
    found = _weigh(asked, await _on_record(asked, ref))
    require_shareable(found.tlp)
    require_posting(asked.interaction)
    channel = asked.interaction.channel
    if channel is None or not hasattr(channel, "send"):
        raise UserError("error.bot-cannot-post")
    asked.edit = False
    picture = await asked.think(draw, found, asked.language)
    asked.options = {**asked.options, "indicators": list(found.observed)}
    await asked.record("answered", entries=found.entries)
    await asked.services.ledger.share(asked, found)
    card = assess_card(found, asked.setting(public=True), picture)
    name = safe_line(asked.interaction.user.display_name)
    card.footer = t("card.shared", asked.language, name=name, footer=card.footer)
    for page in range(len(card.pages())):
        files = card.files() if page == 0 else []
        await channel.send(  # type: ignore[union-attr]
            view=card.view(page), files=files, allowed_mentions=NO_MENTIONS
        )
        card.pictures = []
    await asked.show(notice(t("shared.done", asked.language), language=asked.language))


async def _on_record(asked: Request, ref: Ref) -> Iterable[str]:
    """What was ticked in the answer that was clicked."""
    found = await asked.services.ledger.asked(ref.origin, user_id=asked.interaction.user.id)
    if found is None:
        raise UserError("error.answer-gone")
    return found.options.get("indicators", ())


async def _assess(asked: Request, indicators: Iterable[str], window: int = 0) -> None:
    """Assess anew, on record as an assessment of its own."""
    found = _weigh(asked, indicators)
    asked.command = "assess"
    asked.options = {"indicators": list(found.observed), "situation": found.situation}
    asked.origin = asked.interaction.id
    await _show(asked, found, window=window)


async def _show(asked: Request, found: Assessment, *, page: int = 0, window: int = 0) -> None:
    picture = await asked.think(draw, found, asked.language)
    card = assess_card(found, asked.setting(), picture, window)
    if found.observed and page == 0:
        asked.given = card.markdown()
    await asked.show(card.view(page), entries=found.entries, files=card.files())


def _weigh(asked: Request, indicators: Iterable[str]) -> Assessment:
    return asked.adviser.assess(
        tuple(str(key) for key in indicators),
        language=asked.language,
        clearance=asked.clearance,
        situation=asked.guild.situation,
    )


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(Assess())
