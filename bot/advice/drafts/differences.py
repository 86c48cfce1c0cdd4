"""What changed between two wordings, for people: word by word, and sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "removed"]
WORDS = re.compile(r"\n+|[^\S\n]+|[\w’'-]+|[^\w\s]")
SENTENCES = re.compile(r"[^.!?\n]*[.!?]+[\"”’)]*(?=\s|$)|[^\n]+?(?=\n|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, came or went."""

    kind: Kind
    text: str


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The change word by word. The kept and added pieces give the new text, the kept and removed
    ones the old."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    found: list[Piece] = []
    removed = added = ""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    codes = matcher.get_opcodes()
    for number, (tag, start, end, new_start, new_end) in enumerate(codes):
        gone, came = "".join(before[start:end]), "".join(after[new_start:new_end])
        # A lone space between two changed words belongs to the change: whole phrases read better
        # than every second word.
        inside = 0 < number < len(codes) - 1 and gone.isspace() and "\n" not in gone
        if tag != "equal" or inside:
            removed, added = removed + gone, added + came
            continue
        _add(found, removed, added)
        removed = added = ""
        found.append(Piece("same", gone))
    _add(found, removed, added)
    return tuple(found)


def _add(found: list[Piece], removed: str, added: str) -> None:
    if removed:
        found.append(Piece("removed", removed))
    if added:
        found.append(Piece("added", added))


def marked(old: str, new: str) -> str:
    """The new text with `[-what went-]` and `{+what came+}` in place."""
    signs = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    return "".join(
        f"{signs[piece.kind][0]}{piece.text}{signs[piece.kind][1]}" for piece in pieces(old, new)
    )


def sentences(old: str, new: str) -> tuple[Piece, ...]:
    """The change sentence by sentence, in the order of the new text."""
    before, after = _split(old), _split(new)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            found += (Piece("same", sentence) for sentence in before[start:end])
        else:
            found += (Piece("removed", sentence) for sentence in before[start:end])
            found += (Piece("added", sentence) for sentence in after[new_start:new_end])
    return tuple(found)


def as_lines(old: str, new: str) -> str:
    """One sentence a line, with `-`, `+` or two spaces before it: reads well as a `diff` block."""
    signs = {"same": "  ", "removed": "- ", "added": "+ "}
    return "\n".join(signs[piece.kind] + piece.text for piece in sentences(old, new))


def _split(text: str) -> list[str]:
    return list(_stripped(SENTENCES.findall(text)))


def _stripped(parts: Iterable[str]) -> Iterable[str]:
    return (part.strip() for part in parts if part.strip())
