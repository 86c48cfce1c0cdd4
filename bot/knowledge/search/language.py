"""Which of the knowledge base's languages a text is in, from its letters and small words."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from bot.knowledge.search.normalise import fold, is_cyrillic, words

DEFAULT = "en"

_LETTERS = {
    "et": re.compile(r"[õ]|[äöü]{2}|(?:aa|ee|ii|oo|uu)(?:[dlnst]|$)"),
    "lv": re.compile(r"[āēīūģķļņ]"),
    "lt": re.compile(r"[ąęėįųū]"),
    "pl": re.compile(r"[ąćęłńóśźż]|cz|sz|rz"),
    "de": re.compile(r"[äöüß]|sch|ung$|lich"),
    "fr": re.compile(r"[àâçèéêëîïôùûœ]|eux$|tion$"),
    "uk": re.compile(r"[іїєґ]"),
    "ru": re.compile(r"[ыэъё]"),
}
"""Letters and endings that speak for a language; several languages may share one."""

_SMALL_WORD = 2.0
_LETTER = 1.0
_SCRIPT = 0.5


@lru_cache(maxsize=1)
def _small_words() -> dict[str, tuple[str, ...]]:
    """Words that say little, by language, as they are written."""
    text = files("bot.knowledge.search").joinpath("data/stopwords.txt").read_text("utf-8")
    found: dict[str, list[str]] = {}
    language = DEFAULT
    for line in text.splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(language, []).extend(line.split())
    return {name: tuple(many) for name, many in found.items()}


@lru_cache(maxsize=1)
def stopwords() -> dict[str, frozenset[str]]:
    """Words that say little, by language, folded."""
    return {name: frozenset(map(fold, many)) for name, many in _small_words().items()}


@lru_cache(maxsize=1)
def _speakers() -> dict[str, tuple[str, ...]]:
    """Languages by small word as it is written."""
    found: dict[str, list[str]] = {}
    for name, many in _small_words().items():
        for word in many:
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}


def detect(text: str) -> str:
    """The likeliest language of the text; English where nothing speaks for another."""
    speakers = _speakers()
    scores: dict[str, float] = {DEFAULT: 0.25}
    for word in words(text)[:60]:
        names = speakers.get(word, ())
        for name in names:
            scores[name] = scores.get(name, 0) + _SMALL_WORD / len(names)
        if is_cyrillic(word):
            for name in ("ru", "uk"):
                scores[name] = scores.get(name, 0) + _SCRIPT
        candidates = ("ru", "uk") if is_cyrillic(word) else ("et", "lv", "lt", "pl", "de", "fr")
        # Plain letters are common to all: they speak for a language only by its endings.
        for name in candidates:
            if _LETTERS[name].search(word):
                plain = word.isascii()
                scores[name] = scores.get(name, 0) + (_LETTER / 4 if plain else _LETTER)
    return max(scores, key=lambda name: (scores[name], name == DEFAULT))
