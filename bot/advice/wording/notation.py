"""The notation of patterns, made for people who write rules and not programs.

    withdraw        the word in any inflection: withdraw, withdraws, withdrawing
    negotia*        every word that begins so
    =us             the word as it stands, in no other form
    (troops|forces) one of these; alternatives may be several words long, with brackets in them
    (the)?          may stand there or not
    ...             up to six words in between, within one sentence
    a + b           both in one sentence, in either order, up to seven words apart
    !negotiable     counts also where the sentence negates or rejects it

A sentence that negates or rejects what a pattern names is no hit, unless the pattern itself has
the negation or begins with `!`. `knowledge/redlines/README.md` explains it to those who write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import permutations

from bot.knowledge.search.normalise import fold

GAP = 6
"""Words that `...` may stand for, at most."""
APART = 7
"""Words that may stand between the two sides of `+`, at most."""
MOST_SIDES = 3
"""Sides of `+` in one pattern: each further one multiplies the orders to try."""

MOST_RUNS = 64
"""Phrases that brackets within brackets may multiply to."""

_PIECE = re.compile(r"\.\.\.|…|\(|\)\?|\)|\||[^\s()|]+")
_WORD = re.compile(r"=?[^\W_]+(?:['-][^\W_]+)*\*?")


class PatternError(ValueError):
    """A pattern that can't be read; the message says what to write instead."""


# Words, choices and gaps are made once for each wording: compared by identity, they are quick keys.


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word of a pattern, folded, and how it is to be matched."""

    text: str
    folded: str
    prefix: bool
    exact: bool


Run = tuple[Word, ...]
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Alternatives of one place: each is a run of words, an empty one for "or nothing"."""

    runs: Runs

    @property
    def optional(self) -> bool:
        return () in self.runs


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
    pieces = _PIECE.findall(text)
    parts: list[Choice | Gap] = []
    at = 0
    while at < len(pieces):
        if pieces[at] in {"...", "…"}:
            parts.append(Gap(GAP))
            at += 1
        else:
            runs, at = _item(pieces, at, source)
            parts.append(_choice(runs))
    if not parts:
        raise PatternError(f"a side of '{source}' is empty: write a word on both sides of '+'")
    for end in (parts[0], parts[-1]):
        if isinstance(end, Gap):
            raise PatternError("'...' stands between words: take it off the end")
    if isinstance(parts[0], Choice) and parts[0].optional:
        raise PatternError("a pattern begins with a word that must stand there: move '(…)?' back")
    return tuple(parts)


def _item(pieces: list[str], at: int, source: str) -> tuple[Runs, int]:
    """The alternatives of the word or bracket at this piece, and the piece after it."""
    if pieces[at] != "(":
        return (_run(pieces[at], source),), at + 1
    alternatives: list[Run] = []
    sequence: Runs = ((),)
    at += 1
    while True:
        if at == len(pieces):
            raise PatternError(f"a bracket in '{source}' is not closed: write (this|that)")
        piece = pieces[at]
        if piece in {"|", ")", ")?"}:
            if sequence == ((),):
                raise PatternError(
                    f"an alternative in '{source}' is empty: write (this|that) or (this)?"
                )
            alternatives.extend(sequence)
            sequence = ((),)
            at += 1
            if piece != "|":
                optional: Runs = ((),) if piece == ")?" else ()
                return (*dict.fromkeys(alternatives), *optional), at
        else:
            runs, at = _item(pieces, at, source)
            sequence = tuple(before + run for before in sequence for run in runs)
            if len(sequence) > MOST_RUNS:
                raise PatternError(
                    f"the brackets within brackets in '{source}' stand for more than "
                    f"{MOST_RUNS} phrases: write several patterns"
                )


def _run(piece: str, source: str) -> Run:
    if piece in {")", ")?", "|"}:
        raise PatternError(f"'{piece}' in '{source}' has no bracket before it: write (this|that)")
    if not _WORD.fullmatch(piece):
        raise PatternError(
            f"'{piece}' in '{source}' is no word: use letters and digits, '=' before a word "
            "for exactly this form, '*' at its end for any ending"
        )
    exact = piece.startswith("=")
    return tuple(_word(part, exact) for part in piece.removeprefix("=").split("-"))


@cache
def _choice(runs: Runs) -> Choice:
    return Choice(runs)


@cache
def _word(text: str, exact: bool) -> Word:
    bare = text.removesuffix("*")
    return Word(bare, fold(bare), text.endswith("*"), exact)
