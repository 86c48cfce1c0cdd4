"""What stands at the head and foot of every page, and what languages are called in files."""

from __future__ import annotations

from types import MappingProxyType

from bot.documents.paper import Paper
from bot.documents.visible import line, no_marking
from bot.documents.words_of import word

LONGEST_RUNNING_TITLE = 70
"""Characters of the title at the head of each page: one line beside the marking."""

LOCALES = MappingProxyType(
    {
        "en": "en-GB",
        "et": "et-EE",
        "lv": "lv-LV",
        "lt": "lt-LT",
        "ru": "ru-RU",
        "uk": "uk-UA",
        "pl": "pl-PL",
        "de": "de-DE",
        "fr": "fr-FR",
    }
)
"""What spelling checkers and screen readers call the languages."""


def page_of(language: str) -> tuple[str, str, str]:
    """What stands before the page's number, between it and the count, and after the count."""
    before, rest = word("page", language, page="\0", pages="\1").split("\0")
    between, after = rest.split("\1")
    return before, between, after


def locale_of(language: str) -> str:
    return LOCALES.get(language, LOCALES["en"])


def running_title(paper: Paper) -> str:
    """The title at the head of each page, cut at a word with an ellipsis where it is long."""
    title = no_marking(line(paper.short_title or paper.title))
    if len(title) <= LONGEST_RUNNING_TITLE:
        return title
    return title[:LONGEST_RUNNING_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.–—-") + "…"
