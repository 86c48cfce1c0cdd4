"""Glossary: a term, what it means here, and what to say in other languages."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.knowledge.kinds.common import Entry, Language, Phrase


class Glossary(Entry):
    kind: Literal["glossary"]
    term: dict[Language, Phrase] = Field(min_length=1)
    """The standard term by language."""
    avoid: tuple[Phrase, ...] = ()
    """Words not to use for it."""
