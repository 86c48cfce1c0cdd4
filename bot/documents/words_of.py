"""The words of documents in the reader's language: a file a language, English where one lacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import yaml

from bot.advice.messages.calendar import date_in_words

FOLDER = Path(__file__).parent / "words"
SOURCE = "en"


def word(key: str, language: str, /, *, default: str = "", **values: object) -> str:
    """The words under this key, with values put in as they are.

    `default` stands in for a key that is in no file: words of the vocabulary may be added at any
    time. Raises KeyError for such a key without it.
    """
    text = words(language).get(key) or words(SOURCE).get(key)
    if text is None:
        if not default:
            raise KeyError(key)
        return default
    return text.format(**values)


@cache
def words(language: str) -> Mapping[str, str]:
    """All words of a language; none where there is no file for it."""
    path = FOLDER / f"{language}.yaml"
    if language not in languages():
        return MappingProxyType({})
    loaded: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    return MappingProxyType(cast("dict[str, str]", loaded))


@cache
def languages() -> tuple[str, ...]:
    """Languages that documents speak."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def moment_in_words(moment: dt.datetime, language: str) -> str:
    """Date, time and zone: `23 November 2026, 21:40 EET (UTC+02:00)`. Takes an aware time.

    Raises ValueError for a time without a zone.
    """
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a time in a document needs its zone")
    minutes = int(offset.total_seconds() // 60)
    ahead = f"UTC{'+' if minutes >= 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    name = moment.tzname() or ahead
    zone = "UTC" if not minutes else name if name.startswith("UTC") else f"{name} ({ahead})"
    return f"{date_in_words(moment.date(), language)}, {moment:%H:%M} {zone}"
