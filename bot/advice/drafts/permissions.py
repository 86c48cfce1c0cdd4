"""Who may do what with a draft, from which state, and for how long it lives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bot.advice.drafts.draft import FINAL, Actor, Draft, Role, State

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


def possible(
    draft: Draft, actor: Actor, at: dt.datetime, *, lifetimes: Lifetimes = LIFETIMES
) -> tuple[Action, ...]:
    """What this person may do with the draft now: the buttons to show."""
    found: list[Action] = []
    for action in FROM:
        try:
            require(draft, action, actor, at, lifetimes)
        except NotAllowed:
            continue
        held_back = bool(draft.current.blockers) and not draft.overridden
        if (action == "submit" and held_back) or (action == "override" and not held_back):
            continue
        found.append(action)
    return tuple(found)


def require(
    draft: Draft, action: Action, actor: Actor, at: dt.datetime, lifetimes: Lifetimes = LIFETIMES
) -> None:
    """Raise NotAllowed unless this person may take this action on the draft now."""
    require_role(action, actor)
    end = lifetimes.end(draft)
    if draft.state == "expired" or (end is not None and at >= end):
        raise NotAllowed("expired", "The draft has expired: start a new one from its template.")
    if draft.state not in FROM[action]:
        raise NotAllowed("final" if draft.state in FINAL else "state", _too_late(draft, action))
    if action in SECOND_PERSON and actor.id in draft.authors:
        raise NotAllowed(
            "own-draft", f"You wrote a version of this text: somebody else has to {action} it."
        )


def require_role(action: Action, actor: Actor) -> None:
    """Raise NotAllowed unless the actor holds a role that the action takes."""
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


def require_same_text(draft: Draft, sha256: str) -> None:
    """Raise NotAllowed unless the fingerprint is that of the current text."""
    if sha256 != draft.current.sha256:
        raise NotAllowed(
            "stale", "The text was changed after you opened it: read the new version first."
        )


def require_unblocked(draft: Draft) -> None:
    """Raise NotAllowed where a rule holds the current text back and no override covers it."""
    if draft.current.blockers and not draft.overridden:
        rules = ", ".join(draft.current.blockers)
        raise NotAllowed(
            "blocked",
            f"The text breaks a rule that blocks it ({rules}). Change it, or ask an Approver who "
            "did not write it to override with a reason.",
        )


def require_text(text: str) -> None:
    """Raise NotAllowed for a text of nothing but spaces."""
    if not text.strip():
        raise NotAllowed("empty", "The text is empty.")


def require_reason(reason: str, ask: str) -> str:
    """The reason on one line; NotAllowed with this request where it says too little."""
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise NotAllowed("no-reason", f"{ask}, in {SHORTEST_REASON} characters or more.")
    return reason
