"""A draft: a message on its way from a filled template to its release, with every version kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from bot.advice.messages.fill import fingerprint

State = Literal["draft", "submitted", "approved", "rejected", "released", "withdrawn", "expired"]
Role = Literal["officer", "approver", "maintainer"]

FINAL: frozenset[State] = frozenset({"released", "withdrawn", "expired"})
"""States that nothing leads out of: what comes after is a new draft."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an id that is stable (Discord's), a name to show, and the roles held here."""

    id: str
    name: str
    roles: frozenset[Role] = frozenset()

    def holds(self, *roles: Role) -> bool:
        """Whether the actor holds one of these roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Version:
    """One wording: numbered from 1, by whom and when, with the blockers found in it."""

    number: int
    text: str
    author: Actor
    at: dt.datetime
    blockers: tuple[str, ...] = ()
    """Ids of the blocking rules that the wording check found; checked when it was written."""

    @property
    def sha256(self) -> str:
        return fingerprint(self.text)


@dataclass(frozen=True, slots=True)
class Signature:
    """An approval or an override: by whom, when, of which text, and why."""

    by: Actor
    at: dt.datetime
    sha256: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One step of the draft's history. `action` is past tense as people read it."""

    action: str
    by: Actor | None
    at: dt.datetime
    version: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft at one moment. `step` grows with every change: a store that saves only over the
    step it has read lets one of two clicks at once win, and tells the other."""

    id: str
    state: State
    versions: tuple[Version, ...]
    since: dt.datetime
    """When it came into this state: from here its lifetime counts."""
    step: int = 1
    approval: Signature | None = None
    override: Signature | None = None
    history: tuple[Event, ...] = ()
    template_id: str = ""
    redlines: tuple[str, ...] = ()
    channel: str = ""
    language: str = "en"
    tlp: str = "clear"
    extra: dict[str, str] = field(default_factory=dict[str, str])
    """What the store keeps beside it, such as where its approvers were told; no rule reads it."""

    @property
    def current(self) -> Version:
        return self.versions[-1]

    @property
    def authors(self) -> frozenset[str]:
        """Ids of all who wrote a version: none of them may approve."""
        return frozenset(version.author.id for version in self.versions)

    @property
    def approved(self) -> bool:
        """Whether the approval covers exactly the current text."""
        return self.approval is not None and self.approval.sha256 == self.current.sha256

    @property
    def overridden(self) -> bool:
        """Whether an override covers exactly the current text."""
        return self.override is not None and self.override.sha256 == self.current.sha256
