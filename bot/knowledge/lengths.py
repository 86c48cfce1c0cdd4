"""How long a message is, counted the way its channel counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

Count = Literal["characters", "x-weighted", "sms-segments"]

X_LINK_WEIGHT = 23
"""X replaces every link by one of its own, always this long."""

X_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
"""Code points that X counts as one; all others count as two (twitter-text configuration v3)."""

LINK = re.compile(
    r"https?://[^\s<>\"']*[^\s<>\"'.,:;!?)\]}»”’…]"
    r"|(?<![\w@.$#/-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+"
    r"(?:int|com|org|net|info|eu|ee|lv|lt|pl|de|fr|ua|ru|fi|se|no|dk|uk|us|ca|nl|be|it|es|ro|cz"
    r"|gov|mil|edu|io|tv|news|media)(?![\w-])(?:/[^\s<>\"']*[^\s<>\"'.,:;!?)\]}»”’…])?",
    re.IGNORECASE,
)
"""Links as X finds them: also bare host names with a known ending; a full stop behind is text."""

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_ESCAPED = frozenset("\f^{}\\[~]|€")
"""Characters that take two places: an escape, then the character (3GPP TS 23.038)."""

_PICTURE = (
    "(?:[©®™♟]\ufe0f"
    "|[‼⁉ℹ↔-↪⌚-⏿Ⓜ▪-◾☀-➿⤴⤵⬅-⭕〰〽㊗㊙\U0001f000-\U0001f1e5\U0001f200-\U0001faff](?!\ufe0e)\ufe0f?"
    "[\U0001f3fb-\U0001f3ff]?[\U000e0020-\U000e007f]*)"
)
EMOJI = re.compile(
    f"[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{{2}}|{_PICTURE}(?:\u200d{_PICTURE})*"
)
"""Keycaps, flags and pictures with their skin tones and joiners: one emoji, however many code
points it has. Signs such as © are emoji only where they ask for the picture."""


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
    # A space stays behind, so that what stood on both sides doesn't become one word.
    links = len(LINK.findall(text))
    text = LINK.sub("\0", text)
    emoji = len(EMOJI.findall(text))
    text = EMOJI.sub("", text)
    letters = sum(
        1 if any(low <= ord(letter) <= high for low, high in X_LIGHT) else 2
        for letter in text
        if letter != "\0"
    )
    return links * X_LINK_WEIGHT + emoji * 2 + letters


def sms_segments(text: str) -> int:
    """Number of SMS messages: 160 septets alone or 153 in a chain; 70 or 67 outside GSM-7."""
    return _pack(text)[0]


def sms_room(text: str) -> int:
    """Places that are left in the last of the messages that the text takes."""
    return _pack(text)[1]


def _pack(text: str) -> tuple[int, int]:
    """Messages and places left. A character of two places is never split between messages."""
    if all(letter in GSM_7 or letter in GSM_7_ESCAPED for letter in text):
        widths = [2 if letter in GSM_7_ESCAPED else 1 for letter in text]
        alone, chained = 160, 153
    else:
        widths = [2 if ord(letter) > 0xFFFF else 1 for letter in text]
        alone, chained = 70, 67
    total = sum(widths)
    if total <= alone:
        return (1 if text else 0), alone - total
    return _chain(widths, chained)


def _chain(widths: Iterable[int], capacity: int) -> tuple[int, int]:
    messages, used = 1, 0
    for width in widths:
        if used + width > capacity:
            messages, used = messages + 1, 0
        used += width
    return messages, capacity - used
