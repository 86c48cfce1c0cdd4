"""Points in time with their zone: read from what people type, written as each language does."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.advice.messages.calendar import CITIES, MONTH_NUMBERS, ZONES, date_in_words

EARLIEST, LATEST = 1945, 2100
"""Years that an official text can speak of; anything else is a slip of the keyboard."""

EXAMPLE = "2026-11-23 14:30 EET"

_ISO = r"(?P<iso_y>\d{4})-(?P<iso_m>\d{1,2})-(?P<iso_d>\d{1,2})"
_DOTTED = r"(?P<dot_d>\d{1,2})\.\s?(?P<dot_m>\d{1,2})\.\s?(?P<dot_y>\d{4})"
_SLASHED = r"(?P<sl_d>\d{1,2})/(?P<sl_m>\d{1,2})/(?P<sl_y>\d{4})"
_WORDED = (
    r"(?P<w_d>\d{1,2})(?:\.|st|nd|rd|th|er)?\s+(?P<w_m>[^\W\d_]{3,})\.?,?\s+(?P<w_y>\d{4})"
    r"(?:\s*(?:г|р)\.?(?!\w))?"
)
_ENGLISH = r"(?P<e_m>[^\W\d_]{3,})\.?\s+(?P<e_d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<e_y>\d{4})"
_LATVIAN = r"(?P<lv_y>\d{4})\.\s*gada\s+(?P<lv_d>\d{1,2})\.\s*(?P<lv_m>[^\W\d_]{3,})"
_LITHUANIAN = (
    r"(?P<lt_y>\d{4})\s*m\.\s*(?P<lt_m>[^\W\d_]{3,})\s+(?P<lt_d>\d{1,2})(?:\s*d\.?(?!\w))?"
)
_DATES = tuple(
    re.compile(rf"(?<!\d){form}(?!\d)")
    for form in (_ISO, _DOTTED, _SLASHED, _LATVIAN, _LITHUANIAN, _WORDED, _ENGLISH)
)
_CLOCK = re.compile(
    r"(?<![\d:.+-])(?P<hour>\d{1,2})(?::|\.|\s?h\s?)(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?![\d:.]\d)\s*(?P<half>am|pm|a\.m\.|p\.m\.)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"^(?:utc|gmt)?\s*(?P<sign>[+-−])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?$".replace(
        "+-−", "+\\-−"
    ),
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:at|am|um|à|om|le|on|den|plkst|kell|godz|val|klo|klockan)\b\.?|[,;]|\bв\b|\bо\b"
)


class MomentError(ValueError):
    """The text is no point in time; the message says what is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, and the name of its zone as it is to be printed."""

    at: dt.datetime
    zone: str


def read_moment(text: str, *, zone: str | None = None, today: dt.date | None = None) -> Moment:
    """Read a date, a time and a zone, in any of the usual orders.

    `zone` (an IANA name or an abbreviation) stands in where the text names none; `today` where it
    has a time alone. Without them both are required. Raises MomentError.
    """
    rest = text.strip()
    day, rest = _day(rest)
    hour, minute, rest = _clock(rest)
    if day is None:
        if today is None:
            raise MomentError("the date is missing")
        day = today
    name = " ".join(_FILLER.sub(" ", rest.replace("T", " ", 1) if rest == "T" else rest).split())
    name = name.strip("() ")
    if not name:
        if zone is None:
            raise MomentError("the time zone is missing: add EET, UTC or another")
        name = zone
    return _in_zone(dt.datetime.combine(day, dt.time(hour, minute)), name)


def write_moment(moment: Moment, language: str) -> str:
    """`14:30 EET (12:30 UTC), 23 November 2026`; with two dates where UTC is on another day."""
    local, universal = moment.at, moment.at.astimezone(dt.UTC)
    here = f"{local:%H:%M} {moment.zone}"
    day = date_in_words(local.date(), language)
    if not moment.at.utcoffset():
        return f"{local:%H:%M} UTC, {day}"
    if universal.date() == local.date():
        return f"{here} ({universal:%H:%M} UTC), {day}"
    return f"{here}, {day} ({universal:%H:%M} UTC, {date_in_words(universal.date(), language)})"


def _day(text: str) -> tuple[dt.date | None, str]:
    for form in _DATES:
        found = form.search(text)
        if found is None:
            continue
        parts = {key.rpartition("_")[2]: value for key, value in found.groupdict().items()}
        month = (
            int(parts["m"]) if parts["m"].isdigit() else MONTH_NUMBERS.get(parts["m"].lower(), 0)
        )
        if not month and not parts["m"].isdigit():
            raise MomentError(f"'{parts['m']}' is no month in any of our languages")
        year, day = int(parts["y"]), int(parts["d"])
        if "/" in found.group() and day != month and day <= 12:
            raise MomentError(
                f"{found.group()} could mean two days: write {year}-{month:02}-{day:02} "
                f"or {year}-{day:02}-{month:02}"
            )
        if not EARLIEST <= year <= LATEST:
            raise MomentError(f"the year {year} is outside {EARLIEST} to {LATEST}")
        try:
            date = dt.date(year, month, day)
        except ValueError:
            raise MomentError(f"there is no such day: {found.group()}") from None
        before, after = text[: found.start()], text[found.end() :]
        return date, f"{before} {after.removeprefix('T')}"
    return None, text


def _clock(text: str) -> tuple[int, int, str]:
    found = _CLOCK.search(text)
    if found is None:
        raise MomentError("the time of day is missing, such as 14:30")
    hour, minute = int(found["hour"]), int(found["minute"])
    half = (found["half"] or "").replace(".", "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise MomentError(f"there is no such time: {found.group().strip()}")
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59 or int(found["second"] or 0) > 59:
        raise MomentError(f"there is no such time: {found.group().strip()}")
    return hour, minute, f"{text[: found.start()]} {text[found.end() :]}"


def _in_zone(local: dt.datetime, name: str) -> Moment:
    plain = re.sub(r"\s*time$", "", name.strip(), flags=re.IGNORECASE).strip().lower()
    if plain in ("utc", "gmt", "z"):
        return Moment(local.replace(tzinfo=dt.UTC), "UTC")
    if plain in ZONES:
        return _abbreviated(local, plain)
    if offset := _OFFSET.match(plain):
        return _offset(local, offset)
    zone = CITIES.get(plain) or _zone_names().get(plain)
    if zone is None:
        raise MomentError(f"'{name}' is no time zone that is known here: write EET, CET or UTC")
    return _regional(local, ZoneInfo(zone))


def _abbreviated(local: dt.datetime, plain: str) -> Moment:
    region, minutes = ZONES[plain]
    at = local.replace(tzinfo=dt.timezone(dt.timedelta(minutes=minutes), plain.upper()))
    real = at.astimezone(ZoneInfo(region))
    if real.utcoffset() != at.utcoffset():
        raise MomentError(
            f"{plain.upper()} does not apply on {local:%Y-%m-%d}: it is {real.tzname()} then"
        )
    return Moment(at, plain.upper())


def _offset(local: dt.datetime, found: re.Match[str]) -> Moment:
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if hours > 14 or minutes > 59:
        raise MomentError(f"there is no zone {found.group().upper()}")
    ahead = dt.timedelta(hours=hours, minutes=minutes)
    if found["sign"] != "+":
        ahead = -ahead
    if not ahead:
        return Moment(local.replace(tzinfo=dt.UTC), "UTC")
    sign = "+" if found["sign"] == "+" else "-"
    label = f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")
    return Moment(local.replace(tzinfo=dt.timezone(ahead)), label)


def _regional(local: dt.datetime, zone: ZoneInfo) -> Moment:
    first, second = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if first.utcoffset() != second.utcoffset():
        back = first.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None)
        if back != local:
            raise MomentError(f"the clocks go forward: {local:%H:%M} does not exist on that day")
        raise MomentError(
            f"the clocks go back: {local:%H:%M} comes twice on that day; "
            f"write {first.tzname()} or {second.tzname()}"
        )
    name = first.tzname() or ""
    if not name.isalpha():
        ahead = int((first.utcoffset() or dt.timedelta()).total_seconds() // 60)
        hours, minutes = divmod(abs(ahead), 60)
        name = f"UTC{'-' if ahead < 0 else '+'}{hours}" + (f":{minutes:02}" if minutes else "")
    # A fixed offset: the text must not change when the rules of a zone do.
    at = first.replace(tzinfo=dt.timezone(first.utcoffset() or dt.timedelta(), name))
    return Moment(at, name)


@cache
def _zone_names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if "/" in name}
