"""Template: a message with typed slots, for a channel, an audience, a tone and a situation."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.knowledge.kinds.common import (
    Entry,
    EntryId,
    Language,
    Model,
    ShortText,
    TranslationReview,
)

SLOT = re.compile(r"\{([a-z][a-z0-9_]{1,30})\}")
"""A slot as it stands in a text."""

SlotName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,30}$")]
MessageText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=10, max_length=6000)
]


SlotLabel = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=45)]
SlotHelp = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=100)]


class SlotText(Model):
    """What a form says about a slot, in another language."""

    label: SlotLabel
    help: SlotHelp


class Slot(Model):
    """A hole in the text. `choices` only for type `choice`; `max_length` in characters.

    An optional slot that is left empty takes its line with it where nothing else is on it to fill.
    """

    type: Literal["text", "datetime", "number", "place", "spokesperson", "choice", "link"]
    label: SlotLabel
    help: SlotHelp
    example: ShortText
    required: bool = True
    max_length: Annotated[int, Field(ge=1, le=1000)] = 100
    choices: tuple[ShortText, ...] = Field(default=(), max_length=25)
    translations: dict[Language, SlotText] = Field(default_factory=dict[Language, SlotText])


class Variant(Model):
    """The text in one language; slots are written `{slot_name}`."""

    text: MessageText
    review: Literal["original"] | TranslationReview


class Template(Entry):
    kind: Literal["template"]
    purpose: Literal[
        "holding", "rebuttal", "red-line", "reassurance", "q-and-a", "correction", "briefing"
    ]
    redlines: tuple[EntryId, ...] = Field(min_length=1)
    channel: str
    audiences: tuple[str, ...] = Field(min_length=1)
    tone: str
    attribution: Literal["any", "before", "after", "false-alarm"] = "any"
    phases: tuple[EntryId, ...] = ()
    slots: dict[SlotName, Slot] = Field(default_factory=dict[SlotName, Slot])
    variants: dict[Language, Variant] = Field(min_length=1)
    do_not: tuple[ShortText, ...] = ()
