"""Escalation: a phase of the ladder, or the ladder as a whole, with observable indicators."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.knowledge.kinds.common import Entry, EntryId, Model, ShortText


class Indicator(Model):
    """Something a duty officer can see and count. Weight 1 (weak) to 3 (strong)."""

    id: EntryId
    observe: ShortText
    where: ShortText
    """Where one looks: the kind of source that would show it."""
    weight: Annotated[int, Field(ge=1, le=3)]


class Escalation(Entry):
    kind: Literal["escalation"]
    level: Annotated[int, Field(ge=0, le=9)]
    """Place on the ladder: 1 is the lowest rung; 0 is the ladder as a whole."""
    phases: tuple[EntryId, ...] = ()
    """The phases in order; only the ladder as a whole names them."""
    indicators: tuple[Indicator, ...] = Field(min_length=6)
    leave_when: tuple[ShortText, ...] = Field(min_length=1)
    say: tuple[EntryId, ...] = ()
    """Templates that fit this phase."""
    do: tuple[EntryId, ...] = ()
    """Countermeasures that fit this phase."""
    redlines: tuple[EntryId, ...] = ()
    false_positives: tuple[ShortText, ...] = ()
    """Innocent explanations to rule out first."""
