"""How long a message is, counted the way its channel counts."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Count = Literal["characters", "x-weighted", "sms-segments"]

X_LINK_WEIGHT = 23
"""X replaces every link by one of its own, always this long."""

X_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
"""Code points that X counts as one; all others count as two (twitter-text configuration v3)."""

LINK = re.compile(r"https?://[^\s<>\"']+")

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_ESCAPED = frozenset("\f^{}\\[~]|€")
"""Characters that take two places: an escape, then the character (3GPP TS 23.038)."""

EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|[\U0001f300-\U0001faff☀-➿](?:️|[\U0001f3fb-\U0001f3ff])*"
    "(?:‍[\U0001f300-\U0001faff☀-➿](?:️|[\U0001f3fb-\U0001f3ff])*)*"
)


def length(text: str, count: Count) -> int:
    """Length of the text: characters, weighted characters of X, or SMS segments."""
    if count == "x-weighted":
        return x_weight(text)
    if count == "sms-segments":
        return sms_segments(text)
    return len(text)


def x_weight(text: str) -> int:
    """Weighted length on X: most scripts weigh one, others two, a link 23, an emoji two."""
    text = unicodedata.normalize("NFC", text)
    links = len(LINK.findall(text))
    text = LINK.sub("", text)
    emoji = len(EMOJI.findall(text))
    text = EMOJI.sub("", text)
    letters = sum(
        1 if any(low <= ord(letter) <= high for low, high in X_LIGHT) else 2 for letter in text
    )
    return links * X_LINK_WEIGHT + emoji * 2 + letters


def sms_segments(text: str) -> int:
    """Number of SMS messages: 160 septets alone or 153 in a chain; 70 or 67 outside GSM-7."""
    if not text:
        return 0
    if all(letter in GSM_7 or letter in GSM_7_ESCAPED for letter in text):
        units = sum(2 if letter in GSM_7_ESCAPED else 1 for letter in text)
        alone, chained = 160, 153
    else:
        units = len(text.encode("utf-16-le")) // 2
        alone, chained = 70, 67
    return 1 if units <= alone else -(-units // chained)
