"""Forms of drafts: the text, a reason, the channel to post in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord
from discord import ui

from bot.advice.drafts import Draft
from bot.chat.drafting import releasing, steps
from bot.chat.drafting.names import name_of
from bot.chat.forms import Form
from bot.chat.mistakes import UserError
from bot.chat.request import Request
from bot.chat.text import plain

LONGEST_TEXT = 4000
"""Characters that a field of a form on Discord takes."""

LONGEST_REASON = 500


class EditForm(Form):
    """The whole text, to change."""

    def __init__(self, name: str, text: str, *, language: str) -> None:
        super().__init__(plain("draft.form-edit", language), "draft edit", language=language)
        self.name = name
        self.field = ui.TextInput[Any](
            custom_id="text",
            style=discord.TextStyle.paragraph,
            default=text,
            max_length=LONGEST_TEXT,
        )
        hint = plain("draft.field-text-help", language)
        self.ask(plain("draft.field-text", language), self.field, hint)

    @classmethod
    def of(cls, asked: Request, draft: Draft) -> EditForm:
        """Raises UserError for a text that no field of a form takes."""
        text = draft.current.text
        if len(text) > LONGEST_TEXT:
            raise UserError("error.draft-too-long", count=len(text), most=LONGEST_TEXT)
        return cls(name_of(draft), text, language=asked.language)

    def options(self) -> dict[str, object]:
        return {"draft": self.name, "text": self.field.value}

    async def submitted(self, asked: Request) -> None:
        await steps.edit(asked, self.name, self.field.value)


Step = Callable[[Request, str, str], Awaitable[None]]
REASONS: Mapping[str, tuple[Step, bool]] = {
    "reject": (steps.reject, True),
    "override": (steps.override, True),
    "withdraw": (steps.withdraw, False),
}
"""What takes a reason: the step, and whether it must have one."""


class ReasonForm(Form):
    """Why a draft is sent back, passed or withdrawn."""

    def __init__(self, action: str, name: str, *, language: str) -> None:
        title = plain(f"draft.form-{action}", language)
        super().__init__(title, f"draft {action}", language=language)
        self.step, required = REASONS[action]
        self.name = name
        self.field = ui.TextInput[Any](
            custom_id="reason",
            style=discord.TextStyle.paragraph,
            required=required,
            max_length=LONGEST_REASON,
        )
        self.ask(plain(f"draft.field-{action}", language), self.field)

    def options(self) -> dict[str, object]:
        return {"draft": self.name, "reason": self.field.value}

    async def submitted(self, asked: Request) -> None:
        await self.step(asked, self.name, self.field.value)


class ReleaseForm(Form):
    """Where an approved text is posted; nowhere hands it out."""

    def __init__(self, name: str, *, language: str) -> None:
        super().__init__(plain("draft.form-release", language), "draft release", language=language)
        self.name = name
        self.field = ui.ChannelSelect[Any](
            custom_id="channel",
            channel_types=[discord.ChannelType.text, discord.ChannelType.news],
            min_values=0,
            required=False,
        )
        hint = plain("draft.field-channel-help", language)
        self.ask(plain("draft.field-channel", language), self.field, hint)

    def options(self) -> dict[str, object]:
        return {"draft": self.name, "channel": self._chosen()}

    def _chosen(self) -> str | None:
        return str(self.field.values[0].id) if self.field.values else None

    async def submitted(self, asked: Request) -> None:
        chosen, channel = self._chosen(), None
        if chosen is not None:
            guild = asked.interaction.guild
            channel = guild.get_channel(int(chosen)) if guild else None
            if not isinstance(channel, discord.TextChannel):
                raise UserError("error.draft-bot-cannot-post", channel=f"#{chosen}")
        await releasing.release(asked, self.name, channel)
