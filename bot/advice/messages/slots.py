"""One slot, one value: checked, cleaned and written as the language writes it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from bot.advice.messages.cleaning import clean, mention, spoofed_marking
from bot.advice.messages.moments import MomentError, read_moment, write_moment
from bot.advice.messages.numbers import NumberError, write_number
from bot.knowledge import words
from bot.knowledge.kinds.template import Slot, SlotText

PER_PAGE = 5
"""Fields that a Discord modal holds."""

LONG = 200
"""From this many characters on, a text slot may have several lines."""

MOST_INPUT = 4000
"""What a modal's field holds. More is refused unread."""

HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")
LINK_LETTERS = re.compile(r"[A-Za-z0-9\-._~:/?#@!$&()*+,;=%]+")

ProblemCode = Literal[
    "missing", "too-long", "marking", "mention", "invisible", "form", "unknown-slot", "over-limit"
]


@dataclass(frozen=True, slots=True)
class SlotProblem:
    """What is wrong with one slot: its name and label, the fault, and a value that would do."""

    code: ProblemCode
    slot: str
    label: str
    message: str
    example: str

    def __str__(self) -> str:
        way_out = f" For instance: {self.example}" if self.example else ""
        return f"{self.label}: {self.message}.{way_out}"


class SlotError(ValueError):
    """The value does not do; `code` and the message become a SlotProblem."""

    def __init__(self, code: ProblemCode, message: str) -> None:
        super().__init__(message)
        self.code: ProblemCode = code


@dataclass(frozen=True, slots=True)
class Reading:
    """How values are to be read and written."""

    language: str
    zone: str | None = None
    """Zone of a time that names none, as the server has set it; None: it must be named."""
    today: dt.date | None = None
    """Day of a time that names none; None: it must be named."""


def read_value(slot: Slot, raw: str, reading: Reading) -> str:
    """The value as it will stand in the text; empty for an optional slot left empty.

    Raises SlotError.
    """
    if len(raw) > MOST_INPUT:
        raise SlotError("too-long", f"{len(raw):,} characters; {slot.max_length} at most")
    lines = slot.type == "text" and slot.max_length >= LONG
    value = clean(raw, lines=lines)
    if not value:
        if raw.strip():
            raise SlotError("invisible", "it has nothing but invisible characters")
        if slot.required:
            raise SlotError("missing", "it is empty")
        return ""
    if spoof := spoofed_marking(value):
        raise SlotError(
            "marking", f"'{spoof}' reads like a marking or an approval; only Redline sets those"
        )
    if live := mention(value):
        raise SlotError("mention", f"'{live}' would become a mention on Discord; take it out")
    if len(value) > slot.max_length:
        raise SlotError("too-long", f"{len(value)} characters; there is room for {slot.max_length}")
    return _READERS[slot.type](slot, value, reading)


def slot_text(slot: Slot, language: str) -> SlotText:
    """Label and help in this language; in English where there is no translation."""
    translated = {str(key): text for key, text in slot.translations.items()}
    return translated.get(language) or SlotText(label=slot.label, help=slot.help)


def problem_of(name: str, slot: Slot, error: SlotError, language: str) -> SlotProblem:
    """The error as a problem that names the slot, with an example of what would do."""
    return SlotProblem(error.code, name, slot_text(slot, language).label, str(error), slot.example)


def _text(_slot: Slot, value: str, _reading: Reading) -> str:
    return value


def _datetime(_slot: Slot, value: str, reading: Reading) -> str:
    try:
        moment = read_moment(value, zone=reading.zone, today=reading.today)
    except MomentError as error:
        raise SlotError("form", str(error)) from None
    except OverflowError:
        raise SlotError("form", "that day cannot be reckoned with") from None
    return write_moment(moment, reading.language)


def _number(_slot: Slot, value: str, reading: Reading) -> str:
    try:
        return write_number(value, reading.language)
    except NumberError as error:
        raise SlotError("form", str(error)) from None


def _place(_slot: Slot, value: str, _reading: Reading) -> str:
    if not any(letter.isalpha() for letter in value):
        raise SlotError("form", "a place has a name; coordinates alone are not for publication")
    return value


def _spokesperson(_slot: Slot, value: str, _reading: Reading) -> str:
    if len(re.findall(r"[^\W\d_]{2,}", value)) < 2:
        raise SlotError("form", "name and office are needed")
    return value


def _choice(slot: Slot, value: str, _reading: Reading) -> str:
    by_key = {choice.casefold(): choice for choice in slot.choices}
    if chosen := by_key.get(value.casefold()):
        return chosen
    near = words.nearest(value, slot.choices, limit=1, cutoff=60)
    hint = f"did you mean '{near[0]}'? " if near else ""
    raise SlotError("form", f"{hint}choose {words.either(slot.choices)}")


def _link(_slot: Slot, value: str, _reading: Reading) -> str:
    if not value.lower().startswith("https://"):
        raise SlotError("form", "a link begins with https://")
    if not LINK_LETTERS.fullmatch(value):
        odd = next(letter for letter in value if not LINK_LETTERS.fullmatch(letter))
        shown = "a space" if odd == " " else f"'{odd}' ({unicodedata.name(odd, 'unnamed').lower()})"
        raise SlotError("form", f"{shown} cannot stand in a link")
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise SlotError("form", "it is not a link that a browser would open") from None
    if parts.username is not None or parts.password is not None:
        raise SlotError("form", "a link with '@' before its host hides where it leads")
    if port not in (None, 443):
        raise SlotError("form", f"a public page is not served at port {port}")
    if not HOST.fullmatch((parts.hostname or "").lower()):
        raise SlotError("form", "the host's name is not complete")
    if any(part.startswith("xn--") for part in (parts.hostname or "").split(".")):
        raise SlotError("form", "a host in foreign letters can look like another; use a plain one")
    return "https://" + value[len("https://") :]


_READERS = {
    "text": _text,
    "datetime": _datetime,
    "number": _number,
    "place": _place,
    "spokesperson": _spokesperson,
    "choice": _choice,
    "link": _link,
}


def pages(slots: dict[str, Slot]) -> tuple[tuple[tuple[str, Slot], ...], ...]:
    """The slots in order, five to a page: what a modal holds."""
    everything = tuple(slots.items())
    return tuple(
        everything[start : start + PER_PAGE] for start in range(0, len(everything), PER_PAGE)
    )
