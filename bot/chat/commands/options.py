"""`/options`: countermeasures that fit, side by side, and several of them as a package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.advice.ladder import phases_of
from bot.advice.options import OptionFilter
from bot.chat import completion
from bot.chat.buttons import on_click
from bot.chat.cards.options import MOST_COMPARED, comparison_card, options_card
from bot.chat.client import RedlineBot
from bot.chat.custom_ids import Ref
from bot.chat.mistakes import UserError
from bot.chat.replay import replay, replays
from bot.chat.request import Request, request
from bot.chat.text import localised

CRITERIA = ("domain", "phase", "max_risk", "effect")


class Options(commands.Cog):
    """What can be done."""

    @app_commands.command(
        name=localised("command.options.name"), description=localised("command.options.description")
    )
    @app_commands.rename(
        domain=localised("command.options.domain.name"),
        phase=localised("command.options.phase.name"),
        max_risk=localised("command.options.max_risk.name"),
        effect=localised("command.options.effect.name"),
    )
    @app_commands.describe(
        domain=localised("command.options.domain.description"),
        phase=localised("command.options.phase.description"),
        max_risk=localised("command.options.max_risk.description"),
        effect=localised("command.options.effect.description"),
    )
    async def options(
        self,
        interaction: discord.Interaction[RedlineBot],
        domain: str | None = None,
        phase: str | None = None,
        max_risk: str | None = None,
        effect: str | None = None,
    ) -> None:
        given = {"domain": domain, "phase": phase, "max_risk": max_risk, "effect": effect}
        async with request(interaction, "options", given) as asked:
            await _list(asked, asked.options, 0)

    @options.autocomplete("domain")
    @completion.never_failing
    async def _domains(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return completion.words(_words(interaction.client, "domain"), current)

    @options.autocomplete("phase")
    @completion.never_failing
    async def _phases(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return completion.words(_words(interaction.client, "phase"), current)

    @options.autocomplete("max_risk")
    @completion.never_failing
    async def _risks(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return completion.words(_words(interaction.client, "max_risk"), current)

    @options.autocomplete("effect")
    @completion.never_failing
    async def _effects(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return completion.words(_words(interaction.client, "effect"), current)


@replays("options")
async def options_again(asked: Request, options: Mapping[str, Any], page: int) -> None:
    """The list for the criteria that are on record."""
    await _list(asked, options, page)


@replays("button cmp")
@replays("button add")
async def comparison_again(asked: Request, options: Mapping[str, Any], page: int) -> None:
    """The comparison that is on record."""
    await _compare(asked, tuple(options["values"]), int(options.get("list", 0)), page)


@on_click("opts")
async def turn_options(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Another page of the list."""
    await replay(asked, ref.origin, ref.page)


@on_click("cmp")
async def compare(asked: Request, ref: Ref, values: tuple[str, ...]) -> None:
    """The options chosen from the list, side by side."""
    asked.options = {"values": list(values), "list": str(ref.origin)}
    asked.origin = asked.interaction.id
    await _compare(asked, values, ref.origin, 0)


@on_click("add")
async def add_to_comparison(asked: Request, ref: Ref, values: tuple[str, ...]) -> None:
    """More options beside those that are being compared."""
    found = await asked.services.ledger.asked(ref.origin, user_id=asked.interaction.user.id)
    if found is None:
        raise UserError("error.answer-gone")
    before, list_origin = tuple(found.options["values"]), int(found.options.get("list", 0))
    together = tuple(dict.fromkeys((*before, *values)))
    asked.options = {"values": list(together), "list": str(list_origin)}
    asked.origin = asked.interaction.id
    await _compare(asked, together, list_origin, 0)


@on_click("cmps")
async def turn_comparison(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Another page of the comparison."""
    await replay(asked, ref.origin, ref.page)


async def _list(asked: Request, given: Mapping[str, Any], page: int) -> None:
    wanted = _filter(asked, given)
    rows = asked.adviser.options(wanted, language=asked.language, clearance=asked.clearance)
    snapshot = asked.adviser.snapshot
    card = options_card(
        rows,
        wanted,
        asked.setting(),
        snapshot.vocabulary,
        _words(asked.bot, "phase"),
        snapshot.revision,
        page,
    )
    await asked.show(
        card.view(),
        entries=[row.id for row in rows],
        outcome="answered" if rows else "nothing-on-file",
    )


async def _compare(asked: Request, chosen: tuple[str, ...], list_origin: int, page: int) -> None:
    chosen = chosen[:MOST_COMPARED]
    package = asked.adviser.package(chosen, language=asked.language, clearance=asked.clearance)
    if not package.options:
        raise UserError("error.options-gone")
    every = asked.adviser.options(
        OptionFilter(), language=asked.language, clearance=asked.clearance
    )
    others = [row for row in every if row.id not in chosen]
    vocabulary = asked.adviser.snapshot.vocabulary
    card = comparison_card(package, others, asked.setting(), list_origin, vocabulary)
    await asked.show(card.view(page), entries=[row.id for row in package.options])


def _filter(asked: Request, given: Mapping[str, Any]) -> OptionFilter:
    """Raises UserError, naming what there is, where a criterion is not in the vocabulary."""
    for name in CRITERIA:
        value = given.get(name)
        known = _words(asked.bot, name)
        if value is not None and value not in known:
            listed = ", ".join(known.values())
            raise UserError("error.unknown-choice", given=value, option=name, known=listed)
    return OptionFilter(**{name: given.get(name) for name in CRITERIA})


def _words(bot: RedlineBot, criterion: str) -> dict[str, str]:
    """What a criterion can be, with titles."""
    snapshot = bot.services.advisers.current.snapshot
    vocabulary = snapshot.vocabulary
    if criterion == "phase":
        return {phase.id: phase.title for phase in phases_of(snapshot)}
    if criterion == "domain":
        return dict(vocabulary.domains)
    if criterion == "effect":
        return dict(vocabulary.effects)
    return dict(vocabulary.risks)


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(Options())
