"""Law: an instrument or rule, how far it binds, and what follows for the demand."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.knowledge.kinds.common import Entry, ShortText


class Law(Entry):
    kind: Literal["law"]
    instrument: ShortText
    provisions: tuple[ShortText, ...] = Field(min_length=1)
    binding: Literal["legally-binding", "politically-binding", "recommendation"]
    applies: ShortText
    """How it bears on the demand or on the answer."""
    limits: tuple[ShortText, ...] = Field(min_length=1)
    """What it does not say or do: the lawyer's caution."""
    adversary_reading: ShortText | None = None
    """How Moscow quotes the same text."""
