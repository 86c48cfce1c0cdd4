"""Taking a step with a draft: load it, ask the rules, put the step on record, and say what came."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.advice.drafts import (
    SHORTEST_REASON,
    Action,
    Actor,
    Draft,
    NotAllowed,
    Rule,
    checked,
    expire,
    require,
)
from bot.advice.messages import TOO_LONG
from bot.chat.access import DESK, has_desk, role_name
from bot.chat.cards.discuss import when
from bot.chat.drafting.names import read_name
from bot.chat.drafting.seen import Seen, seen
from bot.chat.drafting.stored import change_of, draft_of, erased
from bot.chat.journal_away import journal_needed
from bot.chat.mistakes import Refusal, UserError
from bot.chat.text import Markdown, plain, safe_line, t
from bot.journal import DraftConflict, DraftRefused

if TYPE_CHECKING:
    from bot.chat.request import Request

log = logging.getLogger(__name__)


def require_desk(asked: Request) -> None:
    """Raises Refusal for those who neither write nor approve messages here."""
    if not has_desk(asked.access):
        guild = asked.interaction.guild
        names = [role_name(guild, office, asked.guild.roles) for office in DESK]
        raise Refusal("error.needs-one-of", roles=", ".join(names))


def actor_of(asked: Request) -> Actor:
    """Who acts, with the offices held in this server."""
    user = asked.interaction.user
    return Actor(str(user.id), user.display_name, frozenset(asked.access.offices))


def journalled() -> AbstractContextManager[None]:
    """Without a record nothing is decided."""
    return journal_needed("error.draft-away")


async def load(asked: Request, name: str) -> Draft:
    """A draft of this server as it stands now. Raises UserError where there is none that this
    person may see."""
    require_desk(asked)
    draft_id, _ = read_name(name)
    with journalled():
        stored = await asked.services.journal.drafts.get(draft_id) if draft_id else None
    here = str(asked.interaction.guild_id)
    if stored is None or stored.guild_id != here or not stored.steps:
        raise UserError("error.no-such-draft", draft=name)
    draft = expire(draft_of(stored), dt.datetime.now(dt.UTC))
    if not asked.clearance.admits(draft.tlp):
        raise UserError("error.no-such-draft", draft=name)
    if erased(stored):
        raise UserError("error.draft-erased")
    return draft


async def permitted(asked: Request, name: str, action: Action) -> Draft:
    """The draft, where this person may take this step: said before a form is filled in, not after.

    Raises UserError.
    """
    draft = await load(asked, name)
    try:
        require(draft, action, actor_of(asked), dt.datetime.now(dt.UTC))
    except NotAllowed as refusal:
        raise refused(asked, draft, refusal) from refusal
    return draft


async def look(asked: Request, draft: Draft) -> Seen:
    """The draft with its message, its findings and its length by today's knowledge base."""
    return await asked.think(seen, asked.adviser.snapshot, draft)


async def take(
    asked: Request, name: str, rule: Rule, beforehand: Callable[[Seen], None] | None = None
) -> Seen:
    """Take a step: the draft afterwards. `beforehand` may refuse it for what the rules don't know.
    Raises UserError where the rules, or somebody who was quicker, don't let it."""
    seen = await look(asked, await load(asked, name))
    if beforehand is not None:
        beforehand(seen)
    before = checked(seen.draft, seen.blockers)
    try:
        after = rule(before, actor_of(asked), dt.datetime.now(dt.UTC))
    except NotAllowed as refusal:
        raise refused(asked, before, refusal) from refusal
    if after.current is not before.current:  # a new text: what holds it back is found out now
        seen = await look(asked, after)
        after = checked(after, seen.blockers)
    await save(asked, after)
    return replace(seen, draft=after)


def exactly(name: str, rule: Rule) -> Rule:
    """The rule, for the text that was shown and no other."""

    def bound(draft: Draft, actor: Actor, at: dt.datetime) -> Draft:
        after = rule(draft, actor, at)
        require_shown(draft, name)
        return after

    return bound


def require_shown(draft: Draft, name: str) -> None:
    if not shown(draft, name):
        raise NotAllowed("stale", "The text was changed after you opened it.")


def shown(draft: Draft, name: str) -> str:
    """The fingerprint of the current text where it is the one that was shown, else nothing."""
    sha256 = draft.current.sha256
    return sha256 if sha256.startswith(read_name(name)[1]) else ""


async def save(asked: Request, draft: Draft, *, first: bool = False) -> None:
    """Put the latest step on record. Raises UserError, naming who was quicker, where it is not."""
    interaction = asked.interaction
    journal = asked.services.journal
    discussion_id = None
    with journalled():
        if first:
            discussion_id = await journal.discussions.of_thread(str(interaction.channel_id))
        change = change_of(
            draft,
            guild_id=str(interaction.guild_id),
            channel_id=str(interaction.channel_id) if interaction.channel_id else None,
            discussion_id=discussion_id,
            revision=asked.adviser.snapshot.revision,
        )
        try:
            await journal.drafts.save(change)
            return
        except DraftConflict as error:
            conflict = error
        except DraftRefused as error:
            # The rules said yes to what they had read: only a change in between can say no.
            log.warning("the journal refused a step of draft %s: %s", draft.id, error)
            raise UserError("error.draft-stale") from error
        stored = await journal.drafts.get(draft.id)
    by = draft_of(stored).history[-1].by if stored else None
    raise UserError(
        "error.draft-first",
        name=by.name if by and by.name else plain("draft.the-bot", asked.language),
        state=plain(f"state.{conflict.state}", asked.language),
    )


def refused(asked: Request, draft: Draft, refusal: NotAllowed) -> UserError:
    """Why the rules say no, in the asker's language, with the way out."""
    language = asked.language
    last = draft.history[-1]
    by = last.by.name if last.by else ""
    state = plain(f"state.{draft.state}", language)
    since = when(draft.since)
    match refusal.code:
        case "role":
            guild = asked.interaction.guild
            names = [role_name(guild, office, asked.guild.roles) for office in DESK]
            return Refusal("error.needs-one-of", roles=", ".join(names))
        case "state" if by:
            return UserError("error.draft-state", state=state, at=since, name=by)
        case "state":
            return UserError("error.draft-state-alone", state=state, at=since)
        case "blocked":
            return UserError("error.draft-blocked", rules=rules(draft.current.blockers, language))
        case "no-reason":
            return UserError("error.draft-reason", least=SHORTEST_REASON)
        case "final":
            return UserError("error.draft-final", state=state, at=since)
        case "expired":
            return UserError("error.draft-expired", at=since)
        case code:
            return UserError(PLAIN[code])


PLAIN = {
    "own-draft": "error.draft-own",
    "stale": "error.draft-stale",
    "unchanged": "error.draft-same",
    "nothing-to-override": "error.draft-nothing-blocked",
    "empty": "error.draft-empty",
}
"""Refusals that need no more words than their own."""


def rules(blockers: tuple[str, ...], language: str) -> Markdown:
    """What holds a text back, by name."""
    names = [
        t("draft.too-long-name", language) if each == TOO_LONG else safe_line(each)
        for each in blockers
    ]
    return Markdown(", ".join(names))
