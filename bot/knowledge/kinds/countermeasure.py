"""Countermeasure: something that can be done, by whom, how fast, at what cost and risk."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.knowledge.kinds.common import Entry, EntryId, Model, ShortText

Level = Literal["none", "low", "medium", "high"]
DisarmCounter = Annotated[str, StringConstraints(pattern=r"^C\d{5}$")]
DisarmResponse = Annotated[str, StringConstraints(pattern=r"^D\d{2}$")]
DisarmTechnique = Annotated[str, StringConstraints(pattern=r"^T\d{4}(\.\d{3})?$")]


class LeadTime(Model):
    """Hours from the decision to the first effect."""

    min_hours: Annotated[int, Field(ge=0, le=100_000)]
    max_hours: Annotated[int, Field(ge=0, le=100_000)]


class LegalBasis(Model):
    """How the option stands in law: retorsion and treaty rights need no prior breach."""

    footing: Literal[
        "sovereign-right", "retorsion", "treaty", "eu-act", "countermeasure", "needs-new-act"
    ]
    note: ShortText
    law: tuple[EntryId, ...] = ()


class DisarmMapping(Model):
    """Identifiers of the DISARM frameworks; absent where none fits."""

    counters: tuple[DisarmCounter, ...] = ()
    response: DisarmResponse | None = None


class Countermeasure(Entry):
    kind: Literal["countermeasure"]
    domain: str
    phases: tuple[EntryId, ...] = Field(min_length=1)
    effects: tuple[str, ...] = Field(min_length=1)
    actors: tuple[ShortText, ...] = Field(min_length=1)
    decides: ShortText
    cost: Level
    escalation_risk: Level
    reversibility: Literal["easy", "hard", "none"]
    lead_time: LeadTime
    legal: LegalBasis
    in_force: ShortText | None = None
    """What of it is already done today."""
    prerequisites: tuple[ShortText, ...] = ()
    steps: tuple[ShortText, ...] = Field(min_length=1)
    risks: tuple[ShortText, ...] = Field(min_length=1)
    stop_when: tuple[ShortText, ...] = Field(min_length=1)
    measure: ShortText
    """By what observable one would see that it works."""
    conflicts_with: tuple[EntryId, ...] = ()
    disarm: DisarmMapping | None = None
