"""What people type into slots, made safe to stand in an official text."""

from __future__ import annotations

import re
import unicodedata

DROPPED = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
"""Unicode categories without anything to see: controls, bidi and zero-width characters, private
use, half surrogates, unassigned. They hide text, turn its direction or split a word."""

BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5")
"""Letters by category that show nothing at all."""

VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
STACKED = re.compile(r"([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{2})"
                     r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")  # fmt: skip
"""Three or more marks on one letter belong to no language here; they smear over other lines."""

LOOK_ALIKES = str.maketrans(
    "АВЕЅЗІЈКМНОРСТУХаеѕіјорсухԁ\u0391\u0392\u0395\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7\u03bf",
    "ABES3IJKMHOPCTYXaesijopcyxdABEHIKMNOPTXo",
)
"""Cyrillic and Greek letters that look like Latin ones, for reading a word as the eye reads it."""

MARKINGS = (
    re.compile(r"\bTLP\s*[:\-–—/. ]?\s*(?:CLEAR|WHITE|GREEN|AMBER|RED)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:APPROVED|PRE-?APPROVED|RELEASED|CLEARED FOR RELEASE|FOUR EYES|KINNITATUD"
        r"|HEAKS KIIDETUD|APSTIPRINĀTS|APSTIPRINATS|PATVIRTINTA|ZATWIERDZON[OYAE]|FREIGEGEBEN"
        r"|GENEHMIGT|APPROUVÉE?|APPROUVEE?)\b"
    ),
    re.compile(r"\b(?:УТВЕРЖДЕНО|ОДОБРЕНО|СОГЛАСОВАНО|ЗАТВЕРДЖЕНО|ПОГОДЖЕНО|СХВАЛЕНО)\b"),
    re.compile(r"\b(?:NATO|COSMIC)\s+(?:UNCLASSIFIED|RESTRICTED|CONFIDENTIAL|SECRET)\b"),
    re.compile(r"\b(?:COSMIC )?TOP SECRET\b"),
    re.compile(r"(?im)^\W*(?:approved|released|approval|authori[sz]ed)\s*(?:by\b|:)"),
    re.compile(r"\bsha-?256\b", re.IGNORECASE),
)  # fmt: skip
"""What only Redline itself may write on a text: markings, approval, the fingerprint."""

MENTIONS = re.compile(
    r"@\s?(?:everyone|here)\b|<\s?(?:@[!&]?|#|/[^>]{0,40}:|id:|t:|a?:\w{1,40}:)\s?\w{0,40}\s?>?",
    re.IGNORECASE,
)
"""What Discord would turn into a ping, a channel, a command or another live thing."""


def clean(value: str, *, lines: bool = False) -> str:
    """The value in NFC without invisible or control characters and with single spaces.

    `lines` keeps line breaks (never more than one empty line); otherwise they become spaces.
    Backticks become apostrophes: no value can close the block that a text is shown in.
    """
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    value = re.sub("[\u2028\u2029\u0085\x0b\x0c]", "\n", value)
    value = VARIATIONS.sub("", value)
    shown: list[str] = []
    for letter in value:
        if letter in "\n\t":
            shown.append(letter)
        elif letter in BLANK_LETTERS or unicodedata.category(letter) == "Zs":
            shown.append(" ")
        elif unicodedata.category(letter) not in DROPPED:
            shown.append(letter)
    value = STACKED.sub(r"\1", "".join(shown)).replace("`", "'")
    # Taking characters out can bring a letter and its accent together.
    value = unicodedata.normalize("NFC", value)
    if not lines:
        return " ".join(value.split())
    rows = [" ".join(row.split()) for row in value.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def spoofed_marking(value: str) -> str | None:
    """The part of the value that passes itself off as a marking or an approval, if any.

    Read as the eye reads it: full-width and look-alike letters count as the letters they show.
    """
    wide = unicodedata.normalize("NFKC", value)
    for reading in (wide, wide.translate(LOOK_ALIKES)):
        for pattern in MARKINGS:
            if found := pattern.search(reading):
                return found.group().strip()
    return None


def mention(value: str) -> str | None:
    """The part of the value that Discord would bring to life, if any."""
    found = MENTIONS.search(unicodedata.normalize("NFKC", value))
    return found.group() if found else None
