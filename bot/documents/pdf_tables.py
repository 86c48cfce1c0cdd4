"""Tables of a PDF document: the header again on every page, long rows carried over."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.columns import rows_of, shares
from bot.documents.inline import plain
from bot.documents.palette import ACCENT, INK, LABEL_SHARE, QUIET, RULE, WHITE
from bot.documents.paper import Table
from bot.documents.pdf_lines import Line, lines
from bot.documents.pdf_pages import LINE_WIDTH, POINT, SIDE, Pages
from bot.documents.visible import line, visible

SIZE = 8.5
LINE_HEIGHT = SIZE * POINT * 1.36
PAD_X, PAD_Y = 1.6, 1.3

SPLITTABLE = 12
"""From this many lines a row may run on to the next page: it would leave too wide a gap."""

Row = list[list[Line]]


def draw_facts(pages: Pages, facts: Sequence[tuple[str, str]]) -> None:
    """Labels and values in two columns between thin rules."""
    widths = (LINE_WIDTH * LABEL_SHARE, LINE_WIDTH * (1 - LABEL_SHARE))
    pages.rule(SIDE, pages.y, LINE_WIDTH, RULE, 0.2)
    for label, value in facts:
        row = [
            _cell(pages, line(label), widths[0], bold=True),
            _cell(pages, visible(value), widths[1]),
        ]
        pages.need(_height(row) if len(row[1]) < SPLITTABLE else 3 * LINE_HEIGHT)
        _draw(pages, row, widths, colours=(QUIET, INK))


def draw_table(pages: Pages, table: Table) -> None:
    """Raises ValueError for rows or widths that don't fit the header."""
    widths = [share * LINE_WIDTH for share in shares(table)]
    header = _row(pages, table.header, widths, bold=True)
    rows = [_row(pages, cells, widths) for cells in rows_of(table)]
    first = _height(rows[0]) if rows else 0
    pages.need(_height(header) + min(first, SPLITTABLE * LINE_HEIGHT))
    _draw_header(pages, header, widths)
    for row in rows:
        tall = max(map(len, row)) >= SPLITTABLE
        if pages.left < (_height(row) if not tall else 4 * LINE_HEIGHT):
            pages.turn()
            _draw_header(pages, header, widths)
        _draw(pages, row, widths, again=header)
    pages.rule(SIDE, pages.y, LINE_WIDTH, ACCENT, 0.35)


def lead_of_table(pages: Pages, table: Table) -> float:
    """Height of the header and the first row: the least that may stand under a heading."""
    widths = [share * LINE_WIDTH for share in shares(table)]
    rows = [table.header, *rows_of(table)[:1]]
    return sum(min(_height(_row(pages, cells, widths)), SPLITTABLE * LINE_HEIGHT) for cells in rows)


def _row(pages: Pages, cells: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> Row:
    return [
        _cell(pages, visible(text), width, bold=bold)
        for text, width in zip(cells, widths, strict=True)
    ]


def _cell(pages: Pages, text: str, width: float, *, bold: bool = False) -> list[Line]:
    return lines(plain(text), width - 2 * PAD_X, SIZE, pages.letters, bold=bold)


def _height(row: Row) -> float:
    return max(map(len, row)) * LINE_HEIGHT + 2 * PAD_Y


def _draw_header(pages: Pages, header: Row, widths: Sequence[float]) -> None:
    pages.fill(SIDE, pages.y, LINE_WIDTH, _height(header), ACCENT)
    _draw(pages, header, widths, colours=(WHITE,) * len(widths))


def _draw(
    pages: Pages,
    row: Row,
    widths: Sequence[float],
    *,
    colours: Sequence[str] = (),
    again: Row | None = None,
) -> None:
    """One row, a line of all its cells at a time, with a rule under it.

    Where the page is full in the middle of it, it goes on under the header `again`.
    """
    pages.y += PAD_Y
    for place in range(max(map(len, row))):
        if pages.left < LINE_HEIGHT + PAD_Y and not pages.at_top:
            pages.turn()
            if again is not None:
                _draw_header(pages, again, widths)
            pages.y += PAD_Y
        x = SIDE
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            if place < len(cell):
                colour = colours[column] if colours else INK
                pages.draw(cell[place], x + PAD_X, pages.y, SIZE, LINE_HEIGHT, colour=colour)
            x += width
        pages.y += LINE_HEIGHT
    pages.y += PAD_Y
    pages.rule(SIDE, pages.y, LINE_WIDTH, RULE, 0.2)
