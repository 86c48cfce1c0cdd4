"""A document before it has a format: plain data that every renderer turns into the same page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside the document; `level` counts from 1 to 3. Plain text."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. Markdown: bold, italic, code, links to the web; anything else is text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, with dots or numbered from 1. Each item is Markdown, as in a paragraph."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of plain text. `widths` are shares of the line, one a column; None fits them to the
    text. A row shorter than the header is filled with empty cells; a longer one is an error
    (ValueError where it is rendered)."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A text shown exactly as it is, in a block of its own: a message, a quoted post.

    `language` is that of the text, where it isn't the document's.
    """

    text: str
    caption: str = ""
    language: str = ""


Block = Heading | Paragraph | Bullets | Table | Quote


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document.

    `marking` stands on every page, as FIRST writes it (`TLP:AMBER`). `facts` are pairs of label
    and value under the title: revision, time, approval. `made_at` is the only time that goes into
    the file's properties; the same paper always gives the same bytes. `short_title` stands at the
    head of each page; the title does where it is empty.
    """

    title: str
    marking: str
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    language: str = "en"
    made_at: dt.datetime | None = None
    short_title: str = ""
