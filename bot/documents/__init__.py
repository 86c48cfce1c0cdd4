"""Documents: a `Paper` (plain data) rendered as DOCX, PDF or Markdown, and pictures.

`render(paper, "docx")` gives the bytes of the file. It is work for the processor: from chat, call
it through `asyncio.to_thread`.
"""

from __future__ import annotations

from typing import Literal

from bot.documents.extras import MissingExtra
from bot.documents.markdown_file import markdown_of
from bot.documents.paper import Block, Bullets, Heading, Paper, Paragraph, Quote, Table

Format = Literal["docx", "pdf", "md"]

FORMATS: tuple[Format, ...] = ("docx", "pdf", "md")

__all__ = [
    "FORMATS",
    "Block",
    "Bullets",
    "Format",
    "Heading",
    "MissingExtra",
    "Paper",
    "Paragraph",
    "Quote",
    "Table",
    "render",
]


def render(paper: Paper, form: Format) -> bytes:
    """The file of this paper; the same paper always gives the same bytes.

    Raises MissingExtra where the libraries for DOCX and PDF aren't installed (Markdown needs
    none), ValueError for an unknown format or a table whose rows don't fit its header.
    """
    match form:
        case "md":
            return markdown_of(paper).encode()
        case "docx":
            from bot.documents.word_file import docx_of  # noqa: PLC0415 - an extra

            return docx_of(paper)
        case "pdf":
            from bot.documents.pdf_file import pdf_of  # noqa: PLC0415 - an extra

            return pdf_of(paper)
        case _:
            raise ValueError(f"no such format: {form!r}; choose one of {', '.join(FORMATS)}")
