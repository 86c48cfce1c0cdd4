"""Letters and languages: no word of two alphabets, no text under the wrong language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.knowledge.alphabets import (
    CYRILLIC,
    GREEK,
    LATIN,
    MIXED,
    ONLY_RUSSIAN,
    ONLY_UKRAINIAN,
)
from bot.knowledge.checks.base import Issue, Record
from bot.knowledge.reading.paths import select, texts

WORD = re.compile(r"[^\W\d_]+")
CYRILLIC_LETTER = re.compile(f"[{CYRILLIC}]")
LETTER = re.compile(r"[^\W\d_]")

CYRILLIC_LANGUAGES = frozenset({"ru", "uk"})

BY_LANGUAGE = (
    "aliases.*.*",
    "questions.*.*",
    "variants.*.*",
    "variants.*.text",
    "translations.*.title",
    "translations.*.summary",
    "translations.*.body",
    "translations.*.key_points.*",
    "term.*",
)
"""Texts whose second step names their language."""

SHORTEST = 20
"""Letters that a text needs before its alphabet tells its language: names and acronyms cross."""


def check_entry(record: Record) -> Iterator[Issue]:
    yield from _mixed(record)
    yield from _wrong_language(record)
    for path, _ in select(record.node, "translations.*"):
        if path[-1] == "en":
            yield record.issue(
                "KB411",
                path,
                "English is the language of the entry itself and not a translation",
                "delete 'en:' and what stands below it",
                key=True,
            )


def _mixed(record: Record) -> Iterator[Issue]:
    for path, text in texts(record.node):
        if text.isascii() or not MIXED.search(text) or "patterns" in path:
            continue
        for word in WORD.findall(text):
            if MIXED.search(word):
                yield record.issue(
                    "KB407",
                    path,
                    f"the word '{word}' has letters of two alphabets: {_odd_one(word)}",
                    "type the word again with the keyboard set to one alphabet",
                    needle=word,
                )


def _odd_one(word: str) -> str:
    scripts = {
        "Latin": re.findall(f"[{LATIN}]", word),
        "Cyrillic": re.findall(f"[{CYRILLIC}]", word),
        "Greek": re.findall(f"[{GREEK}]", word),
    }
    name, letters = min(
        ((name, found) for name, found in scripts.items() if found), key=lambda pair: len(pair[1])
    )
    shown = ", ".join(f"'{letter}'" for letter in dict.fromkeys(letters))
    return f"{shown} {'is' if len(letters) == 1 else 'are'} {name}"


def _wrong_language(record: Record) -> Iterator[Issue]:
    for pattern in BY_LANGUAGE:
        for path, text in select(record.node, pattern):
            if isinstance(text, str):
                yield from _language_of(record, path, text)


def _language_of(record: Record, path: tuple[str | int, ...], text: str) -> Iterator[Issue]:
    language = str(path[1])
    cyrillic = len(CYRILLIC_LETTER.findall(text)) if not text.isascii() else 0
    if language in CYRILLIC_LANGUAGES:
        other = ONLY_UKRAINIAN if language == "ru" else ONLY_RUSSIAN
        if found := other.search(text):
            yield record.issue(
                "KB409",
                path,
                f"the text stands under '{language}', but '{found.group()}' is no letter of it",
                f"move it to '{'uk' if language == 'ru' else 'ru'}', or correct the letter",
                needle=found.group(),
            )
    elif not cyrillic:
        return
    letters = len(LETTER.findall(text))
    if letters < SHORTEST:
        return
    share = cyrillic / letters
    if (language in CYRILLIC_LANGUAGES and share < 0.3) or (
        language not in CYRILLIC_LANGUAGES and share > 0.7
    ):
        alphabet = "Cyrillic" if share > 0.5 else "Latin"
        yield record.issue(
            "KB408",
            path,
            f"the text stands under '{language}', but is written in {alphabet} letters",
            "move it to its own language",
        )
