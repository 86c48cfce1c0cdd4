"""The notation of patterns, made for people who write rules and not programs.

    withdraw        the word in any inflection: withdraw, withdraws, withdrawing
    negotia*        every word that begins so
    (troops|forces) one of these; alternatives may be several words long
    (the)?          may stand there or not
    ...             up to five words in between, within one sentence
    !negotiable     as it stands, also where the sentence negates it

A sentence that negates or rejects what a pattern names does not count as a hit, unless the
pattern itself has the negation or begins with `!`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

GAP = 5
"""Words that `...` may stand for, at most."""

_PARTS = re.compile(r"\(([^()]*)\)(\??)|(\.\.\.|…)|([^\s()]+)")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*\*?")


class PatternError(ValueError):
    """A pattern that can't be read; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a pattern; `prefix` is true for a word that ends in `*`."""

    text: str
    prefix: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives of one place: each is a run of words, an empty one for "or nothing"."""

    runs: tuple[tuple[Word, ...], ...]


class Gap:
    """Up to `GAP` words in between."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern read: its parts in order, and whether negation is looked for around it."""

    source: str
    parts: tuple[Choice | Gap, ...]
    guarded: bool


@lru_cache(maxsize=16384)
def parse(source: str) -> Pattern:
    """Read a pattern. Raises PatternError."""
    text = source.strip()
    guarded = not text.startswith("!")
    text = text.removeprefix("!").strip().lower().replace("’", "'")
    parts: list[Choice | Gap] = []
    place = 0
    for match in _PARTS.finditer(text):
        if text[place : match.start()].strip():
            raise PatternError(
                f"'{text[place : match.start()].strip()}' has no partner: write (this|that)"
            )
        place = match.end()
        group, optional, gap, word = match.groups()
        if gap:
            parts.append(Gap())
        elif group is not None:
            parts.append(_choice(group, optional == "?", source))
        else:
            parts.append(Choice((_run(word, source),)))
    if text[place:].strip():
        raise PatternError(f"'{text[place:].strip()}' has no partner: write (this|that)")
    if not parts or isinstance(parts[0], Gap) or isinstance(parts[-1], Gap) or () in parts[0].runs:
        raise PatternError("a pattern begins and ends with a word: take '...' off the end")
    return Pattern(source, tuple(parts), guarded)


def _choice(group: str, optional: bool, source: str) -> Choice:
    runs = tuple(_run(each, source) for each in group.split("|"))
    return Choice((*runs, ()) if optional else runs)


def _run(text: str, source: str) -> tuple[Word, ...]:
    words: list[Word] = []
    for piece in text.split():
        if not _WORD.fullmatch(piece):
            raise PatternError(
                f"'{piece}' in '{source}' is no word: use letters, digits, and * at the end"
            )
        words.extend(
            Word(part.removesuffix("*"), part.endswith("*")) for part in piece.split("-") if part
        )
    if not words:
        raise PatternError(f"an alternative in '{source}' is empty: write (this|that)")
    return tuple(words)
