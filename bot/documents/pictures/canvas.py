"""A canvas measured in pixels on which text is fitted before it is drawn, so nothing is cut off."""

from __future__ import annotations

import io
import unicodedata
import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from bot.documents.extras import MissingExtra
from bot.documents.pictures import colours

WIDTH = 1000
HEIGHT = 560
SHARPNESS = 2
"""Pixels of the file by pixel of the layout: sharp on screens with double density."""

POINTS = 72 / 100
"""Points by layout pixel: the figure has a hundred layout pixels an inch."""

MARGIN = 28
LEADING = 1.32
"""Height of a line by size of the letters."""

MOST_ALT = 1000
"""Discord takes descriptions of 1,024 characters."""

Horizontal = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with a file name and the same in words, for those who don't see it."""

    name: str
    png: bytes = field(repr=False)
    alt: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a picture that its caller gives in the reader's language."""

    title: str
    subtitle: str = ""
    footnote: str = ""


class Canvas:
    """A panel of `WIDTH` by `HEIGHT` layout pixels; y counts from the top.

    Raises MissingExtra where the library that draws isn't installed.
    """

    def __init__(self, height: int = HEIGHT) -> None:
        try:
            from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
            from matplotlib.figure import Figure  # noqa: PLC0415 - an extra, and slow to import
        except ModuleNotFoundError:
            raise MissingExtra("documents", "A picture") from None
        figure: Any = Figure(figsize=(WIDTH / 100, height / 100), dpi=100 * SHARPNESS)
        figure.patch.set_facecolor(colours.PANEL)
        self.height = height
        self._canvas: Any = FigureCanvasAgg(figure)
        axes: Any = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        axes.axis("off")
        self._axes = axes
        self._drawn = 0
        self.box(1, 1, WIDTH - 2, height - 2, fill=colours.PANEL, edge=colours.EDGE, radius=14)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        colour: str = colours.TEXT,
        bold: bool = False,
        align: Horizontal = "left",
    ) -> float:
        """One line, its top at y; returns its width. Letters are drawn as they are, never as
        formulas."""
        line = drawable(text)
        self._axes.text(
            x,
            y + size * LEADING / 2,
            line,
            fontproperties=_font(size, bold=bold),
            color=colour,
            ha=align,
            va="center_baseline",
            parse_math=False,
            zorder=self._next(),
        )
        return self.measure(line, size, bold=bold)

    def lines(
        self,
        x: float,
        y: float,
        lines: list[str],
        size: float,
        *,
        colour: str = colours.TEXT,
        bold: bool = False,
        align: Horizontal = "left",
    ) -> float:
        """Lines under one another; returns where the next one would begin."""
        for line in lines:
            self.text(x, y, line, size, colour=colour, bold=bold, align=align)
            y += size * LEADING
        return y

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        """Width of a line in layout pixels."""
        renderer: Any = self._canvas.get_renderer()
        width, _, _ = renderer.get_text_width_height_descent(
            drawable(text), _font(size, bold=bold), ismath=False
        )
        return float(width) / SHARPNESS

    def wrap(self, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
        """The text on lines of at most this width, none of it lost: a word that is wider than a
        line is broken."""
        lines: list[str] = []
        current = ""
        for word in drawable(text).split():
            together = f"{current} {word}" if current else word
            if self.measure(together, size, bold=bold) <= width:
                current = together
                continue
            if current:
                lines.append(current)
            *full, current = self._broken(word, width, size, bold=bold)
            lines += full
        return [*lines, current] if current else lines or [""]

    def fit(
        self,
        text: str,
        width: float,
        height: float,
        largest: float,
        smallest: float,
        *,
        bold: bool = False,
    ) -> tuple[list[str], float]:
        """The text wrapped in the largest size at which it fits a box, and that size.

        What doesn't fit in the smallest size ends in an ellipsis: the words stand beside the
        picture, whole.
        """
        size = largest
        while True:
            lines = self.wrap(text, width, size, bold=bold)
            if len(lines) * size * LEADING <= height:
                return lines, size
            if size - 1 < smallest:
                break
            size -= 1
        most = max(1, int(height / (size * LEADING)))
        return self.shortened(lines, most, width, size, bold=bold), size

    def shortened(
        self, lines: list[str], most: int, width: float, size: float, *, bold: bool = False
    ) -> list[str]:
        """At most so many of the lines, the last with an ellipsis where others are left out."""
        if len(lines) <= most:
            return lines
        last = lines[most - 1]
        last = last[: self._longest(last, "…", width, size, bold=bold)].rstrip()
        return [*lines[: most - 1], f"{last}…"]

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        radius: float = 0,
        line: float = 1.5,
        hatch: str | None = None,
    ) -> None:
        """A box with round corners."""
        from matplotlib.patches import FancyBboxPatch, Rectangle  # noqa: PLC0415

        style: dict[str, Any] = {
            "facecolor": fill or "none",
            "edgecolor": edge or "none",
            "linewidth": line * POINTS if edge else 0,
            "hatch": hatch,
            "zorder": self._next(),
        }
        if width <= 0 or height <= 0:
            return
        radius = min(radius, width / 2, height / 2)
        patch: Any = (
            FancyBboxPatch(
                (x, y), width, height, boxstyle=f"round,pad=0,rounding_size={radius}", **style
            )
            if radius
            else Rectangle((x, y), width, height, **style)
        )
        self._axes.add_patch(patch)

    def line(
        self, points: list[tuple[float, float]], colour: str, width: float = 1.5, dash: bool = False
    ) -> None:
        """A line through points."""
        from matplotlib.lines import Line2D  # noqa: PLC0415

        xs, ys = [x for x, _ in points], [y for _, y in points]
        style: dict[str, Any] = {
            "color": colour,
            "linewidth": width * POINTS,
            "zorder": self._next(),
        }
        self._axes.add_line(Line2D(xs, ys, linestyle=(0, (4, 3)) if dash else "-", **style))

    def disc(
        self, x: float, y: float, radius: float, *, fill: str | None = None, edge: str | None = None
    ) -> None:
        """A circle around a point."""
        from matplotlib.patches import Circle  # noqa: PLC0415

        style: dict[str, Any] = {"facecolor": fill or "none", "edgecolor": edge or "none"}
        style |= {"linewidth": 2 * POINTS, "zorder": self._next()}
        self._axes.add_patch(Circle((x, y), radius, **style))

    def marking(self, tlp: str, right: float, y: float) -> float:
        """The TLP label in its own colours; returns where it begins."""
        label = f"TLP:{tlp.upper()}"
        size = 15.0
        width = self.measure(label, size, bold=True) + 18
        self.box(right - width, y, width, size * LEADING + 8, fill=colours.MARKING_GROUND, radius=5)
        self.text(
            right - width / 2, y + 4, label, size,
            colour=colours.MARKINGS[tlp], bold=True, align="center",
        )  # fmt: skip
        return right - width

    def heading(self, words: Words, tlp: str | None = None) -> float:
        """Title and subtitle, with a marking at the right; returns where the content begins."""
        right: float = WIDTH - MARGIN
        if tlp is not None:
            right = self.marking(tlp, right, 22) - 16
        lines, size = self.fit(words.title, right - MARGIN, 62, 27, 18, bold=True)
        y = self.lines(MARGIN, 20, lines, size, bold=True)
        if words.subtitle:
            lines, size = self.fit(words.subtitle, WIDTH - 2 * MARGIN, 44, 16, 13)
            y = self.lines(MARGIN, y + 2, lines, size, colour=colours.QUIET)
        return y + 10

    def foot(self, words: Words) -> float:
        """The footnote at the bottom; returns where the content must end."""
        bottom: float = self.height - 18
        if not words.footnote:
            return bottom
        lines, size = self.fit(words.footnote, WIDTH - 2 * MARGIN, 40, 14, 12)
        top = bottom - len(lines) * size * LEADING
        self.lines(MARGIN, top, lines, size, colour=colours.QUIET)
        return top - 10

    def png(self) -> bytes:
        """The picture as it stands."""
        buffer = io.BytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._canvas.print_png(buffer, metadata={"Software": None})
        return buffer.getvalue()

    def _next(self) -> int:
        """What is drawn later lies on top."""
        self._drawn += 1
        return self._drawn

    def _broken(self, word: str, width: float, size: float, *, bold: bool) -> list[str]:
        parts: list[str] = []
        while word:
            most = self._longest(word, "", width, size, bold=bold)
            parts.append(word[:most])
            word = word[most:]
        return parts or [""]

    def _longest(self, text: str, ending: str, width: float, size: float, *, bold: bool) -> int:
        """How many letters fit together with the ending; at least one."""
        low, high = 1, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.measure(text[:middle] + ending, size, bold=bold) <= width:
                low = middle
            else:
                high = middle - 1
        return low


def drawable(text: str) -> str:
    """One line that the font can draw: no control characters, a box for what it lacks."""
    known = _letters()
    flat = " ".join(text.split())
    seen = (character for character in flat if unicodedata.category(character)[0] != "C")
    return "".join(character if ord(character) in known else "□" for character in seen)


def alternative(*sentences: str) -> str:
    """Sentences as a text alternative of a length that Discord takes."""
    text = " ".join(part.strip() for part in sentences if part.strip())
    return text if len(text) <= MOST_ALT else text[: MOST_ALT - 1].rstrip() + "…"


def _font_file(*, bold: bool) -> str:
    import matplotlib  # noqa: PLC0415

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return str(folder / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))


def _font(size: float, *, bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    return FontProperties(fname=_font_file(bold=bold), size=size * POINTS)  # type: ignore[arg-type]


@lru_cache
def _letters() -> frozenset[int]:
    """Code points that both fonts can draw."""
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415

    plain, bold = (set(FT2Font(_font_file(bold=heavy)).get_charmap()) for heavy in (False, True))
    return frozenset(plain & bold)
