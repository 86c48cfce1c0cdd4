"""Which of the knowledge base's languages a text is in, from its letters and small words."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from bot.knowledge.search.normalise import fold, words

DEFAULT = "en"

_LETTERS = {
    "et": re.compile(r"[õäöü]|(?:aa|ee|ii|oo|uu)[dlnst]\b"),
    "lv": re.compile(r"[āēīūģķļņ]"),
    "lt": re.compile(r"[ąęėįųū]"),
    "pl": re.compile(r"[ąćęłńóśźż]|[csr]z|ych\b"),
    "de": re.compile(r"[äöüß]|sch|ung\b|lich"),
    "fr": re.compile(r"[àâçèéêëîïôùûœ]|eux\b|\b[ldq]'"),
    "uk": re.compile(r"[іїєґ]"),
    "ru": re.compile(r"[ыэъё]"),
}
"""Letters and endings that speak for a language; several languages may share one."""

_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_FOREIGN_IN_ENGLISH = re.compile(r"[^\x00-\x7f]|aa|ii|uu|sz|cz|sch|ung\b|eux\b|[ldq]'")
"""Without one of these no other language than English has anything to say for itself."""

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


SURE = 0.8
"""By so much the first language must lead for the others to be ruled out."""

LATIN = ("et", "lv", "lt", "pl", "de", "fr")
CYRILLIC = ("ru", "uk")


def detect(text: str, found: list[str] | None = None) -> str:
    """The likeliest language of the text; English where nothing speaks for another.

    `found` are the text's words, where the caller has them.
    """
    scores = _scores(text, words(text) if found is None else found)
    return max(scores, key=lambda name: (scores[name], name == DEFAULT))


def plausible(text: str, found: list[str]) -> tuple[str, ...]:
    """The languages that the text may be in, the likeliest first; one where it is plain."""
    scores = _scores(text, found)
    order = sorted(scores, key=lambda name: (-scores[name], name != DEFAULT))
    first = scores[order[0]]
    script = CYRILLIC if _CYRILLIC.search(text) else (DEFAULT, *LATIN)
    if first >= SURE and (len(order) == 1 or first - scores[order[1]] >= SURE):
        return (order[0],)
    return tuple(dict.fromkeys((*(name for name in order if name in script), *script)))


def _scores(text: str, found: list[str]) -> dict[str, float]:
    """What speaks for each language that anything speaks for."""
    speakers = _speakers()
    scores: dict[str, float] = {DEFAULT: 0.25}
    for word in found[:60]:
        names = speakers.get(word)
        if names is not None:
            for name in names:
                scores[name] = scores.get(name, 0) + _SMALL_WORD / len(names)
    if text.isascii() and scores[DEFAULT] > 1 and len(scores) == 1:
        return scores
    if _CYRILLIC.search(text):
        candidates = CYRILLIC
        for name in candidates:
            scores[name] = scores.get(name, 0) + _SCRIPT * len(found)
    elif _FOREIGN_IN_ENGLISH.search(text):
        candidates = LATIN
    else:
        candidates = ()
    lowered = text.lower() if candidates else ""
    for name in candidates:
        for match in _LETTERS[name].finditer(lowered, 0, 400):
            # Plain letters are common to all: they speak for a language only faintly.
            scores[name] = scores.get(name, 0) + (_LETTER / 4 if match[0].isascii() else _LETTER)
    return scores
