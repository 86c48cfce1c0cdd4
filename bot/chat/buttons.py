"""Buttons and selects that go on working after a restart, and what a click on one does."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import ui

from bot.chat.custom_ids import PATTERN, Ref, parse
from bot.chat.mistakes import UserError

if TYPE_CHECKING:
    from bot.chat.client import RedlineBot
    from bot.chat.request import Request

Handler = Callable[["Request", Ref, tuple[str, ...]], Awaitable[None]]
"""What a click does: the request, what was clicked, and the values chosen in a select."""

_HANDLERS: dict[str, Handler] = {}


def on_click(name: str) -> Callable[[Handler], Handler]:
    """Register what the action of this name does. Names are at most eight characters."""

    def register(handler: Handler) -> Handler:
        if _HANDLERS.setdefault(name, handler) is not handler:
            raise ValueError(f"two handlers for the action {name!r}")
        return handler

    return register


def handler_of(name: str) -> Handler:
    """What the action of this name does; for one that is no more, telling so."""
    return _HANDLERS.get(name, _outdated)


async def _outdated(_asked: Request, _ref: Ref, _values: tuple[str, ...]) -> None:
    raise UserError("error.old-button")


class Action(ui.DynamicItem[ui.Item[Any]], template=PATTERN):
    """A button or a select whose custom id is a `Ref`."""

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        ref = parse(self.custom_id)
        if ref is None:
            raise ValueError(f"not a custom id: {self.custom_id!r}")
        data = cast("dict[str, Any]", interaction.data or {})
        values = tuple(str(value) for value in data.get("values", ()))
        bot = cast("RedlineBot", interaction.client)
        await bot.clicked(interaction, ref, values)
