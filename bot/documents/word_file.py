"""A paper as DOCX. Importing this module needs the extra `documents`."""

# pyright: basic, reportPrivateUsage=false
# The types of python-docx are partial.
from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from bot.documents.columns import rows_of, shares
from bot.documents.extras import MissingExtra
from bot.documents.inline import Run, plain, runs
from bot.documents.labels import locale_of
from bot.documents.palette import LABEL_SHARE
from bot.documents.paper import Block, Bullets, Heading, Paper, Paragraph, Quote, Table
from bot.documents.visible import line, no_marking, visible
from bot.documents.word_package import settled

try:
    import docx
    from docx.document import Document
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm, Emu, Pt
    from docx.table import Table as WordTable
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph as WordParagraph
except ImportError as missing:  # pragma: no cover - seen where the extra is absent
    raise MissingExtra("documents", "A DOCX document") from missing

from bot.documents import word_styles
from bot.documents.word_elements import (
    add_runs,
    keep_row_whole,
    new_number_list,
    repeat_header,
    set_language,
    set_settings,
)
from bot.documents.word_pages import PAGE_WIDTH, SIDE_MARGIN, set_pages

LINE = PAGE_WIDTH - 2 * SIDE_MARGIN
LIST_GAP = Pt(8)
KEPT_WHOLE = 900
"""A text of fewer characters is never split over two pages."""

SPLITTABLE = 700
"""From this many characters a cell may run on to the next page: it would leave too wide a gap."""


def docx_of(paper: Paper) -> bytes:
    """The DOCX file. Raises ValueError for a table whose rows don't fit its header."""
    document = docx.Document()
    locale = locale_of(paper.language)
    word_styles.set_styles(document, locale)
    set_pages(document, paper)
    _properties(document, paper, locale)
    document.add_paragraph(no_marking(line(paper.title)), style="Title")
    if paper.subtitle:
        document.add_paragraph(no_marking(line(paper.subtitle)), style="Subtitle")
    if paper.facts:
        _facts(document, paper.facts)
    for block, after in zip(paper.blocks, [*paper.blocks[1:], None], strict=False):
        _block(document, block, after)
    set_language(document.element.body, locale)
    set_settings(document, locale)
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def _properties(document: Document, paper: Paper, locale: str) -> None:
    core = document.core_properties
    core.title = line(paper.title)[:255]
    core.subject = line(paper.subtitle)[:255]
    core.category = line(paper.marking)[:255]
    core.language = locale
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.revision = 1
    moment = paper.made_at or dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
    core.created = core.modified = moment.astimezone(dt.UTC).replace(tzinfo=None)


def _facts(document: Document, facts: Sequence[tuple[str, str]]) -> None:
    table = _new_table(document, len(facts), (LABEL_SHARE, 1 - LABEL_SHARE), word_styles.FACTS)
    for row, (label, value) in zip(table.rows, facts, strict=True):
        _fill(row.cells[0], line(label), word_styles.LABEL_CELL)
        _fill(row.cells[1], visible(value), word_styles.CELL)
        keep_row_whole(row)
    _gap(document)


def _block(document: Document, block: Block, after: Block | None) -> None:
    match block:
        case Heading():
            level = min(max(block.level, 1), 3)
            document.add_paragraph(no_marking(line(block.text)), style=f"Heading {level}")
        case Paragraph():
            paragraph = document.add_paragraph()
            add_runs(paragraph, runs(block.text))
            paragraph.paragraph_format.keep_with_next = isinstance(after, Table | Quote) or None
        case Bullets():
            _bullets(document, block)
        case Table():
            _table(document, block)
        case Quote():
            _quote(document, block)


def _bullets(document: Document, bullets: Bullets) -> None:
    number = new_number_list(document) if bullets.numbered else None
    paragraph = None
    for item in bullets.items:
        style = "List Number" if bullets.numbered else "List Bullet"
        paragraph = document.add_paragraph(style=style)
        add_runs(paragraph, runs(item))
        if number is not None:
            number.put(paragraph)
    if paragraph is not None:
        paragraph.paragraph_format.space_after = LIST_GAP


def _table(document: Document, table: Table) -> None:
    rows = rows_of(table)
    made = _new_table(document, len(rows) + 1, shares(table), word_styles.TABLE)
    for place, (given, row) in enumerate(zip((table.header, *rows), made.rows, strict=True)):
        style = word_styles.CELL if place else word_styles.HEAD_CELL
        for cell, text in zip(row.cells, given, strict=True):
            _fill(cell, visible(text), style)
        if max(map(len, given), default=0) < SPLITTABLE:
            keep_row_whole(row)
    repeat_header(made.rows[0])
    _gap(document)


def _new_table(document: Document, rows: int, parts: Sequence[float], style: str) -> WordTable:
    table = document.add_table(rows=rows, cols=len(parts), style=style)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    for column, part in zip(table.columns, parts, strict=True):
        column.width = Emu(round(LINE * part))
        for cell in column.cells:
            cell.width = Emu(round(LINE * part))
    return table


def _fill(cell: Cell, text: str, style: str) -> None:
    paragraph: WordParagraph = cell.paragraphs[0]
    for place, part in enumerate(text.split("\n")):
        if place:
            paragraph = cell.add_paragraph()
        paragraph.style = style
        add_runs(paragraph, plain(part))


def _gap(document: Document) -> None:
    """Room under a table: two tables in a row would otherwise become one."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Cm(0)
    paragraph.paragraph_format.line_spacing = Cm(0.25)


def _quote(document: Document, quote: Quote) -> None:
    if quote.caption:
        document.add_paragraph(no_marking(line(quote.caption)), style=word_styles.CAPTION)
    paragraph = document.add_paragraph(style=word_styles.QUOTE)
    add_runs(paragraph, (Run(visible(quote.text)),))
    paragraph.paragraph_format.keep_together = len(quote.text) < KEPT_WHOLE
    if quote.language:
        set_language(paragraph._p, locale_of(quote.language))
