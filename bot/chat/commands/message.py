"""`/message`: a template chosen, filled in a form, checked and handed out."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any, cast

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.advice.messages import Wish, choose, offers, pages, prepare
from bot.chat import completion
from bot.chat.access import access_of, has_desk
from bot.chat.buttons import on_click
from bot.chat.cards.drafts import begin_buttons
from bot.chat.cards.message import message_card
from bot.chat.client import RedlineBot
from bot.chat.custom_ids import Ref
from bot.chat.forms import Form
from bot.chat.message_files import message_files
from bot.chat.mistakes import UserError
from bot.chat.replay import replays
from bot.chat.request import Request, bot_of, request
from bot.chat.text import localised, plain, shortened
from bot.knowledge.kinds import Template
from bot.knowledge.kinds.template import Slot

COMMAND = "message"
LONG = 100
"""From this many characters on a slot is asked for in a field of several lines."""


class FillForm(Form):
    """One page of a template's slots: five fields at most."""

    def __init__(
        self, template: Template, message_language: str, page: int, values: Mapping[str, str],
        *, language: str,
    ) -> None:  # fmt: skip
        title = plain("message.form", language, title=template.title)
        super().__init__(title, COMMAND, language=language)
        self.template = template
        self.message_language = message_language
        self.values = dict(values)
        self.fields: dict[str, ui.TextInput[Any] | ui.Select[Any]] = {}
        for name, slot in pages(template.slots)[page]:
            field = _field(name, slot, self.values.get(name, ""))
            self.fields[name] = field
            self.ask(slot.label, field, slot.help)

    def options(self) -> dict[str, object]:
        for name, field in self.fields.items():
            typed = field.values[0] if isinstance(field, ui.Select) and field.values else ""
            self.values[name] = typed if isinstance(field, ui.Select) else field.value
        return {
            "template": self.template.id,
            "message_language": self.message_language,
            "values": self.values,
        }

    async def submitted(self, asked: Request) -> None:
        await hand_out(asked, self.template, self.message_language, self.values)


class Message(commands.Cog):
    """Messages from templates."""

    @app_commands.command(
        name=localised("command.message.name"), description=localised("command.message.description")
    )
    @app_commands.rename(
        redline=localised("command.message.redline.name"),
        audience=localised("command.message.audience.name"),
        channel=localised("command.message.channel.name"),
        language=localised("command.message.language.name"),
    )
    @app_commands.describe(
        redline=localised("command.message.redline.description"),
        audience=localised("command.message.audience.description"),
        channel=localised("command.message.channel.description"),
        language=localised("command.message.language.description"),
    )
    async def message(
        self,
        interaction: discord.Interaction[RedlineBot],
        redline: str,
        audience: str,
        channel: str,
        language: str | None = None,
    ) -> None:
        options = {
            "redline": redline, "audience": audience, "channel": channel, "language": language,
        }  # fmt: skip
        async with request(interaction, COMMAND, options) as asked:
            template, chosen = _chosen(asked, redline, audience, channel, language)
            if template.slots:
                form = FillForm(template, chosen, 0, {}, language=asked.language)
                await asked.show_form(form)
            else:
                await hand_out(asked, template, chosen, {})

    @message.autocomplete("redline")
    @completion.never_failing
    async def _redlines(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await _offered(interaction, "redlines", current)

    @message.autocomplete("audience")
    @completion.never_failing
    async def _audiences(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await _offered(interaction, "audiences", current)

    @message.autocomplete("channel")
    @completion.never_failing
    async def _channels(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await _offered(interaction, "channels", current)

    @message.autocomplete("language")
    @completion.never_failing
    async def _languages(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await _offered(interaction, "languages", current)


async def _offered(
    interaction: discord.Interaction[Any], place: str, current: str
) -> completion.Choices:
    """What there is for an option, given what the other options already say."""
    services = bot_of(interaction).services
    guild = await services.guilds.get(interaction.guild_id)
    clearance = access_of(interaction.user, guild.roles).clearance
    said: dict[str, str | None] = {
        name: getattr(interaction.namespace, name, None) or None
        for name in ("redline", "audience", "channel", "language")
        if name != place.removesuffix("s")
    }
    found = offers(services.advisers.current.snapshot, Wish(**said), clearance=clearance)
    return completion.words({offer.id: offer.title for offer in getattr(found, place)}, current)


def _chosen(
    asked: Request, redline: str, audience: str, channel: str, language: str | None
) -> tuple[Template, str]:
    """The template that fits best and the language of its text."""
    snapshot = asked.adviser.snapshot
    wish = Wish(redline=redline, audience=audience, channel=channel, language=language)
    known = offers(snapshot, Wish(), clearance=asked.clearance)
    for option, given, there in (
        ("redline", redline, known.redlines),
        ("audience", audience, known.audiences),
        ("channel", channel, known.channels),
        ("language", language, known.languages),
    ):
        ids = [offer.id for offer in there]
        if given is not None and given not in ids:
            raise UserError(
                "error.unknown-choice", given=given, option=option, known=", ".join(ids)
            )
    for candidate in choose(snapshot, wish=wish, clearance=asked.clearance, limit=1):
        template = candidate.template
        if all(fit.met for fit in candidate.fits if fit.code in {"redline", "audience", "channel"}):
            wanted = language or asked.language
            return template, wanted if wanted in template.variants else "en"
    raise UserError("error.no-template", redline=redline, audience=audience, channel=channel)


def _field(name: str, slot: Slot, value: str) -> ui.TextInput[Any] | ui.Select[Any]:
    if slot.type == "choice":
        return ui.Select[Any](
            custom_id=name,
            options=[
                discord.SelectOption(label=shortened(each, 100), value=each, default=each == value)
                for each in slot.choices
            ],
            required=slot.required,
            min_values=1 if slot.required else 0,
        )
    return ui.TextInput[Any](
        custom_id=name,
        style=discord.TextStyle.paragraph if slot.max_length > LONG else discord.TextStyle.short,
        placeholder=shortened(slot.example, 100),
        default=value or None,
        required=slot.required,
        max_length=slot.max_length,
    )


@replays(COMMAND)
async def hand_out_again(asked: Request, options: Mapping[str, Any], page: int) -> None:
    """Another page of a message that is on record."""
    values: Mapping[str, str] = options.get("values") or {}
    if "template" in options:
        found = asked.adviser.snapshot.get(str(options["template"]))
        if not isinstance(found, Template) or not asked.clearance.admits(found.tlp):
            raise UserError("error.gone", entry=options["template"])
        template, language = found, str(options["message_language"])
    else:
        redline, audience, channel = (
            str(options[key]) for key in ("redline", "audience", "channel")
        )
        template, language = _chosen(asked, redline, audience, channel, options.get("language"))
    language = language if language in template.variants else "en"
    await hand_out(asked, template, language, values, page)


async def hand_out(
    asked: Request, template: Template, language: str, values: Mapping[str, str], page: int = 0
) -> None:
    """Fill, check against the red lines, show; the files only where nothing blocks."""
    snapshot = asked.adviser.snapshot
    now = dt.datetime.now(dt.UTC)
    prepared = await asked.think(
        prepare, snapshot, template, language, values, zone="UTC", today=now.date()
    )
    card = message_card(
        prepared.message, prepared.findings, len(pages(template.slots)), asked.setting()
    )
    if card.turn and not prepared.message.problems and has_desk(asked.access):
        card.rows.append(begin_buttons(card.turn, asked.language))
    view = card.view(page)
    files: list[discord.File] = []
    if prepared.ready:
        languages = cast("Mapping[str, str]", snapshot.vocabulary.languages)
        made = await asked.think(
            message_files, prepared.message, languages[language], asked.language, now
        )
        files = [discord.File(io.BytesIO(content), filename=name) for name, content in made]
        for file in files:
            view.add_item(ui.File[Any](f"attachment://{file.filename}"))
    await asked.show(view, entries=(template.id, *template.redlines), files=files)


@on_click("fill")
async def fill_again(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """The form once more, with what was typed before."""
    template = asked.adviser.snapshot.get(ref.entry)
    if not isinstance(template, Template) or not asked.clearance.admits(template.tlp):
        raise UserError("error.gone", entry=ref.entry)
    earlier = await asked.services.ledger.asked(ref.origin, user_id=asked.interaction.user.id)
    values: Mapping[str, str] = (earlier.options.get("values") or {}) if earlier else {}
    language = ref.language if ref.language in template.variants else "en"
    if not template.slots:
        await hand_out(asked, template, language, {})
        return
    page = min(ref.page, len(pages(template.slots)) - 1)
    await asked.show_form(FillForm(template, language, page, values, language=asked.language))


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(Message())
