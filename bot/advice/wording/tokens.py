"""A text as words with their places, seen through the usual disguises.

Invisible characters, full-width letters, letters of another script that look the same, digits in
place of letters: a word keeps its place in the text and gains the forms that it may stand for.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.search.normalise import fold
from bot.knowledge.search.stemming import stem

_WORD = re.compile(r"[^\W_]+(?:['@$][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…](?:\s|$)|\n\s*\n")
_QUOTES = dict.fromkeys("’‘ʼ`´", "'")

_LOOKALIKES = dict(zip("авсеёнікмоорѕтухјьԁһ", "abceehikmoopstyxjbdh", strict=True))
"""Cyrillic letters by the Latin ones that they look like."""
_TO_LATIN = str.maketrans(_LOOKALIKES)
_TO_CYRILLIC = str.maketrans("aceopxyikmthb", "асеорхуікмтнв")
_DIGITS = str.maketrans("013457@$", "oleastas")


@dataclass(frozen=True, slots=True)
class Token:
    """A word: its place in the original text, the forms it may stand for, its sentence."""

    start: int
    end: int
    word: str
    forms: frozenset[str]
    sentence: int

    def stems(self, language: str) -> frozenset[str]:
        return _stems(self.word, self.forms, language)


@lru_cache(maxsize=65536)
def _stems(word: str, forms: frozenset[str], language: str) -> frozenset[str]:
    return frozenset(fold(root) for root in stem([word, *forms], language))


def tokenise(text: str) -> list[Token]:
    """The words of a text in order. Any text will do."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for plain in _plain(character):
            characters.append(plain)
            places.append(place)
    cleaned = "".join(characters)
    ends = [match.start() for match in _SENTENCE_END.finditer(cleaned)]
    tokens: list[Token] = []
    sentence = 0
    for match in _WORD.finditer(cleaned):
        while sentence < len(ends) and ends[sentence] < match.start():
            sentence += 1
        word = match.group()
        tokens.append(
            Token(places[match.start()], places[match.end() - 1] + 1, word, _forms(word), sentence)
        )
    return tokens


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """A character in lower case and its usual shape; nothing for one that can't be seen."""
    if character in _QUOTES:
        return "'"
    if unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return ""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKC", character).lower()
        if not unicodedata.combining(letter)
    )


@lru_cache(maxsize=65536)
def _forms(word: str) -> frozenset[str]:
    forms = {fold(word)}
    cyrillic = sum("Ѐ" <= letter <= "ӿ" for letter in word)
    if cyrillic and (cyrillic < len(word) or all(letter in _LOOKALIKES for letter in word)):
        forms.add(fold(word.translate(_TO_LATIN)))
        forms.add(fold(word.translate(_TO_CYRILLIC)))
    if any(letter in "013457@$" for letter in word) and any(map(str.isalpha, word)):
        forms.add(fold(word.translate(_DIGITS)))
    return frozenset(forms)
