"""A paper as PDF. Importing this module needs the extra `documents`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot.documents.extras import MissingExtra

try:
    import matplotlib  # noqa: F401 # pyright: ignore[reportUnusedImport] - brings the fonts
    from fpdf.prefs import ViewerPreferences
except ImportError as missing:  # pragma: no cover - seen where the extra is absent
    raise MissingExtra("documents", "A PDF document") from missing

from bot.documents.inline import Run, plain, runs
from bot.documents.labels import locale_of
from bot.documents.palette import ACCENT, INK, PANEL, QUIET
from bot.documents.paper import Block, Bullets, Heading, Paper, Paragraph, Quote, Table
from bot.documents.pdf_lines import Line, lines
from bot.documents.pdf_pages import LINE_WIDTH, POINT, SIDE, Pages
from bot.documents.pdf_tables import draw_facts, draw_table, lead_of_table
from bot.documents.visible import line, no_marking, visible

TEXT_SIZE = 9.5
FIXED_SIZE = 8.5
TITLE_SIZE = 18.0
SUBTITLE_SIZE = 11.0
CAPTION_SIZE = 8.5
LEADING = 1.42
"""Height of a line by size of its letters."""

HEADINGS = {1: (13.0, 6.0, 1.8), 2: (10.5, 4.2, 1.2), 3: (9.5, 3.0, 0.8)}
"""Size in points, room before and after in millimetres, by level."""

PARAGRAPH_GAP = 2.2
ITEM_GAP = 1.0
INDENT = 6.0
KEPT_WHOLE = 16
"""A text of at most so many lines is never split over two pages."""


def pdf_of(paper: Paper) -> bytes:
    """The PDF file. Raises ValueError for a table whose rows don't fit its header."""
    pages = Pages()
    _properties(pages, paper)
    _title(pages, paper)
    for place, block in enumerate(paper.blocks):
        _block(pages, block, paper.blocks[place + 1 : place + 4])
    pages.finish(paper)
    return bytes(pages.document.output())


def _properties(pages: Pages, paper: Paper) -> None:
    document = pages.document
    document.set_title(line(paper.title))
    document.set_subject(line(f"{paper.marking} {paper.subtitle}"))
    document.set_creator("Redline")
    document.set_producer("Redline")
    document.set_lang(locale_of(paper.language))
    document.set_creation_date(paper.made_at or dt.datetime(1980, 1, 1, tzinfo=dt.UTC))
    document.viewer_preferences = ViewerPreferences(display_doc_title=True)


def _title(pages: Pages, paper: Paper) -> None:
    title = plain(no_marking(line(paper.title)))
    _flow(pages, _broken(pages, title, TITLE_SIZE, bold=True), TITLE_SIZE, colour=ACCENT)
    if paper.subtitle:
        pages.gap(0.8)
        subtitle = plain(no_marking(line(paper.subtitle)))
        _flow(pages, _broken(pages, subtitle, SUBTITLE_SIZE), SUBTITLE_SIZE, colour=QUIET)
    pages.gap(3.0)
    if paper.facts:
        draw_facts(pages, paper.facts)
        pages.gap(2.0)


def _block(pages: Pages, block: Block, after: Sequence[Block]) -> None:
    match block:
        case Heading():
            _heading(pages, block, after)
        case Paragraph():
            text = _broken(pages, runs(block.text), TEXT_SIZE)
            if after and isinstance(after[0], Table | Quote):
                pages.need(len(text) * TEXT_SIZE * POINT * LEADING + _lead(pages, after))
            _flow(pages, text, TEXT_SIZE)
            pages.gap(PARAGRAPH_GAP)
        case Bullets():
            _bullets(pages, block)
        case Table():
            draw_table(pages, block)
            pages.gap(PARAGRAPH_GAP * 2)
        case Quote():
            _quote(pages, block)


def _broken(
    pages: Pages,
    pieces: Sequence[Run],
    size: float,
    *,
    bold: bool = False,
    room: float = LINE_WIDTH,
) -> list[Line]:
    return lines(pieces, room, size, pages.letters, bold=bold)


def _flow(
    pages: Pages, text: Sequence[Line], size: float, *, colour: str = INK, x: float = SIDE
) -> None:
    """Lines one under the other; no page begins or ends with a single line of several."""
    height = size * POINT * LEADING
    place = 0
    while place < len(text):
        rest = len(text) - place
        fits = int(pages.left / height + 1e-6)
        take = rest if rest <= fits else max(fits, 0)
        if take < rest:
            take = min(take, rest - 2)
            if take < 2 and not pages.at_top:
                take = 0
        if take <= 0:
            if pages.at_top:
                take = 1
            else:
                pages.turn()
                continue
        for part in text[place : place + take]:
            pages.draw(part, x, pages.y, size, height, colour=colour)
            pages.y += height
        place += take


def _heading(pages: Pages, heading: Heading, after: Sequence[Block]) -> None:
    level = min(max(heading.level, 1), 3)
    size, before, behind = HEADINGS[level]
    text = no_marking(line(heading.text))
    broken = _broken(pages, plain(text), size, bold=True)
    height = before + behind + len(broken) * size * POINT * LEADING
    pages.need(height + _lead(pages, after))
    pages.gap(before)
    pages.document.set_y(pages.y)
    pages.document.start_section(text, level - 1, strict=False)
    _flow(pages, broken, size, colour=ACCENT if level < 3 else INK)
    pages.gap(behind)


def _lead(pages: Pages, after: Sequence[Block]) -> float:
    """How much of what follows has to stand on the page of a heading."""
    match after:
        case []:
            return 0
        case [Table() as table, *_]:
            return lead_of_table(pages, table)
        case [Quote() as quote, *_]:
            text = (Run(visible(quote.text), code=True),)
            count = len(_broken(pages, text, FIXED_SIZE, room=LINE_WIDTH - 8))
            return (min(count, KEPT_WHOLE) + 3) * FIXED_SIZE * POINT * LEADING
        case [Heading(), *rest]:
            return 9 + _lead(pages, rest)
        case [Paragraph() as paragraph, (Table() | Quote()), *_]:
            count = len(_broken(pages, runs(paragraph.text), TEXT_SIZE))
            return count * TEXT_SIZE * POINT * LEADING + _lead(pages, after[1:])
        case _:
            return 3 * TEXT_SIZE * POINT * LEADING


def _bullets(pages: Pages, bullets: Bullets) -> None:
    for place, item in enumerate(bullets.items, 1):
        broken = _broken(pages, runs(item), TEXT_SIZE, room=LINE_WIDTH - INDENT)
        height = TEXT_SIZE * POINT * LEADING
        pages.need(height * min(2, len(broken)) if len(broken) != 3 else height * 3)
        mark = f"{place}." if bullets.numbered else "•"
        sign = _broken(pages, plain(mark), TEXT_SIZE, room=INDENT)[0]
        x = SIDE + INDENT - 1.8 - sum(piece.width for piece in sign)
        pages.draw(sign, max(SIDE, x), pages.y, TEXT_SIZE, height, colour=ACCENT)
        _flow(pages, broken, TEXT_SIZE, x=SIDE + INDENT)
        pages.gap(ITEM_GAP)
    pages.gap(PARAGRAPH_GAP - ITEM_GAP)


def _quote(pages: Pages, quote: Quote) -> None:
    """A text as it is, in fixed width on a quiet ground with a bar at its left."""
    height = FIXED_SIZE * POINT * 1.35
    pad = 1.6
    text = (Run(visible(quote.text), code=True),)
    broken = _broken(pages, text, FIXED_SIZE, room=LINE_WIDTH - 8)
    caption = _broken(pages, plain(no_marking(line(quote.caption))), CAPTION_SIZE, bold=True)
    shown = caption if quote.caption else []
    together = len(broken) if len(broken) <= KEPT_WHOLE else 4
    pages.need((len(shown) + together + 1) * height + 2 * pad)
    if quote.caption:
        pages.gap(1.0)
        _flow(pages, shown, CAPTION_SIZE, colour=QUIET)
        pages.gap(0.6)
    _panel(pages, pad)
    for place, part in enumerate(broken):
        if pages.left < height + pad:
            _panel(pages, pad)
            pages.turn()
            _panel(pages, pad)
        y = pages.y
        _panel(pages, height)
        pages.draw(part, SIDE + 4, y, FIXED_SIZE, height)
        if place == len(broken) - 1:
            _panel(pages, pad)
    pages.gap(PARAGRAPH_GAP * 1.6)


def _panel(pages: Pages, height: float) -> None:
    # Strips overlap by a hair, or a viewer shows light lines between them.
    pages.fill(SIDE, pages.y, LINE_WIDTH, height + 0.02, PANEL)
    pages.fill(SIDE, pages.y, 0.9, height + 0.02, ACCENT)
    pages.y += height
