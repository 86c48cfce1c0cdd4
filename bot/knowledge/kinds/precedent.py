"""Precedent: what happened before, how it was answered, and how far it compares."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from bot.knowledge.kinds.common import Entry, ShortText


class Precedent(Entry):
    kind: Literal["precedent"]
    began: dt.date
    ended: dt.date | None = None
    demanded: ShortText
    answered: ShortText
    outcome: ShortText
    alike: tuple[ShortText, ...] = Field(min_length=1)
    unlike: tuple[ShortText, ...] = Field(min_length=1)
    lesson: ShortText
