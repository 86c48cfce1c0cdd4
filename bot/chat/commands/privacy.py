"""`/privacy`: what is on record about oneself: to see, to take along, to have erased.

There is no option for another person, so nobody, whatever their role, sees or gets what is on
record about somebody else this way. It works in direct messages, too: who has left a server keeps
their right to it.
"""

from __future__ import annotations

import asyncio
import io
import zipfile
from typing import Literal

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.chat.buttons import on_click
from bot.chat.cards.layout import Card
from bot.chat.cards.privacy import about_card, confirm_card, forgotten_card
from bot.chat.client import RedlineBot
from bot.chat.custom_ids import Ref
from bot.chat.mistakes import UserError
from bot.chat.request import Request, request
from bot.chat.respond import defer
from bot.chat.text import localised, t
from bot.chat.viewing import journal_read
from bot.journal import FAULTS, Selection

FILE = "redline-my-records.zip"
FORGET = "privacy forget"
FORMS: tuple[Literal["jsonl", "md"], ...] = ("jsonl", "md")


@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
class Privacy(
    commands.GroupCog,
    group_name=localised("command.privacy.name"),
    group_description=localised("command.privacy.description"),
):
    """What is on record about whoever asks."""

    @app_commands.command(
        name=localised("command.privacy-show.name"),
        description=localised("command.privacy-show.description"),
    )
    async def show(self, interaction: discord.Interaction[RedlineBot]) -> None:
        async with request(interaction, "privacy show") as asked:
            with journal_read():
                found = await asked.services.journal.about(str(interaction.user.id))
            await asked.show(about_card(found, asked).view())

    @app_commands.command(
        name=localised("command.privacy-export.name"),
        description=localised("command.privacy-export.description"),
    )
    async def export(self, interaction: discord.Interaction[RedlineBot]) -> None:
        async with request(interaction, "privacy export") as asked:
            await asked.stop_timer()
            await defer(interaction, private=True, edit=False)
            await _export(asked)

    @app_commands.command(
        name=localised("command.privacy-forget.name"),
        description=localised("command.privacy-forget.description"),
    )
    async def forget(self, interaction: discord.Interaction[RedlineBot]) -> None:
        async with request(interaction, FORGET) as asked:
            with journal_read():
                found = await asked.services.journal.about(str(interaction.user.id))
            await asked.show(confirm_card(found, asked).view())


@on_click("p-forget")
async def confirmed(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Erase whoever pressed the button, if it is they who asked for it."""
    user_id = asked.interaction.user.id
    before = await asked.services.ledger.asked(ref.origin, user_id=user_id)
    if before is None or before.command != FORGET:
        raise UserError("error.answer-gone")
    await asked.stop_timer()
    await defer(asked.interaction, private=True, edit=True)
    # On record first, so that this click is erased with all else; after it nothing is recorded.
    await asked.record("answered")
    try:
        erased = await asked.services.journal.eraser.forget(str(user_id))
    except FAULTS as error:
        raise UserError("error.forget-failed") from error
    finally:
        asked.services.ledger.forget(user_id)
    await asked.show(forgotten_card(erased, asked.language).view())


async def _export(asked: Request) -> None:
    user_id = str(asked.interaction.user.id)
    selection = Selection(user_id=user_id)
    texts: dict[str, list[str]] = {}
    with journal_read():
        count = await asked.services.journal.exports.count(selection)
        for form in FORMS:
            lines = asked.services.journal.exports.lines(form, selection)
            texts[f"records.{form}"] = [line async for line in lines]
    content = await asyncio.to_thread(_zipped, texts)
    limit = asked.interaction.filesize_limit
    if len(content) > limit:
        raise UserError("error.export-too-large", size=len(content) // 1024, most=limit // 1024)
    card = Card(language=asked.language, accent="notice")
    card.header = f"## {t('privacy.title', asked.language)}"
    lines, text = texts
    card.blocks = [t("privacy.exported", asked.language, count=count, lines=lines, text=text)]
    view = card.view()
    view.add_item(ui.File(f"attachment://{FILE}"))
    await asked.show(view, files=[discord.File(io.BytesIO(content), filename=FILE)], private=True)


def _zipped(texts: dict[str, list[str]]) -> bytes:
    """The files in one, packed: text shrinks to a tenth, and Discord's limit is by size."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in texts.items():
            archive.writestr(name, "".join(lines))
    return packed.getvalue()


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(Privacy())
