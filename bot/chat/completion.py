"""Autocomplete: from memory, at most 25 choices, and nothing that the person may not see."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping
from typing import Any, TypeVar, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.advice.ladder import phases_of
from bot.chat import text
from bot.chat.access import access_of
from bot.chat.request import bot_of
from bot.chat.text import SOURCE, plain, shortened
from bot.knowledge.kinds import Entry

log = logging.getLogger(__name__)

MOST = 25
NAME = 100
VALUE = 100

Choices = list[app_commands.Choice[str]]
C = TypeVar("C", bound=commands.Cog)
Completer = Callable[[C, discord.Interaction[Any], str], Coroutine[Any, Any, Choices]]


def never_failing(completer: Completer[C]) -> Completer[C]:
    """An autocomplete that gives no choices, and a log, where it fails: one can still type."""

    @functools.wraps(completer)
    async def guarded(self: C, interaction: discord.Interaction[Any], current: str) -> Choices:
        try:
            return await completer(self, interaction, current)
        except Exception:
            log.exception("autocomplete failed", extra={"interaction_id": str(interaction.id)})
            return []

    return guarded


def choices(pairs: Iterable[tuple[str, str]]) -> Choices:
    """Choices from names and values; more than Discord takes, or too long a value, is left out."""
    kept = ((name, value) for name, value in pairs if 0 < len(value) <= VALUE and name.strip())
    return [
        app_commands.Choice(name=shortened(name, NAME), value=value)
        for (name, value), _ in zip(kept, range(MOST), strict=False)
    ]


async def entries(
    interaction: discord.Interaction[Any], current: str, kinds: Collection[str] | None = None
) -> Choices:
    """Entries that go on from what is typed."""
    services = bot_of(interaction).services
    guild = await services.guilds.get(interaction.guild_id)
    clearance = access_of(interaction.user, guild.roles).clearance
    language = language_of(interaction, guild.language)
    found = services.advisers.current.engine.complete(
        current, kinds=kinds, tlp=clearance.markings, language=language, limit=MOST
    )
    return choices(
        (_name(entry, language, kinds is None), entry.id)
        for entry in found
        if guild.situation in (None, entry.situation)
    )


def words(titles: Mapping[str, str], current: str) -> Choices:
    """Words of the vocabulary whose title or identifier contains what is typed."""
    typed = current.casefold().strip()
    return choices(
        (title, word)
        for word, title in titles.items()
        if typed in title.casefold() or typed in word
    )


def languages(interaction: discord.Interaction[Any], current: str) -> Choices:
    """Languages of the knowledge base that contain what is typed."""
    vocabulary = bot_of(interaction).services.advisers.current.snapshot.vocabulary
    return words({str(key): name for key, name in vocabulary.languages.items()}, current)


def phases(interaction: discord.Interaction[Any]) -> dict[str, str]:
    """Phases of the escalation ladder by id, with their titles."""
    snapshot = bot_of(interaction).services.advisers.current.snapshot
    return {phase.id: phase.title for phase in phases_of(snapshot)}


def _name(entry: Entry, language: str, with_kind: bool) -> str:
    translation = cast("Any", entry.translations).get(language)
    title = translation.title if translation else entry.title
    return f"{title} · {plain(f'kind.{entry.kind}', language)}" if with_kind else title


def language_of(interaction: discord.Interaction[Any], guild_language: str | None) -> str:
    """In which choices are offered: the member's own, else the server's."""
    own = text.language_of(interaction.locale)
    return own if own != SOURCE else guild_language or SOURCE
