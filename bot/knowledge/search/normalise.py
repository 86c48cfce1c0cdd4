"""Words out of text: lower case, split, without diacritics, in one script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MAX_QUERY_CHARACTERS = 4000
"""What is read of a query: a Discord message holds no more."""

WORD = re.compile(r"[^\W_]+")
"""A word: a run of letters and digits of any script."""

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e",
    "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f",
    "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ю": "iu", "я": "ia",
}  # fmt: skip
"""One Latin spelling for Russian and Ukrainian alike, so that shared words meet."""

_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
}  # fmt: skip
"""Latin letters that Unicode does not decompose."""

_TABLE = str.maketrans(_CYRILLIC | _LETTERS)


_PLAIN = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() and code < 128 else 32 for code in range(256)
)
"""ASCII letters and digits in lower case, everything else a space."""


_MARKS = "’–—‘“”„«»…\u00a0\u2011"
"""Typographic marks that make an otherwise plain text not plain."""


def plain_marks(text: str) -> str:
    """The text with a space for each typographic mark."""
    if not text.isascii():
        for mark in _MARKS:
            text = text.replace(mark, " ")
    return text


def words(text: str) -> list[str]:
    """Lower-case words in order; diacritics and script stay as they are written."""
    if text.isascii():
        # Several times quicker than the expression, and most of a knowledge base is plain.
        return text.encode().translate(_PLAIN).decode().split()
    return WORD.findall(unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A lower-case word in plain Latin letters: `сша` is `ssha`, `läti` is `lati`."""
    if word.isascii():
        return word
    # й and ї decompose into и and і with a mark: they are spelt out before marks are dropped.
    plain = word.translate(_TABLE)
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(
        _TABLE
    )


def is_cyrillic(word: str) -> bool:
    """Whether the word has a Cyrillic letter."""
    return any("Ѐ" <= letter <= "ӿ" for letter in word)
