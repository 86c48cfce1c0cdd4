"""What people do with a draft: begin, submit, decide, edit. Each step is on record first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bot.advice import drafts as four_eyes
from bot.advice.drafts import LIFETIMES, Actor, Draft
from bot.advice.messages import Prepared
from bot.advice.messages.cleaning import clean, mention, spoofed_marking
from bot.chat.cards.discuss import when
from bot.chat.cards.layout import Card, titled
from bot.chat.custom_ids import base36
from bot.chat.drafting.board import refresh, tell
from bot.chat.drafting.desk import (
    actor_of,
    exactly,
    journalled,
    load,
    look,
    require_desk,
    require_shown,
    save,
    shown,
    take,
)
from bot.chat.drafting.names import name_of
from bot.chat.drafting.seen import Seen, blockers_of
from bot.chat.drafting.showing import show
from bot.chat.mistakes import UserError
from bot.chat.text import Markdown, code_blocks, t

if TYPE_CHECKING:
    from bot.chat.request import Request

KEPT = 1500
"""Units of one block in which somebody gets back what could not be saved."""


async def begin(asked: Request, prepared: Prepared, origin: int, *, submitting: bool) -> None:
    """Make a draft of a filled template, and submit it where nothing holds it back.

    `origin` is the interaction that the text was handed out in: a second click finds the draft
    that the first one made.
    """
    require_desk(asked)
    message = prepared.message
    if message.problems:
        raise UserError("error.draft-unready")
    blockers = blockers_of(message, prepared.findings)
    draft = four_eyes.new_draft(
        f"dr-{base36(origin)}",
        message.text,
        actor_of(asked),
        dt.datetime.now(dt.UTC),
        blockers=blockers,
        template_id=message.template_id,
        redlines=message.redlines,
        channel=message.channel,
        language=message.language,
        tlp=message.tlp,
    )
    with journalled():
        known = await asked.services.journal.drafts.get(draft.id)
    if known is None:
        await save(asked, draft, first=True)
    else:
        draft = await load(asked, draft.id)
    if submitting and draft.state == "draft" and not blockers:
        await submit(asked, name_of(draft))
        return
    seen = await look(asked, draft)
    said = t("draft.saved" if known is None else "draft.saved-before", asked.language)
    if submitting and draft.state == "draft":
        told = await tell(asked, seen)
        said = Markdown(f"{t('draft.held-back', asked.language)} {told}")
    await show(asked, seen, said)


async def submit(asked: Request, name: str) -> None:
    """Put it before the approvers."""
    seen = await take(asked, name, exactly(name, four_eyes.submit))
    told = await tell(asked, seen)
    await show(asked, seen, Markdown(f"{t('draft.submitted', asked.language)} {told}"))


async def approve(asked: Request, name: str) -> None:
    """Approve the text that the name tells of: the one that was read."""

    def rule(draft: Draft, actor: Actor, at: dt.datetime) -> Draft:
        return four_eyes.approve(draft, actor, at, sha256=shown(draft, name))

    seen = await take(asked, name, rule)
    end = LIFETIMES.end(seen.draft) or seen.draft.since
    await show(asked, seen, t("draft.approved", asked.language, until=when(end)))
    await _refresh(asked, seen)


async def override(asked: Request, name: str, reason: str) -> None:
    """Let what holds the text back pass, for a reason that stays on record."""

    def rule(draft: Draft, actor: Actor, at: dt.datetime) -> Draft:
        return four_eyes.override(draft, actor, at, reason, sha256=shown(draft, name))

    seen = await take(asked, name, rule)
    await show(asked, seen, t("draft.overridden", asked.language))
    await _refresh(asked, seen)


async def reject(asked: Request, name: str, reason: str) -> None:
    """Send it back."""

    def rule(draft: Draft, actor: Actor, at: dt.datetime) -> Draft:
        require_shown(draft, name)
        return four_eyes.reject(draft, actor, at, reason)

    seen = await take(asked, name, rule)
    await show(asked, seen, t("draft.rejected", asked.language))
    await _refresh(asked, seen)


async def withdraw(asked: Request, name: str, reason: str) -> None:
    """Take it back before it is out."""

    def rule(draft: Draft, actor: Actor, at: dt.datetime) -> Draft:
        return four_eyes.withdraw(draft, actor, at, reason)

    seen = await take(asked, name, rule)
    await show(asked, seen, t("draft.withdrawn", asked.language))
    await _refresh(asked, seen)


async def edit(asked: Request, name: str, text: str) -> None:
    """Save a new version. What can't be saved is given back to whoever typed it."""
    words = clean(text, lines=True)

    def rule(draft: Draft, actor: Actor, at: dt.datetime) -> Draft:
        require_shown(draft, name)
        return four_eyes.edit(draft, actor, at, words)

    if live := spoofed_marking(words) or mention(words):
        await _give_back(asked, UserError("error.draft-hostile", given=live), text)
        return
    try:
        seen = await take(asked, name, rule)
    except UserError as error:
        await _give_back(asked, error, text)
        return
    number = seen.draft.current.number
    await show(asked, seen, t("draft.edited", asked.language, number=number))
    await _refresh(asked, seen)


async def _refresh(asked: Request, seen: Seen) -> None:
    await refresh(asked.bot, asked.interaction.guild_id, seen)


async def _give_back(asked: Request, error: UserError, text: str) -> None:
    asked.options = {**asked.options, "error": error.key}
    card = Card(language=asked.language, accent="fault")
    card.blocks = [error.text(asked.language)]
    kept = code_blocks(text, KEPT)
    if kept:
        card.blocks.append(titled(t("draft.kept-text", asked.language), kept[0]))
        card.blocks += kept[1:]
    await asked.show(card.view(), outcome="refused", private=True)
