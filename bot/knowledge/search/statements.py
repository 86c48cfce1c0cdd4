"""Long texts: sentences, and whether a text makes a claim rather than asks."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_SENTENCES = 24
"""Sentences of a statement that are matched one by one."""

SHORTEST_SENTENCE = 12
"""Characters; shorter ones (`Well.`) join the sentence before."""

_ABBREVIATION_LIST = """
mr mrs ms dr prof gen col lt sgt st vs etc e.g i.e u.s u.k u.n no art
dz z.b bzw ca usw d.h p.ex m cf np itd tzn tj ul pvz t.y kt piem u.c t.i jne nt lk
т.е т.д т.п им г стр п ст м.б
"""
_ABBREVIATIONS = frozenset(_ABBREVIATION_LIST.split())
"""Words, without their last full stop, after which a sentence goes on."""

_BREAK = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|\n\s*\n|\n(?=\s*[-*•>\d])|\n")
_LAST_WORD = re.compile(r"[^\s(\"'«„“]+$")
_QUESTION = re.compile(r"\?\s*[\"'”’»)]*\s*$")


class Sentence(NamedTuple):
    """A sentence and where it stands in the text (characters)."""

    text: str
    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text in any of the languages, in order, none blank.

    A full stop after an abbreviation, an initial or a number within a date does not end one.
    """
    found: list[Sentence] = []
    start = 0
    for match in _BREAK.finditer(text):
        if match[0].startswith(".") and not _ends(text, start, match):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    before = _LAST_WORD.search(text, start, match.start())
    word = before[0].lower() if before else ""
    following = text[match.end() :].lstrip()[:1]
    if following and following.islower():
        return False
    return not (
        word in _ABBREVIATIONS
        or (len(word) == 1 and word.isalpha())
        # In much of the region a day of the month has a full stop.
        or (word.isdigit() and len(word) <= 2)
    )


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip(" \t\r\n-*•>")
    if not any(letter.isalnum() for letter in stripped):
        return
    start += piece.index(stripped)
    if found and len(stripped) < SHORTEST_SENTENCE:
        last = found[-1]
        start, stripped = last.start, text[last.start : start + len(stripped)]
        found.pop()
    found.append(Sentence(stripped, start, start + len(stripped)))


def is_long(text: str) -> bool:
    """Whether a text is matched sentence by sentence too."""
    return len(text) > 200 and len(sentences(text)) > 1


def claims(text: str, asks_for_something: bool) -> float:
    """How far a text states something, as against asking or naming a subject: 0, a half or 1.

    Whoever claims something writes a sentence, and ends it; in a chat perhaps only with a comma
    between its clauses.
    """
    stripped = text.strip()
    if _QUESTION.search(stripped) or asks_for_something or len(stripped.split()) < 6:
        return 0.0
    if stripped[-1:] in '.!…"”»':
        return 1.0
    return 0.5 if "," in stripped and len(stripped.split()) >= 9 else 0.0
