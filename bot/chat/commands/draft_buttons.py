"""Buttons of drafts; they work as long as their messages stand, for whoever may do the step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from bot.advice.drafts import Action
from bot.advice.messages import prepare
from bot.chat.buttons import on_click
from bot.chat.client import RedlineBot
from bot.chat.commands.draft import show_history, show_list
from bot.chat.custom_ids import Ref
from bot.chat.drafting import steps
from bot.chat.drafting.desk import load, look, permitted, require_desk
from bot.chat.drafting.forms import EditForm, ReasonForm, ReleaseForm
from bot.chat.drafting.showing import show
from bot.chat.mistakes import UserError
from bot.chat.request import Request
from bot.knowledge.kinds import Template

Values = tuple[str, ...]


@on_click("dr-show")
async def show_draft(asked: Request, ref: Ref, _values: Values) -> None:
    """The draft for oneself, whether from the board or from a list; also another page of it."""
    await show(asked, await look(asked, await load(asked, ref.entry)), page=ref.page)


@on_click("dr-hist")
async def history(asked: Request, ref: Ref, _values: Values) -> None:
    await show_history(asked, ref.entry, ref.page)


@on_click("dr-list")
async def list_drafts(asked: Request, ref: Ref, _values: Values) -> None:
    await show_list(asked, ref.entry, ref.page)


@on_click("dr-subm")
async def submit(asked: Request, ref: Ref, _values: Values) -> None:
    await steps.submit(asked, ref.entry)


@on_click("dr-appr")
async def approve(asked: Request, ref: Ref, _values: Values) -> None:
    await steps.approve(asked, ref.entry)


@on_click("dr-rej")
async def reject(asked: Request, ref: Ref, _values: Values) -> None:
    await _ask_why(asked, ref, "reject")


@on_click("dr-over")
async def override(asked: Request, ref: Ref, _values: Values) -> None:
    await _ask_why(asked, ref, "override")


@on_click("dr-draw")
async def withdraw(asked: Request, ref: Ref, _values: Values) -> None:
    await _ask_why(asked, ref, "withdraw")


@on_click("dr-rel")
async def release(asked: Request, ref: Ref, _values: Values) -> None:
    await permitted(asked, ref.entry, "release")
    await asked.show_form(ReleaseForm(ref.entry, language=asked.language))


@on_click("dr-edit")
async def edit(asked: Request, ref: Ref, _values: Values) -> None:
    draft = await permitted(asked, ref.entry, "edit")
    await asked.show_form(EditForm.of(asked, draft))


@on_click("dr-save")
async def save(asked: Request, ref: Ref, _values: Values) -> None:
    """Keep the text of a `/message` card as a draft."""
    await _begin(asked, ref, submitting=False)


@on_click("dr-send")
async def send(asked: Request, ref: Ref, _values: Values) -> None:
    """Keep it, and put it before the approvers."""
    await _begin(asked, ref, submitting=True)


async def _ask_why(asked: Request, ref: Ref, action: Action) -> None:
    await permitted(asked, ref.entry, action)
    await asked.show_form(ReasonForm(action, ref.entry, language=asked.language))


async def _begin(asked: Request, ref: Ref, *, submitting: bool) -> None:
    require_desk(asked)
    template = asked.adviser.snapshot.get(ref.entry)
    if not isinstance(template, Template) or not asked.clearance.admits(template.tlp):
        raise UserError("error.gone", entry=ref.entry)
    earlier = await asked.services.ledger.asked(ref.origin, user_id=asked.interaction.user.id)
    if earlier is None:
        raise UserError("error.answer-gone")
    values: Mapping[str, str] = earlier.options.get("values") or {}
    today = dt.datetime.now(dt.UTC).date()
    prepared = await asked.think(
        prepare, asked.adviser.snapshot, template, ref.language, values, zone="UTC", today=today
    )
    await steps.begin(asked, prepared, ref.origin, submitting=submitting)


async def setup(_bot: RedlineBot) -> None:
    """Called by the bot when it starts: importing this module has registered the actions."""
