"""Narrative: an adversary's claim and its rebuttal, fact first."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.knowledge.kinds.common import Entry, Language, Model, Phrase, ShortText
from bot.knowledge.kinds.countermeasure import DisarmTechnique

Claim = Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=400)]


class Rebuttal(Model):
    """Fact, warning, fallacy, fact: the order of the Debunking Handbook (2020)."""

    fact: ShortText
    warning: ShortText
    fallacy: ShortText
    fact_again: ShortText


class Narrative(Entry):
    kind: Literal["narrative"]
    claim: Claim
    variants: dict[Language, tuple[Phrase, ...]] = Field(
        default_factory=dict[Language, tuple[Phrase, ...]]
    )
    """How the claim is put, in our own invented wording: what statements are matched against."""
    goal: Literal["dismiss", "distort", "distract", "dismay", "divide"]
    respond: Literal["yes", "no", "if-it-spreads"]
    respond_note: ShortText
    kernel_of_truth: ShortText | None = None
    rebuttal: Rebuttal
    disarm: tuple[DisarmTechnique, ...] = ()
