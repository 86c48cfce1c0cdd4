"""The part of a text that shows why it was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.journal import terms

LENGTH = 160
"""Characters of a snippet at most, without the dots at its ends."""

WORD = re.compile(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*")
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """One line of text; `marks` are the places (start, end) of the words that were looked for."""

    text: str
    marks: tuple[tuple[int, int], ...]

    def marked(self, before: str, after: str, escape: Callable[[str], str] = str) -> str:
        """The snippet with signs around its marks, all else escaped for where it is shown."""
        parts: list[str] = []
        place = 0
        for start, end in self.marks:
            parts += (escape(self.text[place:start]), before, escape(self.text[start:end]), after)
            place = end
        return "".join([*parts, escape(self.text[place:])])


def snippet(text: str, wanted: Sequence[str]) -> Snippet:
    """The stretch of the text with the most of the words that were looked for."""
    line = BLANKS.sub(" ", text[: terms.LONGEST_TEXT]).strip()
    stems = tuple(terms.cut(word) for word in wanted)
    marks = [
        (found.start(), found.end())
        for found in WORD.finditer(line)
        if stems and terms.fold(found[0]).startswith(stems)
    ]
    start, end = _window(line, marks)
    lead = "…" if start > 0 else ""
    tail = "…" if end < len(line) else ""
    inside = tuple(
        (a - start + len(lead), b - start + len(lead)) for a, b in marks if start <= a and b <= end
    )
    return Snippet(f"{lead}{line[start:end]}{tail}", inside)


def _window(line: str, marks: Sequence[tuple[int, int]]) -> tuple[int, int]:
    if len(line) <= LENGTH:
        return 0, len(line)
    first, best = 0, 0
    for place, (start, _) in enumerate(marks):
        held = sum(1 for _, end in marks[place:] if end <= start + LENGTH)
        if held > best:
            first, best = start, held
    start = max(0, min(first - LENGTH // 4, len(line) - LENGTH)) if best else 0
    end = start + LENGTH
    if start > 0:  # at the start of a word, if there is one near
        blank = line.find(" ", start, first)
        start = blank + 1 if blank >= 0 else start
    if end < len(line):
        blank = line.rfind(" ", start + LENGTH // 2, end)
        end = blank if blank >= 0 else end
    return start, end
