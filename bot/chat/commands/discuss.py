"""`/discuss`: a discussion in a thread of its own, with everything that came of it on record."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast
from zoneinfo import ZoneInfo, available_timezones

import discord
from discord import app_commands
from discord.ext import commands

from bot.advice.answer import Answer
from bot.advice.clearance import TEAM
from bot.chat import completion, discuss, discuss_steps
from bot.chat.cards.timeline import timeline_card
from bot.chat.client import RedlineBot
from bot.chat.commands.topic import entry_answer
from bot.chat.discuss_due import BEFORE, read_due, remind_at
from bot.chat.discuss_files import FORMS, Form, export
from bot.chat.mistakes import UserError
from bot.chat.request import Request, bot_of, request
from bot.chat.text import localised, visible

LONGEST_TITLE = 200
LONGEST_TEXT = 1000
"""Characters of a note, a decision or an action: escaped, it still fits on one card."""

REMINDER = "due"
OFFERED = 200
"""Latest discussions that an autocomplete looks through."""

Title = app_commands.Range[str, 1, LONGEST_TITLE]
Words = app_commands.Range[str, 1, LONGEST_TEXT]


class Discuss(
    commands.GroupCog,
    group_name=localised("command.discuss.name"),
    group_description=localised("command.discuss.description"),
):
    """Discussions."""

    @app_commands.command(
        name=localised("command.discuss-start.name"),
        description=localised("command.discuss-start.description"),
    )
    @app_commands.rename(
        title=localised("command.discuss-start.title.name"),
        entry=localised("command.discuss-start.entry.name"),
        question=localised("command.discuss-start.question.name"),
    )
    @app_commands.describe(
        title=localised("command.discuss-start.title.description"),
        entry=localised("command.discuss-start.entry.description"),
        question=localised("command.discuss-start.question.description"),
    )
    async def start(
        self,
        interaction: discord.Interaction[RedlineBot],
        title: Title | None = None,
        entry: str | None = None,
        question: app_commands.Range[str, 1, 1500] | None = None,
    ) -> None:
        options = {"title": title, "entry": entry, "question": question}
        async with request(interaction, "discuss start", options) as asked:
            discuss.require_place(interaction)
            if entry is not None:
                answer = entry_answer(asked, entry, "discuss start")
            elif question is not None:
                answer = await _question_answer(asked, question)
            elif title is not None:
                answer = None
            else:
                raise UserError("error.nothing-to-discuss")
            named = title or (answer.title if entry and answer else None) or question or ""
            await discuss.start(asked, named, answer)

    @app_commands.command(
        name=localised("command.discuss-note.name"),
        description=localised("command.discuss-note.description"),
    )
    @app_commands.rename(
        text=localised("command.discuss-note.text.name"),
        entry=localised("command.discuss-note.entry.name"),
        discussion=localised("command.discuss-note.discussion.name"),
    )
    @app_commands.describe(
        text=localised("command.discuss-note.text.description"),
        entry=localised("command.discuss-note.entry.description"),
        discussion=localised("command.discuss-note.discussion.description"),
    )
    async def note(
        self,
        interaction: discord.Interaction[RedlineBot],
        text: Words,
        entry: str | None = None,
        discussion: str | None = None,
    ) -> None:
        options = {"text": text, "entry": entry, "discussion": discussion}
        async with request(interaction, "discuss note", options) as asked:
            await discuss_steps.add(asked, "note", text, named=discussion, entry=entry)

    @app_commands.command(
        name=localised("command.discuss-decide.name"),
        description=localised("command.discuss-decide.description"),
    )
    @app_commands.rename(
        text=localised("command.discuss-decide.text.name"),
        entry=localised("command.discuss-note.entry.name"),
        discussion=localised("command.discuss-note.discussion.name"),
    )
    @app_commands.describe(
        text=localised("command.discuss-decide.text.description"),
        entry=localised("command.discuss-note.entry.description"),
        discussion=localised("command.discuss-note.discussion.description"),
    )
    async def decide(
        self,
        interaction: discord.Interaction[RedlineBot],
        text: Words,
        entry: str | None = None,
        discussion: str | None = None,
    ) -> None:
        options = {"text": text, "entry": entry, "discussion": discussion}
        async with request(interaction, "discuss decide", options) as asked:
            await discuss_steps.add(asked, "decision", text, named=discussion, entry=entry)

    @app_commands.command(
        name=localised("command.discuss-action.name"),
        description=localised("command.discuss-action.description"),
    )
    @app_commands.rename(
        text=localised("command.discuss-action.text.name"),
        owner=localised("command.discuss-action.owner.name"),
        due=localised("command.discuss-action.due.name"),
        zone=localised("command.discuss-action.zone.name"),
        remind=localised("command.discuss-action.remind.name"),
        discussion=localised("command.discuss-note.discussion.name"),
    )
    @app_commands.describe(
        text=localised("command.discuss-action.text.description"),
        owner=localised("command.discuss-action.owner.description"),
        due=localised("command.discuss-action.due.description"),
        zone=localised("command.discuss-action.zone.description"),
        remind=localised("command.discuss-action.remind.description"),
        discussion=localised("command.discuss-note.discussion.description"),
    )
    @app_commands.choices(
        remind=[
            app_commands.Choice(name=localised(f"remind.{when}"), value=when) for when in BEFORE
        ]
    )
    async def action(
        self,
        interaction: discord.Interaction[RedlineBot],
        text: Words,
        owner: discord.Member | None = None,
        due: app_commands.Range[str, 1, 60] | None = None,
        zone: app_commands.Range[str, 1, 60] | None = None,
        remind: str = REMINDER,
        discussion: str | None = None,
    ) -> None:
        options = {
            "text": text, "owner": str(owner.id) if owner else None, "due": due, "zone": zone,
            "remind": remind, "discussion": discussion,
        }  # fmt: skip
        async with request(interaction, "discuss action", options) as asked:
            now = dt.datetime.now(dt.UTC)
            moment = read_due(due, zone, now) if due else None
            reminder = remind_at(moment, remind, now)
            await discuss_steps.take_on(
                asked, text, owner=owner, due=moment, remind=reminder, named=discussion
            )

    @app_commands.command(
        name=localised("command.discuss-close.name"),
        description=localised("command.discuss-close.description"),
    )
    @app_commands.rename(
        summary=localised("command.discuss-close.summary.name"),
        discussion=localised("command.discuss-note.discussion.name"),
    )
    @app_commands.describe(
        summary=localised("command.discuss-close.summary.description"),
        discussion=localised("command.discuss-note.discussion.description"),
    )
    async def close(
        self,
        interaction: discord.Interaction[RedlineBot],
        summary: Words | None = None,
        discussion: str | None = None,
    ) -> None:
        options = {"summary": summary, "discussion": discussion}
        async with request(interaction, "discuss close", options) as asked:
            await discuss_steps.close(asked, summary or "", named=discussion)

    @app_commands.command(
        name=localised("command.discuss-show.name"),
        description=localised("command.discuss-show.description"),
    )
    @app_commands.rename(discussion=localised("command.discuss-note.discussion.name"))
    @app_commands.describe(discussion=localised("command.discuss-note.discussion.description"))
    async def show(
        self, interaction: discord.Interaction[RedlineBot], discussion: str | None = None
    ) -> None:
        async with request(interaction, "discuss show", {"discussion": discussion}) as asked:
            found = await discuss.meant(asked, discussion, even_closed=True)
            await show_timeline(asked, found.discussion_id, 0)

    @app_commands.command(
        name=localised("command.discuss-export.name"),
        description=localised("command.discuss-export.description"),
    )
    @app_commands.rename(
        form=localised("command.discuss-export.form.name"),
        zone=localised("command.discuss-action.zone.name"),
        discussion=localised("command.discuss-note.discussion.name"),
    )
    @app_commands.describe(
        form=localised("command.discuss-export.form.description"),
        zone=localised("command.discuss-export.zone.description"),
        discussion=localised("command.discuss-note.discussion.description"),
    )
    @app_commands.choices(
        form=[app_commands.Choice(name=localised(f"form.{form}"), value=form) for form in FORMS]
    )
    async def export(
        self,
        interaction: discord.Interaction[RedlineBot],
        form: str,
        zone: app_commands.Range[str, 1, 60] | None = None,
        discussion: str | None = None,
    ) -> None:
        options = {"format": form, "zone": zone, "discussion": discussion}
        async with request(interaction, "discuss export", options) as asked:
            found = await discuss.meant(asked, discussion, even_closed=True)
            await export(asked, found.discussion_id, cast("Form", form), _zone(zone))

    @start.autocomplete("entry")
    @note.autocomplete("entry")
    @decide.autocomplete("entry")
    @completion.never_failing
    async def _entries(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await completion.entries(interaction, current)

    @action.autocomplete("zone")
    @export.autocomplete("zone")
    @completion.never_failing
    async def _zone_names(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return _zones(current)

    @note.autocomplete("discussion")
    @decide.autocomplete("discussion")
    @action.autocomplete("discussion")
    @close.autocomplete("discussion")
    @completion.never_failing
    async def _open_discussions(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await offered(interaction, current, "open")

    @show.autocomplete("discussion")
    @export.autocomplete("discussion")
    @completion.never_failing
    async def _all_discussions(
        self, interaction: discord.Interaction[RedlineBot], current: str
    ) -> completion.Choices:
        return await offered(interaction, current, None)


async def _question_answer(asked: Request, question: str) -> Answer:
    """The best entry that a channel may see: what only officers may see is not looked for."""
    if not visible(question).strip():
        raise UserError("error.empty-question")
    return await asked.think(
        asked.adviser.ask, question, language=asked.preferred_language, clearance=TEAM
    )


async def show_timeline(asked: Request, discussion_id: str, page: int) -> None:
    """One page of a discussion's timeline, privately."""
    with discuss.journalled():
        whole = await asked.services.journal.discussions.get(discussion_id)
    if whole is None:
        raise UserError("error.no-such-discussion")
    card = timeline_card(whole, asked.language)
    await asked.show(card.view(page), entries=whole.entries, private=True)


async def offered(
    interaction: discord.Interaction[Any], current: str, state: str | None
) -> completion.Choices:
    """Discussions of this server that the person may see, by title, the latest first."""
    journal = bot_of(interaction).services.journal
    found = await journal.discussions.find(str(interaction.guild_id), state=state, limit=OFFERED)
    typed = current.casefold().strip()
    return completion.choices(
        (f"{one.title} · {one.started_at[:10]}", one.discussion_id)
        for one in found
        if one.title and typed in one.title.casefold() and discuss.may_see(interaction, one)
    )


def _zones(current: str) -> completion.Choices:
    typed = current.casefold().strip()
    near = [zone for zone in sorted(available_timezones()) if typed in zone.casefold()]
    near.sort(key=lambda zone: not zone.startswith("Europe/"))
    return completion.choices((zone, zone) for zone in (["UTC", *near] if not typed else near))


def _zone(given: str | None) -> ZoneInfo:
    if given is None:
        return ZoneInfo("UTC")
    if given not in available_timezones():
        raise UserError("error.unknown-zone", given=given)
    return ZoneInfo(given)


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    await bot.add_cog(Discuss())
