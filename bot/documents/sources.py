"""A source as a line of a list."""

from __future__ import annotations

from bot.advice.answer import SourceLine
from bot.advice.messages.calendar import date_in_words
from bot.documents.inline import escaped, is_web_link
from bot.documents.words_of import word


def source_item(source: SourceLine, language: str) -> str:
    """Publisher, title with its link, date, reliability: Markdown."""
    title = escaped(source.title)
    if source.url and is_web_link(source.url):
        title = f"[{title}](<{source.url}>)"
    parts = [f"{escaped(source.publisher)}: {title}"]
    # Titles of documents and interviews often carry their date.
    if source.published and date_in_words(source.published, "en") not in source.title:
        parts.append(date_in_words(source.published, language))
    parts.append(word("reliability", language, letter=source.reliability))
    return ", ".join(parts)
