"""A draft shown to one person, with what they can do now, and its files once it is released."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any, cast

import discord
from discord import ui

from bot.advice.drafts import checked, possible
from bot.advice.messages import ApprovalLine
from bot.chat.cards.drafts import Desk, draft_card
from bot.chat.drafting.desk import actor_of
from bot.chat.message_files import message_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.chat.drafting.seen import Seen
    from bot.chat.request import Request
    from bot.chat.text import Markdown


async def show(asked: Request, seen: Seen, said: Markdown | None = None, page: int = 0) -> None:
    """Show the draft, for this person alone: drafts are nobody else's business yet."""
    actor = actor_of(asked)
    draft = checked(seen.draft, seen.blockers)
    actions = possible(draft, actor, dt.datetime.now(dt.UTC))
    card = draft_card(seen, Desk(asked.language, actor.id, actions, asked.origin), said)
    view = card.view(page)
    files = await _files(asked, seen) if draft.state == "released" else []
    for file in files:
        view.add_item(ui.File[Any](f"attachment://{file.filename}"))
    await asked.show(view, entries=seen.entries, private=True, files=files)


async def _files(asked: Request, seen: Seen) -> list[discord.File]:
    """The text as files, each with the line that tells who approved it."""
    signature, draft = seen.draft.approval, seen.draft
    approval = None
    if signature is not None:
        override = draft.override.reason if draft.override and draft.overridden else ""
        approval = ApprovalLine(signature.by.name, signature.at, signature.sha256, override)
    languages = cast("Mapping[str, str]", asked.adviser.snapshot.vocabulary.languages)
    name = languages.get(draft.language, draft.language)
    now = dt.datetime.now(dt.UTC)
    made = await asked.think(
        message_files, seen.message, name, asked.language, now, approval=approval
    )
    return [discord.File(io.BytesIO(content), filename=file) for file, content in made]
