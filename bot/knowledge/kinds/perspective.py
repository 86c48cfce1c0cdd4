"""Perspective: how an ally or another actor sees the matter, and how to speak with them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.knowledge.kinds.common import Entry, ShortText


class Perspective(Entry):
    kind: Literal["perspective"]
    actor: ShortText
    voice: Literal["own-words", "analyst-reconstruction"]
    """`own-words` needs at least one quote."""
    interests: tuple[ShortText, ...] = Field(min_length=1)
    concerns: tuple[ShortText, ...] = Field(min_length=1)
    contributions: tuple[ShortText, ...] = ()
    reads_us_as: tuple[ShortText, ...] = ()
    """How this actor is likely to read what we say or do."""
    speak_to: tuple[ShortText, ...] = Field(min_length=1)
    """What to keep in mind when speaking with or for this actor."""
