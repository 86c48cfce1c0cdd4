"""What to write next: the list behind `/kb gaps`, and the entry that its buttons begin."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import discord
from discord import ui

from bot.chat.access import require_office
from bot.chat.buttons import on_click
from bot.chat.cards.gaps import KIND, begun_card, gaps_card
from bot.chat.client import RedlineBot
from bot.chat.custom_ids import Ref
from bot.chat.mistakes import UserError
from bot.chat.request import Request
from bot.chat.viewing import viewer_of
from bot.knowledge.kinds import MODELS
from bot.knowledge.scaffold import scaffold
from bot.knowledge.seed import seed_of, slug

MOST = 50


async def show_gaps(asked: Request, page: int = 0) -> None:
    """Questions that were not answered well, those that the asker may see, put together."""
    _require_maintainer(asked)
    gaps = await asked.services.journal.insight.gaps(
        str(asked.interaction.guild_id), viewer=viewer_of(asked, all_questions=True), limit=MOST
    )
    await asked.show(gaps_card(gaps, asked.setting(), page).view())


@on_click("gaps")
async def turn_page(asked: Request, ref: Ref, _values: tuple[str, ...]) -> None:
    """Another page of the list, or back to it."""
    await show_gaps(asked, ref.page)


@on_click("gap")
async def begin(asked: Request, ref: Ref, values: tuple[str, ...]) -> None:
    """An entry of the chosen kind, filled in as far as the questions tell."""
    _require_maintainer(asked)
    kind = values[0] if values and values[0] in MODELS else KIND
    number = int(ref.entry) if ref.entry.isdecimal() else 0
    gap = await asked.services.journal.insight.gap(
        number,
        str(asked.interaction.guild_id),
        viewer=viewer_of(asked, all_questions=True),
    )
    if gap is None:
        raise UserError("error.gap-gone")
    entry_id = slug(gap.topic, kind)
    note = f"From gap {gap.number}: asked {gap.count} times, last on {gap.last_at[:10]}."
    seed = await asked.think(seed_of, gap.topic, gap.texts, note=note)
    vocabulary = asked.adviser.snapshot.vocabulary
    text = scaffold(kind, entry_id, vocabulary, dt.datetime.now(dt.UTC).date(), seed)
    name = f"{entry_id}.yaml"
    view = begun_card(gap, kind, asked.setting()).view()
    view.add_item(ui.File[Any](f"attachment://{name}"))
    await asked.show(view, files=[discord.File(io.BytesIO(text.encode()), filename=name)])


def _require_maintainer(asked: Request) -> None:
    require_office(asked.access, "maintainer", asked.interaction.guild, asked.guild.roles)


async def setup(_bot: RedlineBot) -> None:
    """Called by the bot when it starts: importing this module has registered the actions."""
