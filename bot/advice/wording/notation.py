"""The notation of patterns, made for people who write rules and not programs.

    withdraw        the word in any inflection: withdraw, withdraws, withdrawing
    negotia*        every word that begins so
    =us             the word as it stands, in no other form
    (troops|forces) one of these; alternatives may be several words long
    (the)?          may stand there or not
    ...             up to five words in between, within one sentence
    a + b           both in one sentence, in either order, up to seven words apart
    !negotiable     counts also where the sentence negates or rejects it

A sentence that negates or rejects what a pattern names is no hit, unless the pattern itself has
the negation or begins with `!`. `knowledge/redlines/README.md` explains it to those who write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from bot.knowledge.search.normalise import fold

GAP = 5
"""Words that `...` may stand for, at most."""
APART = 7
"""Words that may stand between the two sides of `+`, at most."""
MOST_SIDES = 3
"""Sides of `+` in one pattern: each further one multiplies the orders to try."""

_PARTS = re.compile(r"\(([^()]*)\)(\??)|(\.\.\.|…)|([^\s()]+)")
_WORD = re.compile(r"=?[^\W_]+(?:['-][^\W_]+)*\*?")


class PatternError(ValueError):
    """A pattern that can't be read; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a pattern, folded, and how it is to be matched."""

    text: str
    folded: str
    prefix: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives of one place: each is a run of words, an empty one for "or nothing"."""

    runs: tuple[tuple[Word, ...], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words in between."""

    most: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern read: the orders in which its parts may stand, and whether negation voids it."""

    source: str
    orders: tuple[tuple[Choice | Gap, ...], ...]
    guarded: bool


@lru_cache(maxsize=16384)
def parse(source: str) -> Pattern:
    """Read a pattern. Raises PatternError."""
    text = source.strip()
    guarded = not text.startswith("!")
    text = text.removeprefix("!").strip().lower().replace("’", "'")
    if "!" in text:
        raise PatternError("'!' stands once, at the beginning of the pattern")
    sides = [_side(side, source) for side in re.split(r"(?:^|\s)\+(?:\s|$)", text)]
    if len(sides) > MOST_SIDES:
        raise PatternError(f"at most {MOST_SIDES} sides may be joined by '+': write two patterns")
    orders = tuple(
        tuple(part for at, side in enumerate(order) for part in ((Gap(APART),) * bool(at) + side))
        for order in permutations(sides)
    )
    return Pattern(source, orders, guarded)


def _side(text: str, source: str) -> tuple[Choice | Gap, ...]:
    parts: list[Choice | Gap] = []
    place = 0
    for match in _PARTS.finditer(text):
        _no_rest(text[place : match.start()])
        place = match.end()
        group, optional, gap, word = match.groups()
        if gap:
            parts.append(Gap(GAP))
        elif group is not None:
            parts.append(_choice(group, optional == "?", source))
        else:
            parts.append(Choice((_run(word, source),)))
    _no_rest(text[place:])
    if not parts:
        raise PatternError(f"a side of '{source}' is empty: write a word on both sides of '+'")
    for end in (parts[0], parts[-1]):
        if isinstance(end, Gap):
            raise PatternError("'...' stands between words: take it off the end")
    if isinstance(parts[0], Choice) and () in parts[0].runs:
        raise PatternError("a pattern begins with a word that must stand there: move '(…)?' back")
    return tuple(parts)


def _no_rest(text: str) -> None:
    if rest := text.strip():
        raise PatternError(
            f"the bracket '{rest}' has no partner, or brackets stand in one another: "
            "write (this|that)"
        )


def _choice(group: str, optional: bool, source: str) -> Choice:
    runs = tuple(_run(each, source) for each in group.split("|"))
    return Choice((*runs, ()) if optional else runs)


def _run(text: str, source: str) -> tuple[Word, ...]:
    words: list[Word] = []
    for piece in text.split():
        if not _WORD.fullmatch(piece):
            raise PatternError(
                f"'{piece}' in '{source}' is no word: use letters and digits, '=' before a word "
                "for exactly this form, '*' at its end for any ending"
            )
        exact = piece.startswith("=")
        words.extend(_word(part, exact) for part in piece.removeprefix("=").split("-"))
    if not words:
        raise PatternError(f"an alternative in '{source}' is empty: write (this|that) or (this)?")
    return tuple(words)


def _word(text: str, exact: bool) -> Word:
    bare = text.removesuffix("*")
    return Word(bare, fold(bare), text.endswith("*"), exact)
