"""Letters by alphabet, and those that only one language has."""

from __future__ import annotations

import re

LATIN, CYRILLIC, GREEK = "A-Za-zÀ-ÖØ-öø-ɏ", "Ѐ-ԯ", "Ͱ-Ͽἀ-῿"
MIXED = re.compile(
    f"[{LATIN}][{CYRILLIC}{GREEK}]|[{CYRILLIC}][{LATIN}{GREEK}]|[{GREEK}][{LATIN}{CYRILLIC}]"
)
"""Letters of two alphabets side by side in a word: one of them looks like what it is not."""

ONLY_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
ONLY_RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
