"""Pages of a PDF document: A4, where the next line goes, the marking on each, page numbers."""

from __future__ import annotations

from fpdf import FPDF

from bot.documents import marking
from bot.documents.inline import Run, plain
from bot.documents.labels import page_of, running_title
from bot.documents.palette import INK, LINK, PANEL, QUIET, parts
from bot.documents.paper import Paper
from bot.documents.pdf_fonts import TEXT, Letters
from bot.documents.pdf_lines import Line, lines
from bot.documents.visible import line

WIDTH, HEIGHT = 210.0, 297.0
SIDE = 22.0
TOP, BOTTOM = 25.0, 24.0
"""Margins in millimetres; the marking stands inside those at top and bottom."""

LINE_WIDTH = WIDTH - 2 * SIDE
POINT = 25.4 / 72
"""Millimetres by point."""

QUIET_SIZE = 7.5
"""Points of the running title and of the page number."""


class Pages:
    """The pages of one document and the height `y` (millimetres) at which it goes on."""

    def __init__(self) -> None:
        self.document = FPDF(unit="mm", format="A4")
        self.document.set_auto_page_break(False)
        self.document.set_margin(0)
        self.document.c_margin = 0
        self.document.alias_nb_pages("")
        self.letters = Letters(self.document)
        self.y = TOP
        self.document.add_page()

    @property
    def left(self) -> float:
        """Height that is left on this page."""
        return HEIGHT - BOTTOM - self.y

    @property
    def at_top(self) -> bool:
        return self.y <= TOP

    def turn(self) -> None:
        """Go on at the top of a new page."""
        self.document.add_page()
        self.y = TOP

    def need(self, height: float) -> None:
        """Turn the page where less than this height is left; a page's top is as good as it gets."""
        if height > self.left and not self.at_top:
            self.turn()

    def gap(self, height: float) -> None:
        """Empty room, except at the top of a page."""
        if not self.at_top:
            self.y += height

    def draw(
        self, text: Line, x: float, y: float, size: float, height: float, *, colour: str = INK
    ) -> None:
        """One line of text with its middle in a strip of this height, links in their colour."""
        for piece in text:
            self.letters.use(piece.face, size)
            self.document.set_text_color(*parts(LINK if piece.link else colour))
            self.document.set_xy(x, y)
            self.document.cell(piece.width, height, piece.text, link=piece.link)
            if piece.link:
                self.rule(x, y + height / 2 + size * POINT * 0.47, piece.width, LINK, 0.15)
            x += piece.width

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.document.set_fill_color(*parts(colour))
        self.document.rect(x, y, width, height, style="F")

    def rule(self, x: float, y: float, width: float, colour: str, thickness: float) -> None:
        self.document.set_draw_color(*parts(colour))
        self.document.set_line_width(thickness)
        self.document.line(x, y, x + width, y)

    def finish(self, paper: Paper) -> None:
        """Header and footer of every page: only now is their number known."""
        count = self.document.page
        before, between, after = page_of(paper.language)
        for number in range(1, count + 1):
            self.document.page = number
            self._forget()
            self._strip(12.0, running_title(paper), paper.marking)
            self._strip(HEIGHT - 18.0, f"{before}{number}{between}{count}{after}", paper.marking)
        self.document.page = count

    def _forget(self) -> None:
        """Colours and font of the page drawn last don't hold on another one, though the library
        takes them to be set: set others, so that the next are written out."""
        self.document.set_fill_color(*parts(PANEL))
        self.document.set_draw_color(*parts(PANEL))
        self.document.set_line_width(1)
        self.letters.use((TEXT, ""), 1)

    def _strip(self, y: float, words: str, text: str) -> None:
        """A strip across the page: words at the left, the marking on black at the right."""
        height = marking.POINTS * POINT * 1.35
        label = self._line((Run(line(text), bold=True),), LINE_WIDTH * 0.6, marking.POINTS)
        width = sum(piece.width for piece in label)
        pad = 1.5
        self.fill(WIDTH - SIDE - width - 2 * pad, y, width + 2 * pad, height, marking.GROUND)
        x = WIDTH - SIDE - width - pad
        self.draw(label, x, y, marking.POINTS, height, colour=marking.colour(text))
        room = LINE_WIDTH - width - 2 * pad - 4
        quiet = self._line(plain(words), room, QUIET_SIZE)
        self.draw(quiet, SIDE, y, QUIET_SIZE, height, colour=QUIET)

    def _line(self, runs: tuple[Run, ...], room: float, size: float) -> Line:
        return lines(runs, room, size, self.letters)[0]
