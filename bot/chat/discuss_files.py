"""Discussions as files, made beside the event loop; long work says how far it is."""

from __future__ import annotations

import asyncio
import io
import re
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.chat.cards.layout import Card, notice
from bot.chat.discuss import journalled
from bot.chat.discuss_paper import paper_of
from bot.chat.mistakes import UserError
from bot.chat.respond import NO_MENTIONS, defer
from bot.chat.text import Markdown, safe_line, t
from bot.documents import MissingExtra, render
from bot.journal import Discussion, minutes
from bot.journal.pack import write_zip

if TYPE_CHECKING:
    from bot.chat.request import Request

Form = Literal["md", "csv", "jsonl", "docx", "pack"]
FORMS: tuple[Form, ...] = ("md", "csv", "jsonl", "docx", "pack")
ENDINGS: Mapping[Form, str] = {"pack": "zip"}

MOST_NAMES = 200
"""People whose names are asked for; others stand in the file by their Discord id."""

PATIENCE = 2.0
"""Seconds between two messages about how far it is."""

Told = Callable[[str, int, int], Awaitable[None]]
"""Called with what is being done, and how much of how much is done."""


async def export(asked: Request, discussion_id: str, form: Form, zone: ZoneInfo) -> None:
    """Make the file and hand it out privately."""
    await asked.stop_timer()
    await defer(asked.interaction, private=True, edit=False)
    told = _teller(asked)
    await told("read", 0, 1)
    discussions = asked.services.journal.discussions
    with journalled():
        discussion = await discussions.get(discussion_id)
    if discussion is None:
        raise UserError("error.no-such-discussion")
    if not asked.clearance.admits(discussion.tlp.lower()):
        raise UserError("error.not-for-your-role")
    names = await _names(asked, discussion, told)
    await told("write", 0, 1)
    content = await _content(asked, discussion, form, names, zone)
    limit = asked.interaction.filesize_limit
    if len(content) > limit:
        size, most = len(content) // 1024, limit // 1024
        raise UserError("error.file-too-large", size=size, most=most)
    name = file_name(discussion, form)
    card = Card(language=asked.language, accent=discussion.tlp.lower())
    title = safe_line(discussion.title or discussion.discussion_id)
    card.header = f"### {title}"
    card.blocks = [
        t("discuss.exported", asked.language, count=len(discussion.timeline), zone=zone.key)
    ]
    view = card.view()
    view.add_item(ui.File(f"attachment://{name}"))
    await asked.show(
        view,
        entries=discussion.entries,
        private=True,
        files=[discord.File(io.BytesIO(content), filename=name)],
    )


def file_name(discussion: Discussion, form: Form) -> str:
    """A name that any file system takes: the title's letters, the day, the format."""
    words = re.sub(r"[^a-z0-9]+", "-", (discussion.title or "").casefold())[:50].strip("-")
    parts = ["discussion", discussion.started_at[:10], words]
    return f"{'-'.join(part for part in parts if part)}.{ENDINGS.get(form, form)}"


async def _content(
    asked: Request, discussion: Discussion, form: Form, names: Mapping[str, str], zone: ZoneInfo
) -> bytes:
    if form == "pack":
        return await _pack(asked, discussion, names, zone)
    if form == "docx":
        paper = paper_of(discussion, names, zone, asked.language)
        try:
            return await asyncio.to_thread(render, paper, "docx")
        except MissingExtra as error:
            raise UserError("error.missing-extra", extra=error.extra) from None
    writers: Mapping[str, Callable[[], str]] = {
        "md": lambda: minutes.as_markdown(discussion, names, zone),
        "csv": lambda: minutes.as_csv(discussion, names),
        "jsonl": lambda: minutes.as_jsonl(discussion),
    }
    text = await asyncio.to_thread(writers[form])
    return text.encode()


async def _pack(
    asked: Request, discussion: Discussion, names: Mapping[str, str], zone: ZoneInfo
) -> bytes:
    """Report, timeline, answers as given, drafts with approvals, revisions: what this person may
    see of it."""
    markings = {marking.upper() for marking in asked.clearance.markings}
    with journalled():
        contents = await asked.services.journal.packs.gather(discussion.discussion_id, markings)
    if contents is None:
        raise UserError("error.no-such-discussion")
    more: dict[str, bytes] = {}
    try:
        paper = paper_of(discussion, names, zone, asked.language)
        more["report.docx"] = await asyncio.to_thread(render, paper, "docx")
    except MissingExtra:
        pass  # report.md says the same
    with tempfile.TemporaryDirectory(prefix="redline-pack-") as folder:
        path = Path(folder) / "pack.zip"
        await asyncio.to_thread(write_zip, contents, path, names, zone, more)
        return await asyncio.to_thread(path.read_bytes)


async def _names(asked: Request, discussion: Discussion, told: Told) -> Mapping[str, str]:
    """Display names of everybody in it. Who has left the server stays an id."""
    guild = asked.interaction.guild
    owners = [action.owner_id for action in discussion.actions if action.owner_id]
    people = list(dict.fromkeys([*discussion.people, *owners]))[:MOST_NAMES]
    names: dict[str, str] = {}
    for place, user_id in enumerate(people):
        await told("names", place, len(people))
        if guild is None or not user_id.isdecimal():
            continue
        try:
            member = guild.get_member(int(user_id)) or await guild.fetch_member(int(user_id))
        except discord.HTTPException:
            continue
        names[user_id] = member.display_name
    return names


def _teller(asked: Request) -> Told:
    """Tells how far it is, in the place where the file will stand, and not too often."""
    last = time.monotonic()

    async def told(what: str, done: int, count: int) -> None:
        nonlocal last
        if time.monotonic() - last < PATIENCE:
            return
        last = time.monotonic()
        step = t(f"export.{what}", asked.language)
        bar = Markdown("▰" * (10 * done // max(count, 1)) + "▱" * (10 - 10 * done // max(count, 1)))
        text = t("discuss.exporting", asked.language, step=step, bar=bar)
        await asked.interaction.edit_original_response(
            view=notice(text, language=asked.language), allowed_mentions=NO_MENTIONS
        )

    return told
