"""Long text cut into pages where a reader would cut it, never losing a word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.chat.text import units

BOUNDARIES = (
    re.compile(r"\n{2,}"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?…;:])[ \t]+"),
    re.compile(r"[ \t]+"),
)
"""Where text may be cut, best first: paragraph, line, sentence, word."""

QUOTE = "> "
FENCE = "```"

LEAST = 0.4
"""A cut at a better boundary may leave this much of the page empty, not more."""


def split(text: str, limit: int) -> list[str]:
    """The text in parts of at most `limit` units. Only white space at the cuts is dropped."""
    parts: list[str] = []
    rest = text.strip()
    while units(rest) > limit:
        head, rest = _parted(rest, _cut(rest, limit))
        parts.append(head)
    if rest:
        parts.append(rest)
    return parts


def _cut(text: str, limit: int) -> int:
    end = _reach(text, limit)
    window = text[:end]
    for boundary in BOUNDARIES:
        last = max((found.end() for found in boundary.finditer(window)), default=0)
        if last >= end * (1 - LEAST) and window[:last].strip():
            return last
    # No boundary: cut inside the word, but not between a backslash and what it escapes.
    while end > 1 and _escapes(text, end):
        end -= 1
    return end


def _head(text: str, limit: int) -> tuple[str, str]:
    """The first part of at most `limit` units, and what remains."""
    text = text.strip()
    return _parted(text, _cut(text, limit))


def _parted(text: str, cut: int) -> tuple[str, str]:
    """Both sides of a cut. Where a line of a quotation is cut, its rest is marked as one too."""
    head, rest = text[:cut], text[cut:].lstrip()
    quoted = head.rpartition("\n")[2].startswith(QUOTE)
    return head.rstrip(), f"{QUOTE}{rest}" if quoted and rest else rest


def _reach(text: str, limit: int) -> int:
    """How many characters fit into `limit` units."""
    used = 0
    for place, character in enumerate(text):
        used += 2 if ord(character) > 0xFFFF else 1
        if used > limit:
            return max(place, 1)
    return len(text)


def _escapes(text: str, place: int) -> bool:
    slashes = 0
    while place - slashes > 0 and text[place - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def flow(blocks: Sequence[str], limit: int, most: int) -> list[list[str]]:
    """Blocks of text filled into pages of at most `limit` units and `most` blocks each.

    A block longer than what is left goes to the next page; a long one fills what is left first,
    where that is at least half a page. There is always at least one page.
    """
    pages: list[list[str]] = [[]]
    room = limit
    for block in blocks:
        # A block of code that fits a page is kept whole: half of it would leave its fence open.
        code = block.startswith(FENCE) and units(block) <= limit
        fills = room < units(block) and limit <= 2 * min(room, units(block)) and not code
        head, rest = _head(block, room) if fills else ("", block)
        for part in (*([head] if head else []), *split(rest, limit)):
            if pages[-1] and (units(part) > room or len(pages[-1]) >= most):
                pages.append([])
                room = limit
            pages[-1].append(part)
            room -= units(part)
    return pages
