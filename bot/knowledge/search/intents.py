"""What a query asks for: a kind of entry, harm, or something this knowledge base is not about.

The words that tell are data: `intents.yaml` of the knowledge base.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, cast

from pydantic import Field, StringConstraints

from bot.knowledge.kinds.common import Language, Model
from bot.knowledge.search.normalise import fold, words

Cue = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
Cues = dict[Language, tuple[Cue, ...]]

ALWAYS = "en"
"""Cues of this language count in every query: people mix it into their own."""


class KindCues(Model):
    """Phrases that ask for a kind: `asks` settle it, `hints` lean that way."""

    asks: Cues = Field(default_factory=dict[Language, tuple[Cue, ...]])
    hints: Cues = Field(default_factory=dict[Language, tuple[Cue, ...]])


class Intents(Model):
    """The cue phrases of `intents.yaml`. A star stands for any ending of a word."""

    kinds: dict[str, KindCues] = Field(default_factory=dict[str, KindCues])
    harmful: Cues = Field(default_factory=dict[Language, tuple[Cue, ...]])
    elsewhere: Cues = Field(default_factory=dict[Language, tuple[Cue, ...]])
    other_topics: tuple[Cue, ...] = ()
    """Matters that the knowledge base is not about, in plain English, compared by meaning."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What a query asks for: by kind 1.0 (asked) or 0.5 (hinted at); and what speaks against it."""

    kinds: Mapping[str, float] = field(default_factory=dict[str, float])
    harmful: bool = False
    elsewhere: bool = False

    @property
    def kind(self) -> str | None:
        """The kind that is asked for, if the words settle it."""
        asked = [name for name, strength in self.kinds.items() if strength >= 1]
        return asked[0] if asked else None


class IntentReader:
    """Finds cue phrases in queries, with one expression for each language and group."""

    def __init__(self, intents: Intents) -> None:
        self._intents = intents
        self._compiled: dict[str, _Expressions] = {}
        for language in sorted(_languages(intents)):
            self._compiled[language] = _Expressions(intents, language)

    def read(self, query: list[str], languages: Iterable[str]) -> Intent:
        """Intent of a query, given as its words, in any of the languages."""
        text = " ".join(map(fold, query))
        found: dict[str, float] = {}
        harmful = elsewhere = False
        for name in dict.fromkeys((*languages, ALWAYS)):
            expressions = self._compiled.get(name)
            if expressions is None:
                continue
            for kind in expressions.asked(text):
                found[kind] = 1.0
            for kind in expressions.hinted(text):
                found.setdefault(kind, 0.5)
            harmful = harmful or expressions.harmful.search(text) is not None
            elsewhere = elsewhere or expressions.elsewhere.search(text) is not None
        order = list(self._intents.kinds)
        ranked = sorted(found, key=lambda kind: (-found[kind], order.index(kind)))
        return Intent({kind: found[kind] for kind in ranked}, harmful, elsewhere)


class _Expressions:
    """The compiled cues of one language."""

    def __init__(self, intents: Intents, language: str) -> None:
        code = cast("Language", language)
        kinds = intents.kinds.items()
        self._asks = {kind: _expression(cues.asks.get(code, ())) for kind, cues in kinds}
        self._hints = {kind: _expression(cues.hints.get(code, ())) for kind, cues in kinds}
        self.harmful = _expression(intents.harmful.get(code, ()))
        self.elsewhere = _expression(intents.elsewhere.get(code, ()))

    def asked(self, text: str) -> Iterable[str]:
        return (kind for kind, expression in self._asks.items() if expression.search(text))

    def hinted(self, text: str) -> Iterable[str]:
        return (kind for kind, expression in self._hints.items() if expression.search(text))


def _languages(intents: Intents) -> set[str]:
    found: set[str] = {*intents.harmful, *intents.elsewhere}
    for cues in intents.kinds.values():
        found |= {*cues.asks, *cues.hints}
    return found


def _expression(cues: Iterable[str]) -> re.Pattern[str]:
    """One expression for all cues; it never matches where there are none."""
    parts = [_cue(cue) for cue in cues]
    return re.compile(rf"\b(?:{'|'.join(parts)})\b" if parts else r"(?!)")


def _cue(cue: str) -> str:
    """A cue as an expression over folded words; a star is any ending of its word."""
    found: list[str] = []
    for part in cue.split():
        pieces = [re.escape(fold(word)) for word in words(part)]
        if pieces and part.endswith("*"):
            pieces[-1] += r"\w*"
        found += pieces
    return " ".join(found)
