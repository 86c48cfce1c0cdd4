"""The escalation ladder: its rungs, the indicators that were observed, and where we stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.pictures import colours
from bot.documents.pictures.canvas import (
    LEADING,
    MARGIN,
    WIDTH,
    Canvas,
    Picture,
    Words,
    alternative,
)

GAP = 10
BADGE = 46
LEFT_SHARE = 0.42
"""Share of a rung's width for its name and its marks; the rest is for what was observed."""

HERE = 1.4
"""Height of the rung that is reached, beside that of another."""

SMALL = 15.5
"""Size of the count under a name."""

COMPACT = 76
"""Height under which a rung is told on one line."""

ROOM_FOR_SIGNS = 76
"""Height from which a rung has room for words about what was observed."""

MOST_MARKS = 24
"""More indicators than this are told by numbers alone."""


@dataclass(frozen=True, slots=True)
class LadderSign:
    """One indicator: `weight` from 1 to 3."""

    text: str
    weight: int
    seen: bool


@dataclass(frozen=True, slots=True)
class LadderRung:
    """One rung. `count` says in words how much of it was observed; `badge` is a number or sign."""

    badge: str
    title: str
    count: str
    signs: tuple[LadderSign, ...]
    here: bool = False


def ladder_picture(
    words: Words, rungs: Sequence[LadderRung], *, tlp: str, here: str, more: str, name: str
) -> Picture:
    """Rungs from the lowest up, drawn the highest on top.

    `here` labels the rung that is reached; `more` tells of indicators that there is no room for:
    it has the slot {count}. Raises MissingExtra.
    """
    canvas = Canvas()
    top = canvas.heading(words, tlp)
    bottom = canvas.foot(words)
    shares = sum(HERE if rung.here else 1.0 for rung in rungs) or 1
    share = (bottom - top - GAP * (len(rungs) - 1)) / shares
    for rung in reversed(rungs):
        height = share * (HERE if rung.here else 1)
        _rung(canvas, rung, top, height, here, more)
        top += height + GAP
    told = [
        f"{rung.title}{f' ({here})' if rung.here else ''}: {rung.count}."
        + "".join(f" {sign.text}." for sign in rung.signs if sign.seen)
        for rung in reversed(rungs)
    ]
    return Picture(name, canvas.png(), alternative(words.title + ".", words.subtitle + ".", *told))


def _rung(canvas: Canvas, rung: LadderRung, y: float, height: float, here: str, more: str) -> None:
    x, width = MARGIN, WIDTH - 2 * MARGIN
    fill = colours.STRONG_CARD if rung.here else colours.CARD
    edge = colours.SIGNAL if rung.here else colours.EDGE
    canvas.box(x, y, width, height, fill=fill, edge=edge, radius=10, line=3.5 if rung.here else 1.2)
    badge = min(BADGE, height - 12)
    middle = y + height / 2
    canvas.disc(
        x + 14 + badge / 2,
        middle,
        badge / 2,
        fill=colours.SIGNAL if rung.here else None,
        edge=colours.SIGNAL if rung.here else colours.QUIET,
    )
    size = badge * 0.5
    canvas.text(
        x + 14 + badge / 2, middle - size * LEADING / 2, rung.badge, size, bold=True,
        align="center", colour=colours.ON_SIGNAL if rung.here else colours.TEXT,
    )  # fmt: skip
    left = x + 14 + BADGE + 16
    if height < COMPACT:
        _line(canvas, rung, left, x + width - 16, y, height)
        return
    observed = any(sign.seen for sign in rung.signs)
    right = x + width * LEFT_SHARE if observed else x + width - 16
    _name(canvas, rung, left, right, y, height, here)
    _signs(canvas, rung, right + 18, x + width - 16, y, height, more)


def _line(
    canvas: Canvas, rung: LadderRung, left: float, right: float, y: float, height: float
) -> None:
    """A rung that has room for one line: name on the left, count on the right."""
    count, small = canvas.fit(rung.count, (right - left) * 0.45, height - 6, 14, 9)
    wide = max(canvas.measure(line, small) for line in count)
    title, size = canvas.fit(rung.title, right - left - wide - 20, height - 6, 17, 9, bold=True)
    for lines, letters, x, bold in ((title, size, left, True), (count, small, right, False)):
        canvas.lines(
            x,
            y + (height - len(lines) * letters * LEADING) / 2,
            lines,
            letters,
            bold=bold,
            align="left" if bold else "right",
            colour=colours.TEXT if bold else colours.QUIET,
        )


def _name(
    canvas: Canvas, rung: LadderRung, left: float, right: float, y: float, height: float, here: str
) -> None:
    """Title, marks and count, centred in the rung's height."""
    marks = rung.signs if len(rung.signs) <= MOST_MARKS and height >= 84 else ()
    under = SMALL * LEADING + (28 if marks else 0) + (24 if rung.here and height >= 84 else 0)
    lines, size = canvas.fit(
        rung.title, right - left, max(height - 8 - under, 20), 18, 11, bold=True
    )
    block = len(lines) * size * LEADING + under
    top = y + max(4, (height - block) / 2)
    if rung.here and height >= 84:
        canvas.text(left, top, f"▶ {here}", 15, colour=colours.SIGNAL, bold=True)
        top += 24
    top = canvas.lines(left, top, lines, size, bold=True)
    if marks:
        _marks(canvas, marks, left, top + 24)
        top += 28
    small, size = canvas.fit(rung.count, right - left, SMALL * LEADING, SMALL, 11)
    canvas.lines(left, top, small, size, colour=colours.QUIET)


def _marks(canvas: Canvas, signs: Sequence[LadderSign], left: float, base: float) -> None:
    """A bar an indicator, as high as it weighs; observed ones are filled."""
    for place, sign in enumerate(signs):
        tall = 6 + 5 * sign.weight
        canvas.box(
            left + place * 15, base - tall, 10, tall,
            fill=colours.SIGNAL if sign.seen else None,
            edge=colours.SIGNAL if sign.seen else colours.QUIET,
            line=1.2, radius=2,
        )  # fmt: skip


def _signs(
    canvas: Canvas, rung: LadderRung, left: float, right: float, y: float, height: float, more: str
) -> None:
    """What was observed, as many as there is room for, and how many more."""
    seen = [sign for sign in rung.signs if sign.seen]
    if not seen or height < ROOM_FOR_SIGNS:
        return
    canvas.line([(left - 10, y + 12), (left - 10, y + height - 12)], colours.EDGE)
    size = 15.0 if height >= 110 else 14.0
    room = int((height - 14) / (size * LEADING))
    indent = canvas.measure("•", size) + 6
    blocks = [canvas.wrap(sign.text, right - left - indent, size) for sign in seen]
    fitting = _fitting(blocks, room)
    if not fitting:
        fitting = 1
        spare = room - (1 if len(blocks) > 1 else 0)
        width = right - left - indent
        blocks[0] = canvas.shortened(blocks[0], max(1, spare), width, size)
    told = sum(len(block) for block in blocks[:fitting]) + (fitting < len(blocks))
    top = y + max(5, (height - told * size * LEADING) / 2)
    for block in blocks[:fitting]:
        canvas.text(left, top, "•", size, colour=colours.SIGNAL)
        top = canvas.lines(left + indent, top, block, size)
    if fitting < len(blocks):
        rest = more.format(count=len(blocks) - fitting)
        canvas.text(left + indent, top, rest, size, colour=colours.QUIET)


def _fitting(blocks: Sequence[Sequence[str]], room: int) -> int:
    """How many whole blocks have room, with a line kept for telling that there are more."""
    used = 0
    for count, block in enumerate(blocks):
        used += len(block)
        if used + (count + 1 < len(blocks)) > room:
            return count
    return len(blocks)
