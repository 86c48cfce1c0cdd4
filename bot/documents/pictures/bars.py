"""Horizontal bars: what there is most of, with names of any length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.pictures import colours
from bot.documents.pictures.canvas import (
    HEIGHT,
    LEADING,
    MARGIN,
    WIDTH,
    Canvas,
    Picture,
    Words,
    alternative,
)

NAMES = 420
"""Most width for the names; bars share the rest."""

GAP = 8
TALLEST = 46
FRAME = 132
"""Height of what stands above and below the bars."""

LOWEST = 240


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `label` is what stands at its end; `second` draws it in the second colour, hatched,
    so that it can be told apart without colour."""

    name: str
    value: float
    label: str
    second: bool = False


def bars_picture(
    words: Words, bars: Sequence[Bar], *, name: str, whole: float | None = None
) -> Picture:
    """Bars in the given order, at most a dozen; `whole` is the value of a full bar, the highest
    where it is left out. Raises MissingExtra."""
    canvas = Canvas(min(HEIGHT, max(LOWEST, FRAME + TALLEST * len(bars))))
    top = canvas.heading(words)
    bottom = canvas.foot(words)
    step = min(TALLEST, (bottom - top) / max(1, len(bars)))
    longest = whole or max((bar.value for bar in bars), default=0) or 1
    named = min(NAMES, max((canvas.measure(bar.name, 15) for bar in bars), default=0) + 1)
    labels = max((canvas.measure(bar.label, 15, bold=True) for bar in bars), default=0)
    start = MARGIN + named + 14
    room = WIDTH - MARGIN - start - labels - 16
    for place, bar in enumerate(bars):
        y = top + place * step
        tall = step - GAP
        lines, size = canvas.fit(bar.name, named, tall, 15, 11)
        canvas.lines(
            start - 14, y + (tall - len(lines) * size * LEADING) / 2, lines, size, align="right"
        )
        canvas.box(start, y, WIDTH - MARGIN - start, tall, fill=colours.CARD, radius=4)
        length = room * bar.value / longest
        if bar.value > 0:
            canvas.box(
                start, y, max(length, 4), tall,
                fill=colours.SECOND if bar.second else colours.SIGNAL,
                edge=colours.PANEL if bar.second else None,
                hatch="//" if bar.second else None,
                radius=4, line=0.8,
            )  # fmt: skip
        canvas.text(
            start + max(length, 4) + 8, y + (tall - 15 * LEADING) / 2, bar.label, 15, bold=True
        )
    told = [f"{bar.name}: {bar.label}." for bar in bars]
    return Picture(name, canvas.png(), alternative(words.title + ".", words.subtitle + ".", *told))
