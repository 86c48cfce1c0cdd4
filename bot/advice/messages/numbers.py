"""Numbers: read from what people type, written with each language's separators."""

from __future__ import annotations

import re
from types import MappingProxyType

NUMBER = re.compile(r"(?P<sign>[-−]?)(?P<body>\d(?:[\d.,'’ ]*\d)?)(?P<percent>\s?%?)")
GROUPED = re.compile(r"\d{1,3}([ .,'’])\d{3}(?:\1\d{3})*")

SEPARATORS = MappingProxyType(
    {
        "en": (",", "."),
        "de": (".", ","),
        "et": (" ", ","),
        "lv": (" ", ","),
        "lt": (" ", ","),
        "ru": (" ", ","),
        "uk": (" ", ","),
        "pl": (" ", ","),
        "fr": (" ", ","),
    }
)
"""Between thousands, and before decimals. A plain space: it counts the same on every channel."""


class NumberError(ValueError):
    """The text is no number, or one that could be read in two ways."""


def write_number(text: str, language: str) -> str:
    """The number as the language writes it: `1,200`, `1 200`, `1.200`. Raises NumberError."""
    found = NUMBER.fullmatch(text.strip())
    if found is None:
        raise NumberError(f"'{text}' is no number: digits only")
    whole, decimals = _parts(found["body"], language)
    thousands, point = SEPARATORS.get(language, SEPARATORS["en"])
    # Four digits stay together in every language but English, as its own style guides have it.
    digits = f"{int(whole):,}" if language == "en" or len(whole) > 4 else str(int(whole))
    shown = digits.replace(",", thousands)
    if decimals:
        shown += point + decimals
    percent = ""
    if found["percent"].strip():
        percent = "%" if language in ("en", "lv", "pl", "uk") else " %"
    return ("-" if found["sign"] else "") + shown + percent


def _parts(body: str, language: str) -> tuple[str, str]:
    marks = [mark for mark in body if not mark.isdigit()]
    if not marks:
        return body, ""
    kinds = set(marks)
    if len(kinds) == 1 and (len(marks) > 1 or marks[0] in " '’"):
        return _whole(body, marks[0]), ""
    if len(kinds) == 1:
        mark = marks[0]
        whole, _, decimals = body.partition(mark)
        if len(decimals) == 3 and len(whole) <= 3 and whole != "0":
            if (mark, language) == (",", "en"):
                return whole + decimals, ""
            raise NumberError(f"'{body}' could mean two numbers: write {whole}{decimals}")
        return whole, decimals
    last = marks[-1]
    if len(kinds) == 2 and marks.count(last) == 1 and last in ".,":
        whole, _, decimals = body.rpartition(last)
        return _whole(whole, marks[0]), decimals
    raise NumberError(f"'{body}' has its separators in no order that is known")


def _whole(body: str, mark: str) -> str:
    if not GROUPED.fullmatch(body):
        raise NumberError(f"'{body}' has '{mark}' where no thousands end")
    return re.sub(r"\D", "", body)
