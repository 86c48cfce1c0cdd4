"""What every knowledge-base entry has, whatever its kind."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

EntryId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=3, max_length=60)
]
"""Lower-case words joined by hyphens. At most 60 characters: ids travel in Discord custom ids."""

Passage = Annotated[str, StringConstraints(pattern=r"^P\d{3}$")]
"""Number of a passage of the source brief."""

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=160)]

Language = Literal["en", "et", "lv", "lt", "ru", "uk", "pl", "de", "fr"]
Confidence = Literal["high", "moderate", "low"]
Tlp = Literal["clear", "green", "amber", "amber+strict", "red"]
Status = Literal["draft", "reviewed", "retired"]
Likelihood = Literal[
    "almost-no-chance",
    "very-unlikely",
    "unlikely",
    "roughly-even",
    "likely",
    "very-likely",
    "almost-certain",
]
"""The seven terms of ICD 203; a likelihood is never mixed with a confidence in one sentence."""

RelationType = Literal[
    "supports",
    "rebuts",
    "answers",
    "escalates-to",
    "instead-of",
    "based-on",
    "implements",
    "see-also",
]
TranslationReview = Literal["native-reviewed", "awaiting-native-review"]


class Model(BaseModel):
    """Base of all knowledge models: immutable, and a key it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Relation(Model):
    """A typed arrow from this entry to another."""

    type: RelationType
    entry: EntryId
    note: ShortText | None = None


class Caveat(Model):
    """What the source brief gets wrong or leaves doubtful, and what is right."""

    claim: ShortText
    correction: Annotated[str, StringConstraints(min_length=1, max_length=600)]
    sources: tuple[EntryId, ...] = Field(min_length=1)


class Quote(Model):
    """A quotation, word for word: without speaker, date and source it may not stand."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    speaker: ShortText
    role: ShortText
    date: dt.date
    source: EntryId


class Translation(Model):
    """What the entry says in another language, and whether a native speaker has reviewed it."""

    title: ShortText
    summary: ShortText
    key_points: tuple[ShortText, ...] = ()
    body: LongText | None = None
    review: TranslationReview


class Entry(Model):
    """One item of knowledge. `passages` are the passages of the brief that it restates."""

    id: EntryId
    kind: str
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=100)]
    summary: ShortText
    key_points: tuple[ShortText, ...] = Field(default=(), max_length=7)
    body: LongText
    situation: EntryId
    confidence: Confidence
    tlp: Tlp
    status: Status
    reviewed: dt.date
    review_by: dt.date
    sources: tuple[EntryId, ...] = ()
    passages: tuple[Passage, ...] = Field(default=(), max_length=8)
    aliases: dict[Language, tuple[Phrase, ...]] = Field(
        default_factory=dict[Language, tuple[Phrase, ...]]
    )
    questions: dict[Language, tuple[Phrase, ...]] = Field(
        default_factory=dict[Language, tuple[Phrase, ...]]
    )
    related: tuple[Relation, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    quotes: tuple[Quote, ...] = ()
    translations: dict[Language, Translation] = Field(default_factory=dict[Language, Translation])
