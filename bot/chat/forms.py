"""Forms (modals): base class that answers errors and knows the request it belongs to."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.chat.request import Request, bot_of, request
from bot.chat.text import shortened

EXPIRES = 15 * 60.0
"""Seconds for which a form can be sent off."""

LABEL = 45
HINT = 100
"""Characters that Discord takes: in a form's title and labels, and in the hint under a label."""


class Form(ui.Modal):
    """A form. Subclasses say in `submitted` what happens with what was filled in."""

    def __init__(self, title: str, command: str, *, language: str, private: bool = True) -> None:
        super().__init__(title=shortened(title, LABEL), timeout=EXPIRES)
        self.command = command
        self.language = language
        self.private = private

    def ask(self, label: str, field: ui.Item[Any], hint: str = "") -> None:
        """Put a field on the form under its label, cut to what Discord takes."""
        self.add_item(
            ui.Label[Any](
                text=shortened(label, LABEL),
                description=shortened(hint, HINT) or None,
                component=field,
            )
        )

    def options(self) -> dict[str, object]:
        """What goes to the journal as the options of this request."""
        return {}

    async def submitted(self, asked: Request) -> None:
        """Do the work and show the result."""
        raise NotImplementedError

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        bot = bot_of(interaction)
        async with request(
            interaction,
            self.command,
            self.options(),
            private=self.private,
            language=self.language,
        ) as asked:
            await self.submitted(asked)
        # Only now: the listener for forms of an earlier process looks while this one is at work.
        bot.open_forms.discard(self.custom_id)

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:
        bot = bot_of(interaction)
        await bot.failed(interaction, error)
