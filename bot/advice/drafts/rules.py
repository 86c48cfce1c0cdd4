"""Four eyes: what is done with a draft, from one state to the next.

Plain functions from a draft to the next one. They know no store and no Discord; the time is
given to them. All raise NotAllowed where the rules refuse.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from bot.advice.drafts.draft import Actor, Draft, Event, Signature, State, Version
from bot.advice.drafts.permissions import (
    LIFETIMES,
    Action,
    Lifetimes,
    NotAllowed,
    require,
    require_reason,
    require_role,
    require_same_text,
    require_text,
    require_unblocked,
)

PAST: dict[Action, str] = {
    "edit": "edited",
    "submit": "submitted",
    "override": "overrode the blockers",
    "approve": "approved",
    "reject": "rejected",
    "release": "released",
    "withdraw": "withdrew",
}


def new_draft(
    draft_id: str,
    text: str,
    author: Actor,
    at: dt.datetime,
    *,
    blockers: tuple[str, ...] = (),
    template_id: str = "",
    redlines: tuple[str, ...] = (),
    channel: str = "",
    language: str = "en",
    tlp: str = "clear",
) -> Draft:
    """The first version. Raises NotAllowed without the role, or for an empty text."""
    require_role("edit", author)
    require_text(text)
    first = Version(1, text, author, at, blockers)
    return Draft(
        id=draft_id,
        state="draft",
        versions=(first,),
        since=at,
        history=(Event("drafted", author, at, 1),),
        template_id=template_id,
        redlines=redlines,
        channel=channel,
        language=language,
        tlp=tlp,
    )


def edit(
    draft: Draft,
    actor: Actor,
    at: dt.datetime,
    text: str,
    *,
    blockers: tuple[str, ...] = (),
    lifetimes: Lifetimes = LIFETIMES,
) -> Draft:
    """A new version. Whatever was approved or overridden before no longer counts."""
    require(draft, "edit", actor, at, lifetimes)
    require_text(text)
    if text == draft.current.text:
        raise NotAllowed("unchanged", "The text is the same as before: nothing was saved.")
    version = Version(draft.current.number + 1, text, actor, at, blockers)
    return _next(
        replace(draft, versions=(*draft.versions, version), approval=None, override=None),
        "draft",
        "edit",
        actor,
        at,
    )


def checked(draft: Draft, blockers: tuple[str, ...]) -> Draft:
    """The draft with what holds its current text back by today's rules, which may have changed
    since the text was written. An override does not cover what it could not know."""
    known = draft.current.blockers
    if set(blockers) == set(known):
        return draft
    versions = (*draft.versions[:-1], replace(draft.current, blockers=blockers))
    covered = set(blockers) <= set(known)
    return replace(draft, versions=versions, override=draft.override if covered else None)


def submit(
    draft: Draft, actor: Actor, at: dt.datetime, *, lifetimes: Lifetimes = LIFETIMES
) -> Draft:
    """Put it before the approvers. A blocker keeps it back until it is mended or overridden."""
    require(draft, "submit", actor, at, lifetimes)
    require_unblocked(draft)
    return _next(draft, "submitted", "submit", actor, at)


def override(
    draft: Draft,
    actor: Actor,
    at: dt.datetime,
    reason: str,
    *,
    sha256: str,
    lifetimes: Lifetimes = LIFETIMES,
) -> Draft:
    """Let the blockers of exactly this text pass, with a reason on record."""
    require(draft, "override", actor, at, lifetimes)
    require_same_text(draft, sha256)
    if not draft.current.blockers:
        raise NotAllowed("nothing-to-override", "No rule blocks this text.")
    reason = require_reason(reason, "Say why the blocker does not apply here")
    signed = replace(draft, override=Signature(actor, at, sha256, reason))
    return _next(signed, "draft", "override", actor, at, reason)


def approve(
    draft: Draft,
    actor: Actor,
    at: dt.datetime,
    *,
    sha256: str,
    lifetimes: Lifetimes = LIFETIMES,
) -> Draft:
    """Approve the text with this fingerprint: the one that the approver has read."""
    require(draft, "approve", actor, at, lifetimes)
    require_same_text(draft, sha256)
    require_unblocked(draft)
    return _next(
        replace(draft, approval=Signature(actor, at, sha256)), "approved", "approve", actor, at
    )


def reject(
    draft: Draft,
    actor: Actor,
    at: dt.datetime,
    reason: str,
    *,
    lifetimes: Lifetimes = LIFETIMES,
) -> Draft:
    """Send it back with a reason. An edit makes a draft of it again."""
    require(draft, "reject", actor, at, lifetimes)
    reason = require_reason(reason, "Say what has to change")
    return _next(draft, "rejected", "reject", actor, at, reason)


def release(
    draft: Draft, actor: Actor, at: dt.datetime, *, lifetimes: Lifetimes = LIFETIMES
) -> Draft:
    """Hand it out. Only the exact text that was approved, and only while the approval lasts."""
    require(draft, "release", actor, at, lifetimes)
    if not draft.approved:
        raise NotAllowed("stale", "The text is not the one that was approved: submit it again.")
    require_unblocked(draft)
    return _next(draft, "released", "release", actor, at)


def withdraw(
    draft: Draft,
    actor: Actor,
    at: dt.datetime,
    reason: str = "",
    *,
    lifetimes: Lifetimes = LIFETIMES,
) -> Draft:
    """Take it back before it is out."""
    require(draft, "withdraw", actor, at, lifetimes)
    return _next(draft, "withdrawn", "withdraw", actor, at, " ".join(reason.split()))


def expire(draft: Draft, at: dt.datetime, *, lifetimes: Lifetimes = LIFETIMES) -> Draft:
    """The draft as it is at this time: expired where its lifetime is over, else unchanged."""
    end = lifetimes.end(draft)
    if end is None or at < end:
        return draft
    event = Event("expired", None, end, draft.current.number, f"after {draft.state}")
    return replace(
        draft,
        state="expired",
        since=end,
        step=draft.step + 1,
        approval=None,
        override=None,
        history=(*draft.history, event),
    )


def _next(
    draft: Draft, state: State, action: Action, actor: Actor, at: dt.datetime, reason: str = ""
) -> Draft:
    event = Event(PAST[action], actor, at, draft.current.number, reason)
    return replace(
        draft,
        state=state,
        since=draft.since if state == draft.state and action == "override" else at,
        step=draft.step + 1,
        history=(*draft.history, event),
    )


Rule = Callable[..., Draft]
RULES: dict[Action, Rule] = {
    "edit": edit,
    "submit": submit,
    "override": override,
    "approve": approve,
    "reject": reject,
    "release": release,
    "withdraw": withdraw,
}
"""Every action by its name, for whoever takes the name from a button."""
