"""A text as words with their places, seen through the usual disguises.

Invisible characters, full-width letters, letters of another script that look the same, digits in
place of letters, letters set apart: a word keeps its place in the text and gains the forms that it
may stand for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from bot.knowledge.search.normalise import fold, is_cyrillic

_WORD = re.compile(
    # Letters set apart by single marks, as in `w i t h d r a w`, are one word.
    r"(?<![^\W_])(?:[^\W\d_][ .·*_\-]){4,}[^\W\d_](?![^\W_])|[^\W_]+(?:['@$][^\W_]+)*"
)
_SPACING = re.compile(r"[ .·*_\-]")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”“»’)\]]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*•–—]|\d+[.)])\s)")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:[^\W\d_]\.)*(?:[^\W\d_]|dr|mr|ms|mrs|gen|lt|st|art|no)$")
_HYPHENATION = re.compile(r"(?<=[^\W\d_])[-‐][ \t]*\r?\n[ \t]*(?=[^\W\d_])")
_PARAGRAPH = re.compile(r"\n\s*\n")
_OPENING = "“„«‟"
_CLOSING = "”»"

_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
"""Characters that show nothing although Unicode counts them among letters or marks."""

_CYRILLIC_LOOKALIKES = dict(
    zip("авсеёнікмоорѕтухјьԁһґӏԛԝ", "abceehikmoopstyxjbdhrlqw", strict=True)
)
_GREEK_LOOKALIKES = dict(zip("αβεηικμνοπρτυχγωϲϳ", "abenikmvonptuxywcj", strict=True))
_LOOKALIKES = _CYRILLIC_LOOKALIKES | _GREEK_LOOKALIKES
"""Cyrillic and Greek letters by the Latin ones that they look like."""
_TO_LATIN = str.maketrans(_LOOKALIKES)
_TO_CYRILLIC = str.maketrans("aceopxyikmthbsj", "асеорхуікмтнвѕј")
_DIGITS = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
_MOST_READINGS = 8
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=.)")
_UMLAUT = re.compile(r"([aou])e")


@dataclass(frozen=True, slots=True)
class Token:
    """A word: its place in the original text, the forms it may stand for, where it belongs."""

    start: int
    end: int
    word: str
    latin: frozenset[str]
    """Folded readings in Latin letters; none for a plain Cyrillic word."""
    cyrillic: frozenset[str]
    """Folded readings in Cyrillic letters; none for a plain Latin word."""
    sentence: int
    quote: int
    """Number of the quotation that it stands in, 0 outside of any."""
    mark: str
    """The punctuation between the word before and this one: '', or one of , ; : - ( ."""
    asked: bool
    """Whether its sentence is a question."""

    def forms(self, language: str) -> frozenset[str]:
        return self.cyrillic if language in {"ru", "uk"} else self.latin


def tokenise(text: str) -> list[Token]:
    """The words of a text in order. Any text will do."""
    cleaned, places = _cleaned(text)
    ends = [
        (end, mark)
        for end, mark in _sentence_ends(cleaned)
        if not _ordinal(cleaned, text, end, places)
    ]
    quotes = _quotations(cleaned)
    has_cyrillic = is_cyrillic(cleaned)
    tokens: list[Token] = []
    sentence = quote = before = 0
    for match in _WORD.finditer(cleaned):
        while sentence < len(ends) and ends[sentence][0] < match.start():
            sentence += 1
        while quote < len(quotes) and quotes[quote][1] < match.start():
            quote += 1
        quoted = quote < len(quotes) and quotes[quote][0] < match.start()
        word = _SPACING.sub("", match.group()).strip("'")
        latin, cyrillic = _readings(word, has_cyrillic)
        tokens.append(
            Token(
                start=places[match.start()],
                end=places[match.end() - 1] + 1,
                word=word,
                latin=latin,
                cyrillic=cyrillic,
                sentence=sentence,
                quote=quote + 1 if quoted else 0,
                mark=_mark(cleaned[before : match.start()]),
                asked=sentence < len(ends) and "?" in ends[sentence][1],
            )
        )
        before = match.end()
    return tokens


def _cleaned(text: str) -> tuple[str, list[int]]:
    """The text in lower case without what can't be seen, and where each character was."""
    hyphens = {
        place
        for match in _HYPHENATION.finditer(text)
        for place in range(match.start(), match.end())
    }
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if place in hyphens:
            continue
        for plain in _plain(character):
            characters.append(plain)
            places.append(place)
    return "".join(characters), places


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """A character in lower case and its usual shape; nothing for one that can't be seen."""
    if character in "’‘ʼ`´′":
        return "'"
    if character in _INVISIBLE or unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return ""
    if character in "\r\u0085\u2028\u2029":
        return "\n" if character != "\r" else " "
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKC", character).lower()
        if not unicodedata.combining(letter)
    )


def _sentence_ends(text: str) -> list[tuple[int, str]]:
    """Where sentences end and with what mark; an abbreviation's full stop ends none."""
    return [
        (match.start(), match.group())
        for match in _SENTENCE_END.finditer(text)
        if not (
            match.group() == "."
            and _ABBREVIATION.search(text, max(0, match.start() - 12), match.start())
        )
    ]


def _ordinal(cleaned: str, text: str, end: int, places: list[int]) -> bool:
    """Whether the full stop here makes an ordinal number, as in `5. pants`, `3. Oktober`."""
    rest = cleaned[end + 1 : end + 3].lstrip()
    return (
        end > 0
        and cleaned[end - 1].isdigit()
        and rest[:1].isalpha()
        and text[places[cleaned.index(rest[0], end)]].islower()
    )


def _quotations(text: str) -> list[tuple[int, int]]:
    """Spans between quotation marks, paragraph by paragraph; an unpaired mark opens none."""
    spans: list[tuple[int, int]] = []
    start = 0
    for end in (*(match.start() for match in _PARAGRAPH.finditer(text)), len(text)):
        spans += _quotations_between(text, start, end)
        start = end
    return spans


def _quotations_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    opened: int | None = None
    for place in range(start, end):
        character = text[place]
        if character == '"' or character in _OPENING + _CLOSING:
            # German closes with the mark that opens in English: which it is shows in the context.
            if opened is None:
                opened = place if character not in _CLOSING else None
            else:
                yield opened, place
                opened = None


def _mark(between: str) -> str:
    for mark in ";:(),":
        if mark in between:
            return "(" if mark == ")" else mark
    if "–" in between or "—" in between or " - " in between:
        return "-"
    return "." if "\n" in between and between.strip() else ""


@lru_cache(maxsize=65536)
def _readings(word: str, has_cyrillic: bool) -> tuple[frozenset[str], frozenset[str]]:
    """Folded forms in Latin and in Cyrillic letters that the word may stand for."""
    foreign = sum(letter in _LOOKALIKES for letter in word)
    cyrillic_letters = sum("Ѐ" <= letter <= "ӿ" for letter in word)
    latin: set[str] = set()
    cyrillic: set[str] = set()
    if not cyrillic_letters:
        latin |= _spellings(word)
    if foreign and (foreign == len(word) or cyrillic_letters < len(word)):
        latin |= _spellings(word.translate(_TO_LATIN))
    if cyrillic_letters or has_cyrillic:
        other = word.translate(_TO_CYRILLIC) if cyrillic_letters < len(word) else word
        if not any("a" <= letter <= "z" for letter in other):
            cyrillic |= {fold(form).replace("'", "") for form in _undigited(other)}
            cyrillic |= {fold(form) for form in _undigited(other)}
    return frozenset(latin), frozenset(cyrillic)


def _spellings(word: str) -> set[str]:
    forms = {fold(form) for form in _undigited(word)}
    for form in tuple(forms):
        if "'" in form:
            bare = _ELISION.sub("", form)
            forms |= {bare, bare.removesuffix("'s"), form.replace("'", "")}
            if form.startswith("n'"):
                forms.add("ne")
        if _UMLAUT.search(form):
            # `Praesenz` for `Präsenz`, which folds to `prasenz`.
            forms.add(_UMLAUT.sub(r"\1", form))
    return forms


def _undigited(word: str) -> set[str]:
    """The word, and what it reads where digits and signs stand for letters."""
    if not any(sign in _DIGITS for sign in word) or not any(map(str.isalpha, word)):
        return {word}
    choices = [_DIGITS.get(sign, sign) for sign in word]
    readings = {word}
    for reading in product(*choices):
        readings.add("".join(reading))
        if len(readings) > _MOST_READINGS:
            break
    return readings
