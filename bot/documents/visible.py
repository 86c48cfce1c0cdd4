"""Characters that a page can't show, or that would deceive its reader, shown as what they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from bot.advice.messages.cleaning import LOOK_ALIKES

JOINERS = frozenset("\u200c\u200d")
"""They shape letters and emoji; with nothing to shape they are harmless."""

VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""They choose between two pictures of the same character."""

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories with nothing to see: controls, direction and zero-width marks, half
surrogates, private use, unassigned."""

BREAKS = re.compile("\r\n?|[\u0085\u2028\u2029\x0b\x0c]")

_SPACES = re.compile(r"[ \t\n]+")
_MARKING = re.compile(r"TLP\W*(?:CLEAR|WHITE|GREEN|AMBER|RED)(?:\W*STRICT)?", re.IGNORECASE)


def visible(text: str) -> str:
    """The text with line breaks as `\\n` and every invisible character named: `[U+202E]`."""
    return "".join(
        name_of(letter) if is_hidden(letter) else letter for letter in BREAKS.sub("\n", text)
    )


def line(text: str) -> str:
    """As `visible`, on one line with single spaces; no-break spaces stay."""
    return _SPACES.sub(" ", visible(text)).strip()


def is_hidden(letter: str) -> bool:
    if letter in "\n\t" or letter in JOINERS:
        return False
    return unicodedata.category(letter) in HIDDEN


def name_of(letter: str) -> str:
    """A character in words: `[U+1F525 fire]`, or its number alone where a name says nothing."""
    number = f"U+{ord(letter):04X}"
    if unicodedata.category(letter) in {"So", "Sk", "Sm", "Sc"}:
        name = unicodedata.name(letter, "").lower()
        return f"[{number} {name}]" if name else f"[{number}]"
    return f"[{number}]"


def drawable(text: str, glyphs: Container[int]) -> str:
    """The text with every character named that a font has no glyph for."""
    return "".join(
        letter if letter in "\n\t" or ord(letter) in glyphs else _without_glyph(letter)
        for letter in text
    )


def _without_glyph(letter: str) -> str:
    # Between pictures that are already named in words there is nothing left to join.
    return "" if letter in JOINERS or letter in VARIATIONS else name_of(letter)


def is_marking(text: str) -> bool:
    """Whether a whole text reads as a TLP label, look-alike letters included."""
    wide = unicodedata.normalize("NFKC", text)
    bare = "".join(letter for letter in wide if not is_hidden(letter) and letter not in JOINERS)
    core = re.sub(r"^[\W_]+|[\W_]+$", "", bare.translate(LOOK_ALIKES))
    return _MARKING.fullmatch(core) is not None


def no_marking(text: str) -> str:
    """The text, in quotation marks where it would read as the marking of the page."""
    return f"“{text}”" if is_marking(text) else text
