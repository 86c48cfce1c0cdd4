"""What is known of an entry before anybody has written it: how people asked for it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.alphabets import MIXED, ONLY_RUSSIAN, ONLY_UKRAINIAN
from bot.knowledge.search.language import detect
from bot.knowledge.search.normalise import fold, words

LONGEST = 160
"""Characters of an alias or a question in an entry."""

MOST_QUESTIONS = 6
"""Questions that are taken over, by language: more make a file that nobody reads."""

ENGLISH = "en"

# Mentions, emoji and addresses name people and places outside, and answer nothing.
_NOISE = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:)[\w:-]*>|https?://\S+|@(?=\w)")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Seed:
    """Title, aliases and questions by language; what nobody asked for stays blank."""

    title: str
    aliases: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, tuple[str, ...]]
    note: str = ""
    """Why the entry is wanted: one line of comment at the top."""


def seed_of(topic: Sequence[str], texts: Iterable[str], *, note: str = "") -> Seed:
    """The seed that questions give: their words as title and alias, themselves as questions.

    Each text goes under the language that it is written in. A text that no entry may hold (too
    long, letters of two alphabets in a word) is left out.
    """
    by_language: dict[str, dict[str, str]] = {}
    for text in texts:
        clean = _clean(text)
        language = detect(clean) if clean else ""
        if clean and _stands(clean, language):
            by_language.setdefault(language, {}).setdefault(fold(clean), clean)
    counted = Counter({language: len(found) for language, found in by_language.items()})
    ranked = [language for language, _ in counted.most_common()]
    aliases = {
        language: phrase
        for language in ranked
        if (phrase := _phrase(topic, by_language[language].values(), language))
    }
    main = ENGLISH if ENGLISH in aliases else next(iter(aliases), "")
    return Seed(
        title=_capital(aliases.get(main, "")),
        aliases={language: (phrase,) for language, phrase in aliases.items()},
        questions={
            language: tuple(by_language[language].values())[:MOST_QUESTIONS] for language in ranked
        },
        note=" ".join(_clean(note).split()),
    )


def slug(topic: Sequence[str], kind: str) -> str:
    """An id for a new entry of this kind, from the words of its topic."""
    parts = [re.sub(r"[^a-z0-9]+", "", fold(word)) for word in topic]
    text = "-".join([kind, *(part for part in parts if part)])
    while len(text) > 60:
        text = text.rpartition("-")[0]
    return text if "-" in text else f"{kind}-new"


def _clean(text: str) -> str:
    seen = "".join(
        character if unicodedata.category(character)[0] != "C" else " " for character in text
    )
    return " ".join(_NOISE.sub(" ", seen).split())


def _stands(text: str, language: str) -> bool:
    if not 3 <= len(text) <= LONGEST or not _LETTER.search(text) or MIXED.search(text):
        return False
    other = {"ru": ONLY_UKRAINIAN, "uk": ONLY_RUSSIAN}.get(language)
    return other is None or other.search(text) is None


def _phrase(topic: Sequence[str], texts: Iterable[str], language: str) -> str:
    """The topic's words that people use in this language, in the order in which they wrote them."""
    spoken = [fold(word) for text in texts for word in words(text)]
    used = [word for word in topic if fold(word) in spoken]
    used.sort(key=lambda word: spoken.index(fold(word)))
    phrase = " ".join(used)
    return phrase if _stands(phrase, language) else ""


def _capital(text: str) -> str:
    title = text[:1].upper() + text[1:]
    return title[:100].rstrip()
