"""How long a text is on its channel, and whether it fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.knowledge.lengths import GSM_7, GSM_7_ESCAPED, Count, length, sms_room
from bot.knowledge.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class Measure:
    """A text measured: `length` and `limit` in `unit`; `left` is below zero where it is too long.

    For SMS the unit is messages; `alphabet` is then the one that the text needs, and `room` is
    the number of places that are left in the messages it takes.
    """

    length: int
    limit: int
    unit: Count
    fits: bool
    alphabet: Literal["", "GSM-7", "UCS-2"] = ""
    room: int = 0
    outside_gsm: tuple[str, ...] = ()
    """The characters that make the text a UCS-2 one, with 70 places instead of 160."""

    @property
    def left(self) -> int:
        return self.limit - self.length

    @property
    def label(self) -> str:
        """For people: `212 of 280 characters as X counts them`."""
        if self.unit == "sms-segments":
            messages = "message" if self.limit == 1 else "messages"
            return f"{self.length} of {self.limit} SMS {messages} ({self.alphabet})"
        unit = "characters as X counts them" if self.unit == "x-weighted" else "characters"
        return f"{self.length:,} of {self.limit:,} {unit}"


def measure(text: str, channel: Channel) -> Measure:
    """The text against the channel's limit, counted the way the channel counts."""
    size = length(text, channel.count)
    fits = size <= channel.length
    if channel.count != "sms-segments":
        return Measure(size, channel.length, channel.count, fits)
    outside = tuple(
        dict.fromkeys(
            letter for letter in text if letter not in GSM_7 and letter not in GSM_7_ESCAPED
        )
    )
    return Measure(
        size,
        channel.length,
        channel.count,
        fits,
        alphabet="UCS-2" if outside else "GSM-7",
        room=sms_room(text),
        outside_gsm=outside,
    )
