"""Four eyes: what may be done with a draft, by whom, from which state, to which.

Plain functions from a draft to the next one. They know no store and no Discord; the time is
given to them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from bot.advice.drafts.draft import FINAL, Actor, Draft, Event, Role, Signature, State, Version

Action = Literal["edit", "submit", "override", "approve", "reject", "release", "withdraw"]
Refusal = Literal[
    "role", "own-draft", "state", "final", "blocked", "stale", "no-reason", "unchanged",
    "nothing-to-override", "empty", "expired",
]  # fmt: skip

SHORTEST_REASON = 8
"""Characters: an `ok` in the record helps nobody who reads it later."""

FROM: dict[Action, frozenset[State]] = {
    "edit": frozenset({"draft", "submitted", "approved", "rejected"}),
    "submit": frozenset({"draft"}),
    "override": frozenset({"draft"}),
    "approve": frozenset({"submitted"}),
    "reject": frozenset({"submitted"}),
    "release": frozenset({"approved"}),
    "withdraw": frozenset({"draft", "submitted", "approved", "rejected"}),
}
"""The states in which each action is possible."""

WHO: dict[Action, frozenset[Role]] = {
    "edit": frozenset({"officer", "approver"}),
    "submit": frozenset({"officer", "approver"}),
    "override": frozenset({"approver"}),
    "approve": frozenset({"approver"}),
    "reject": frozenset({"approver"}),
    "release": frozenset({"officer", "approver"}),
    "withdraw": frozenset({"officer", "approver"}),
}
"""The roles that may take each action. Whoever wrote a version never approves, rejects or
overrides, whatever the role."""

SECOND_PERSON: frozenset[Action] = frozenset({"override", "approve", "reject"})

PAST: dict[Action, str] = {
    "edit": "edited",
    "submit": "submitted",
    "override": "overrode the blockers",
    "approve": "approved",
    "reject": "rejected",
    "release": "released",
    "withdraw": "withdrew",
}
ROLE_NAMES: dict[Role, str] = {
    "officer": "Comms Officer",
    "approver": "Approver",
    "maintainer": "Maintainer",
}


class NotAllowed(ValueError):  # noqa: N818 - a rule that holds is no fault of the program
    """The action is refused: `code` for translation, the message for people, with the way out."""

    def __init__(self, code: Refusal, message: str) -> None:
        super().__init__(message)
        self.code: Refusal = code


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long a draft may stay in a state before it expires. An approval is for the situation of
    its day: it doesn't keep."""

    draft: dt.timedelta = dt.timedelta(days=14)
    submitted: dt.timedelta = dt.timedelta(days=3)
    approved: dt.timedelta = dt.timedelta(hours=24)
    rejected: dt.timedelta = dt.timedelta(days=14)

    def end(self, draft: Draft) -> dt.datetime | None:
        """When the draft expires; None in a final state."""
        lasting = {
            "draft": self.draft,
            "submitted": self.submitted,
            "approved": self.approved,
            "rejected": self.rejected,
        }.get(draft.state)
        return None if lasting is None else draft.since + lasting


LIFETIMES = Lifetimes()


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
    _hold("edit", author)
    _not_empty(text)
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
    draft: Draft, actor: Actor, at: dt.datetime, text: str, *, blockers: tuple[str, ...] = ()
) -> Draft:
    """A new version. Whatever was approved or overridden before no longer counts."""
    _may(draft, "edit", actor, at)
    _not_empty(text)
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


def submit(draft: Draft, actor: Actor, at: dt.datetime) -> Draft:
    """Put it before the approvers. A blocker keeps it back until it is mended or overridden."""
    _may(draft, "submit", actor, at)
    if draft.current.blockers and not draft.overridden:
        rules = ", ".join(draft.current.blockers)
        raise NotAllowed(
            "blocked",
            f"The text breaks a rule that blocks it ({rules}). Change it, or ask an Approver who "
            "did not write it to override with a reason.",
        )
    return _next(draft, "submitted", "submit", actor, at)


def override(draft: Draft, actor: Actor, at: dt.datetime, reason: str, *, sha256: str) -> Draft:
    """Let the blockers of exactly this text pass, with a reason on record."""
    _may(draft, "override", actor, at)
    _same_text(draft, sha256)
    if not draft.current.blockers:
        raise NotAllowed("nothing-to-override", "No rule blocks this text.")
    reason = _reason(reason, "Say why the blocker does not apply here")
    signed = replace(draft, override=Signature(actor, at, sha256, reason))
    return _next(signed, "draft", "override", actor, at, reason)


def approve(draft: Draft, actor: Actor, at: dt.datetime, *, sha256: str) -> Draft:
    """Approve the text with this fingerprint: the one that the approver has read."""
    _may(draft, "approve", actor, at)
    _same_text(draft, sha256)
    return _next(
        replace(draft, approval=Signature(actor, at, sha256)), "approved", "approve", actor, at
    )


def reject(draft: Draft, actor: Actor, at: dt.datetime, reason: str) -> Draft:
    """Send it back with a reason. An edit makes a draft of it again."""
    _may(draft, "reject", actor, at)
    reason = _reason(reason, "Say what has to change")
    return _next(draft, "rejected", "reject", actor, at, reason)


def release(
    draft: Draft, actor: Actor, at: dt.datetime, *, lifetimes: Lifetimes = LIFETIMES
) -> Draft:
    """Hand it out. Only the exact text that was approved, and only while the approval lasts."""
    _may(draft, "release", actor, at, lifetimes)
    if not draft.approved:
        raise NotAllowed("stale", "The text is not the one that was approved: submit it again.")
    return _next(draft, "released", "release", actor, at)


def withdraw(draft: Draft, actor: Actor, at: dt.datetime, reason: str = "") -> Draft:
    """Take it back before it is out."""
    _may(draft, "withdraw", actor, at)
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


def possible(
    draft: Draft, actor: Actor, at: dt.datetime, *, lifetimes: Lifetimes = LIFETIMES
) -> tuple[Action, ...]:
    """What this person may do with the draft now: the buttons to show."""
    found: list[Action] = []
    for action in FROM:
        try:
            _may(draft, action, actor, at, lifetimes)
        except NotAllowed:
            continue
        held_back = bool(draft.current.blockers) and not draft.overridden
        if (action == "submit" and held_back) or (action == "override" and not held_back):
            continue
        found.append(action)
    return tuple(found)


def _may(
    draft: Draft, action: Action, actor: Actor, at: dt.datetime, lifetimes: Lifetimes = LIFETIMES
) -> None:
    _hold(action, actor)
    end = lifetimes.end(draft)
    if draft.state == "expired" or (end is not None and at >= end):
        raise NotAllowed("expired", "The draft has expired: start a new one from its template.")
    if draft.state not in FROM[action]:
        raise NotAllowed("final" if draft.state in FINAL else "state", _too_late(draft, action))
    if action in SECOND_PERSON and actor.id in draft.authors:
        raise NotAllowed(
            "own-draft", f"You wrote a version of this text: somebody else has to {action} it."
        )


def _hold(action: Action, actor: Actor) -> None:
    if actor.roles.isdisjoint(WHO[action]):
        names = " or ".join(ROLE_NAMES[role] for role in sorted(WHO[action], reverse=True))
        raise NotAllowed("role", f"To {action} a draft takes the role {names}.")


def _too_late(draft: Draft, action: Action) -> str:
    last = draft.history[-1] if draft.history else None
    by = f" by {last.by.name}" if last and last.by else ""
    when = f" at {last.at.astimezone(dt.UTC):%H:%M} UTC" if last else ""
    if draft.state == "released" and action == "withdraw":
        return f"It was released{by}{when}: what is out can only be corrected by a new message."
    if draft.state == "draft":
        return f"It is still a draft: submit it before you {action} it."
    if draft.state == "submitted" and action == "release":
        return "It has not been approved yet."
    words = {"submitted": "submitted", "approved": "approved", "rejected": "rejected"}
    return f"It was already {words.get(draft.state, draft.state)}{by}{when}."


def _same_text(draft: Draft, sha256: str) -> None:
    if sha256 != draft.current.sha256:
        raise NotAllowed(
            "stale", "The text was changed after you opened it: read the new version first."
        )


def _not_empty(text: str) -> None:
    if not text.strip():
        raise NotAllowed("empty", "The text is empty.")


def _reason(reason: str, ask: str) -> str:
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise NotAllowed("no-reason", f"{ask}, in {SHORTEST_REASON} characters or more.")
    return reason


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
