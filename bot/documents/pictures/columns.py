"""Columns over time: days of a period, hours of a day."""

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

BETWEEN = 18
NUMBERS = 46
"""Width for the numbers of the scale."""

SMALL = 13.0


@dataclass(frozen=True, slots=True)
class ColumnPanel:
    """One row of columns: a value for each name, in order. Names that have no room are left out
    evenly, never drawn over one another."""

    title: str
    columns: tuple[tuple[str, int], ...]


def columns_picture(words: Words, panels: Sequence[ColumnPanel], *, name: str) -> Picture:
    """Panels under one another. Raises MissingExtra."""
    canvas = Canvas()
    top = canvas.heading(words)
    bottom = canvas.foot(words)
    height = (bottom - top - BETWEEN * (len(panels) - 1)) / max(1, len(panels))
    for place, panel in enumerate(panels):
        _panel(canvas, panel, top + place * (height + BETWEEN), height)
    told = [f"{panel.title}: {_told(panel)}." for panel in panels]
    return Picture(name, canvas.png(), alternative(words.title + ".", words.subtitle + ".", *told))


def _told(panel: ColumnPanel) -> str:
    return ", ".join(f"{name} {value}" for name, value in panel.columns if value) or "0"


def _panel(canvas: Canvas, panel: ColumnPanel, y: float, height: float) -> None:
    lines, size = canvas.fit(panel.title, WIDTH - 2 * MARGIN, 24, 16, 12, bold=True)
    top = canvas.lines(MARGIN, y, lines, size, bold=True) + 14
    base = y + height - SMALL * LEADING - 4
    left, right = MARGIN + NUMBERS, WIDTH - MARGIN
    most = max((value for _, value in panel.columns), default=0)
    levels = scale(most)
    for value in levels:
        level = base - (base - top) * value / levels[-1]
        canvas.line([(left, level), (right, level)], colours.EDGE, 1, dash=value > 0)
        canvas.text(
            left - 8, level - SMALL * LEADING / 2, str(value), SMALL,
            colour=colours.QUIET, align="right",
        )  # fmt: skip
    step = (right - left) / max(1, len(panel.columns))
    wide = min(step * 0.76, 60)
    for place, (_, value) in enumerate(panel.columns):
        tall = (base - top) * value / levels[-1]
        x = left + place * step + (step - wide) / 2
        if value:
            canvas.box(
                x, base - max(tall, 2), wide, max(tall, 2), fill=colours.SIGNAL,
                radius=min(3, wide / 4),
            )  # fmt: skip
    _names(canvas, panel, left, step, base + 4)


def _names(canvas: Canvas, panel: ColumnPanel, left: float, step: float, y: float) -> None:
    widest = max((canvas.measure(name, SMALL) for name, _ in panel.columns), default=0) + 14
    every = max(1, int(-(-widest // step)))
    for place, (name, _) in enumerate(panel.columns):
        if place % every == 0:
            middle = left + (place + 0.5) * step
            # The outermost names may not hang over the panel's edge.
            half = canvas.measure(name, SMALL) / 2
            middle = min(max(middle, MARGIN + half), WIDTH - MARGIN - half)
            canvas.text(middle, y, name, SMALL, colour=colours.QUIET, align="center")


def scale(most: int) -> list[int]:
    """Three or four round whole numbers from nought to at least the highest value."""
    step = 1
    while step * 4 < most:
        step = next(size for size in _round_numbers() if size > step)
    count = max(2, -(-most // step))
    return [step * number for number in range(count + 1)]


def _round_numbers() -> list[int]:
    return [digit * 10**power for power in range(12) for digit in (1, 2, 5)]
