"""Buttons and forms of discussions; they work as long as their messages stand."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.advice.answer import Answer
from bot.advice.clearance import SHAREABLE, TEAM
from bot.chat import discuss, discuss_steps
from bot.chat.buttons import on_click
from bot.chat.cards.answer import Setting, extra_button
from bot.chat.cards.discuss import opening_card, summary_card
from bot.chat.cards.layout import CardButton
from bot.chat.client import RedlineBot
from bot.chat.commands.discuss import LONGEST_TEXT, LONGEST_TITLE, show_timeline
from bot.chat.commands.topic import entry_answer
from bot.chat.custom_ids import Ref
from bot.chat.discuss_files import export
from bot.chat.forms import Form
from bot.chat.mistakes import UserError
from bot.chat.request import Request
from bot.chat.text import plain, shortened
from bot.journal.discussions import Event


@extra_button
def discuss_button(answer: Answer, setting: Setting) -> CardButton | None:
    """Opens a discussion of the answer, where a channel may see it."""
    if answer.tlp not in SHAREABLE or not answer.entry_id:
        return None
    return CardButton(
        plain("discuss.button", setting.language), setting.ref("discuss", answer), emoji="💬"
    )


class TextForm(Form):
    """One field of text for a discussion."""

    def __init__(
        self,
        command: str,
        title_key: str,
        field_key: str,
        discussion_id: str,
        *,
        language: str,
        required: bool = True,
    ) -> None:
        super().__init__(plain(title_key, language), command, language=language)
        self.discussion_id = discussion_id
        self.field = ui.TextInput[Any](
            custom_id="text",
            style=discord.TextStyle.paragraph,
            required=required,
            max_length=LONGEST_TEXT,
        )
        self.ask(plain(field_key, language), self.field)

    def options(self) -> dict[str, object]:
        return {"text": self.field.value, "discussion": self.discussion_id}


class AddForm(TextForm):
    """A note or a decision."""

    def __init__(self, event: Event, discussion_id: str, *, language: str) -> None:
        command = "discuss note" if event == "note" else "discuss decide"
        title = "discuss.form-note" if event == "note" else "discuss.form-decision"
        super().__init__(command, title, "discuss.field-text", discussion_id, language=language)
        self.event: Event = event

    async def submitted(self, asked: Request) -> None:
        await discuss_steps.add(asked, self.event, self.field.value, named=self.discussion_id)


class CloseForm(TextForm):
    """What came of the discussion, and with it its end."""

    def __init__(self, discussion_id: str, *, language: str) -> None:
        super().__init__(
            "discuss close",
            "discuss.form-close",
            "discuss.field-summary",
            discussion_id,
            language=language,
            required=False,
        )

    async def submitted(self, asked: Request) -> None:
        await discuss_steps.close(asked, self.field.value, named=self.discussion_id)


class StartForm(Form):
    """The title under which an answer is to be discussed: a click alone opens no thread."""

    def __init__(self, entry_id: str, origin: int, title: str, *, language: str) -> None:
        super().__init__(plain("discuss.form-start", language), "discuss start", language=language)
        self.entry_id = entry_id
        self.origin = origin
        self.field = ui.TextInput[Any](
            custom_id="title", default=shortened(title, LONGEST_TITLE), max_length=LONGEST_TITLE
        )
        hint = plain("discuss.field-title-help", language)
        self.ask(plain("discuss.field-title", language), self.field, hint)

    def options(self) -> dict[str, object]:
        return {"title": self.field.value, "entry": self.entry_id, "origin": str(self.origin)}

    async def submitted(self, asked: Request) -> None:
        answer = entry_answer(asked, self.entry_id, "discuss start")
        user_id = asked.interaction.user.id
        # Only one's own question goes into the record of the discussion.
        own = await asked.services.ledger.asked(self.origin, user_id=user_id)
        origin = self.origin if own is not None else None
        await discuss.start(asked, self.field.value, answer, interaction_id=origin)


@on_click("discuss")
async def discuss_answer(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Ask for the title, where a thread can be opened at all."""
    discuss.require_place(asked.interaction)
    answer = entry_answer(asked, ref.entry, "discuss start")
    discuss.require_shareable_entry(asked, ref.entry)
    form = StartForm(ref.entry, ref.origin, answer.title, language=asked.language)
    await asked.show_form(form)


@on_click("d-note")
async def note(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    await discuss.meant(asked, ref.entry)
    await asked.show_form(AddForm("note", ref.entry, language=asked.language))


@on_click("d-dec")
async def decide(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    await discuss.meant(asked, ref.entry)
    await asked.show_form(AddForm("decision", ref.entry, language=asked.language))


@on_click("d-close")
async def close(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Ask for the summary, but only those who may close."""
    discuss_steps.require_may_close(asked, await discuss.meant(asked, ref.entry))
    await asked.show_form(CloseForm(ref.entry, language=asked.language))


@on_click("d-done")
async def done(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    await discuss_steps.finish(asked, ref.entry, done=True, page=ref.page)


@on_click("d-undo")
async def reopen(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    await discuss_steps.finish(asked, ref.entry, done=False, page=ref.page)


@on_click("d-show")
async def timeline(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """The timeline, for oneself."""
    await discuss.meant(asked, ref.entry, even_closed=True)
    await show_timeline(asked, ref.entry, ref.page)


@on_click("d-sum")
async def summary(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """How the discussion stands or went, for oneself."""
    await discuss.meant(asked, ref.entry, even_closed=True)
    with discuss.journalled():
        whole = await asked.services.journal.discussions.get(ref.entry)
    if whole is None:
        raise UserError("error.no-such-discussion")
    card = summary_card(whole, asked.adviser.snapshot, asked.language)
    await asked.show(card.view(ref.page), entries=whole.entries, private=True)


@on_click("d-open")
async def opening(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Another page of the card that the discussion began with, for oneself."""
    found = await discuss.meant(asked, ref.entry, even_closed=True)
    answer = None
    if found.entries:
        answer = asked.adviser.topic(
            found.entries[0], language=asked.language, clearance=TEAM, command="discuss start"
        )
    card = opening_card(
        found.discussion_id,
        found.title or plain("discuss.erased", asked.language),
        answer,
        starter=found.user_id or "",
        language=asked.language,
        transcript=asked.guild.transcript and asked.services.settings.transcripts,
    )
    await asked.show(card.view(ref.page), entries=found.entries, private=True)


@on_click("d-pack")
async def pack(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """The after-action pack of the discussion, for oneself."""
    asked.edit = False
    await discuss.meant(asked, ref.entry, even_closed=True)
    await export(asked, ref.entry, "pack", ZoneInfo("UTC"))


async def setup(_bot: RedlineBot) -> None:
    """Called by the bot when it starts: importing this module has registered the actions."""
