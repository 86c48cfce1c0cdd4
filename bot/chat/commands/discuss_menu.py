"""The message menu **Add to discussion**: what somebody wrote becomes part of the record."""

from __future__ import annotations

from typing import Any, cast

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.chat import discuss
from bot.chat.cards.discuss import Said
from bot.chat.client import RedlineBot
from bot.chat.commands.discuss import LONGEST_TEXT
from bot.chat.completion import MOST
from bot.chat.discuss import Desk, journalled
from bot.chat.forms import Form
from bot.chat.message_text import text_of
from bot.chat.mistakes import Refusal, UserError
from bot.chat.request import Request, request
from bot.chat.text import localised, plain, shortened, visible
from bot.journal import Discussion, NewEvent
from bot.journal.discussions import Event

COMMAND = "Add to discussion"
TYPES: tuple[Event, ...] = ("fact", "claim", "decision", "question")
LATEST = 200


class ChosenForm(Form):
    """What the message is, a note on it, and which discussion it goes to."""

    def __init__(
        self, message: discord.Message, text: str, offered: tuple[Discussion, ...], *, language: str
    ) -> None:
        super().__init__(plain("discuss.form-add", language), COMMAND, language=language)
        self.message = message
        self.text = text
        here = offered[0].thread_id == str(message.channel.id)
        self.only = offered[0].discussion_id if here else None
        self.kind = ui.Select[Any](
            custom_id="type",
            options=[
                discord.SelectOption(label=plain(f"event.{event}", language), value=event)
                for event in TYPES
            ],
        )
        self.note = ui.TextInput[Any](
            custom_id="note",
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=LONGEST_TEXT,
        )
        self.discussion = ui.Select[Any](
            custom_id="discussion",
            options=[
                discord.SelectOption(
                    label=shortened(one.title or one.discussion_id, 100), value=one.discussion_id
                )
                for one in offered
            ],
        )
        parts: list[tuple[str, ui.Item[Any]]] = [
            ("discuss.field-type", self.kind),
            ("discuss.field-note", self.note),
        ]
        if self.only is None:
            parts.append(("discuss.field-discussion", self.discussion))
        for key, field in parts:
            self.ask(plain(key, language), field)

    def options(self) -> dict[str, object]:
        return {
            "message": str(self.message.id),
            "type": self.kind.values[0],
            "note": self.note.value or None,
            "discussion": self.only or self.discussion.values[0],
        }

    async def submitted(self, asked: Request) -> None:
        chosen = cast("dict[str, str | None]", self.options())
        discussion = await discuss.meant(asked, chosen["discussion"])
        desk = await Desk.of(asked, discussion)
        said = Said(
            event=str(chosen["type"]),
            text=self.text,
            user_id=str(self.message.author.id),
            at=self.message.created_at.isoformat(),
            link=self.message.jump_url,
            note=(chosen["note"] or "").strip(),
            recorded_by=str(asked.interaction.user.id),
        )
        with journalled():
            await asked.services.journal.discussions.add(
                NewEvent(
                    discussion.discussion_id,
                    cast("Event", said.event),
                    said.text,
                    said.user_id,
                    recorded_by=said.recorded_by,
                    occurred_at=said.at,
                    message_id=str(self.message.id),
                    message_link=said.link,
                    details={"note": said.note} if said.note else {},
                    key=f"chosen-{asked.interaction.id}",
                )
            )
        await desk.post_said(said)


class AddToDiscussion(commands.Cog):
    """Messages of others as part of a discussion."""

    def __init__(self, bot: RedlineBot) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(name=localised("discuss.menu"), callback=self.add)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    async def add(
        self, interaction: discord.Interaction[RedlineBot], message: discord.Message
    ) -> None:
        async with request(interaction, COMMAND, {"message": str(message.id)}) as asked:
            # What only one person was shown may be marked above what a channel may see.
            if message.flags.ephemeral:
                raise Refusal("error.private-message")
            text = "\n".join([text_of(message), *(one.url for one in message.attachments)])
            if not visible(text).strip():
                raise UserError("error.no-text")
            offered = await _offered(asked)
            form = ChosenForm(message, text.strip(), offered, language=asked.language)
            await asked.show_form(form)


async def _offered(asked: Request) -> tuple[Discussion, ...]:
    """The discussion of this thread; elsewhere those that are open and that this person may see."""
    discussions = asked.services.journal.discussions
    with journalled():
        here = await discussions.of_thread(str(asked.interaction.channel_id))
    if here is not None:
        return (await discuss.meant(asked, here),)
    with journalled():
        found = await discussions.find(str(asked.interaction.guild_id), state="open", limit=LATEST)
    offered = [one for one in found if discuss.may_see(asked.interaction, one)]
    if not offered:
        raise UserError("error.no-discussion-open")
    return tuple(offered[:MOST])


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(AddToDiscussion(bot))
