"""The few words that stand on every page, by language."""

from __future__ import annotations

from types import MappingProxyType

from bot.documents.paper import Paper
from bot.documents.visible import line, no_marking

LONGEST_RUNNING_TITLE = 70
"""Characters of the title at the head of each page: one line beside the marking."""

PAGE_OF = MappingProxyType(
    {
        "en": "Page {page} of {pages}",
        "et": "Lk {page} / {pages}",
        "lv": "{page}. lpp. no {pages}",
        "lt": "{page} psl. iš {pages}",
        "ru": "Стр. {page} из {pages}",
        "uk": "Стор. {page} з {pages}",
        "pl": "Strona {page} z {pages}",
        "de": "Seite {page} von {pages}",
        "fr": "Page {page} sur {pages}",
    }
)

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
    before, rest = PAGE_OF.get(language, PAGE_OF["en"]).split("{page}")
    between, after = rest.split("{pages}")
    return before, between, after


def locale_of(language: str) -> str:
    return LOCALES.get(language, LOCALES["en"])


def running_title(paper: Paper) -> str:
    """The title at the head of each page, cut at a word with an ellipsis where it is long."""
    title = no_marking(line(paper.short_title or paper.title))
    if len(title) <= LONGEST_RUNNING_TITLE:
        return title
    return title[:LONGEST_RUNNING_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.–—-") + "…"
