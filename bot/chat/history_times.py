"""Times that a search is narrowed by: days, moments, and how long ago, as people type them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from bot.advice.messages.moments import MomentError, read_moment
from bot.chat.mistakes import UserError

Bound = Literal["since", "until"]

AGO = re.compile(r"(?P<count>\d{1,4})\s*(?P<unit>h|d|w|m|y)[a-z]*(\s+ago)?", re.IGNORECASE)
"""`7d`, `2 weeks`, `3 months ago`: the unit's first letter decides. Minutes narrow nothing."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NAMED = {"today": 0, "yesterday": 1}
"""Days before this one."""

DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def read_time(text: str, bound: Bound, at: dt.datetime) -> str:
    """The moment meant, in ISO 8601 and UTC; `at` is now.

    A whole day counts from its beginning as `since`, and to its end as `until`. Raises UserError
    where the text is no time.
    """
    typed = " ".join(text.split())
    if (day := _day(typed, at)) is not None:
        day += dt.timedelta(days=1 if bound == "until" else 0)
        return dt.datetime.combine(day, dt.time(), dt.UTC).isoformat()
    try:
        if ago := AGO.fullmatch(typed):
            count, unit = int(ago["count"]), ago["unit"].lower()
            hours = count if unit == "h" else 24 * count * DAYS[unit]
            return (at - dt.timedelta(hours=hours)).isoformat()
        found = read_moment(typed, zone="UTC", today=at.date()).at
        return found.astimezone(dt.UTC).isoformat()
    except (MomentError, ValueError, OverflowError):
        raise UserError("error.unreadable-time", given=text, option=bound) from None


def _day(typed: str, at: dt.datetime) -> dt.date | None:
    if typed.casefold() in NAMED:
        return at.date() - dt.timedelta(days=NAMED[typed.casefold()])
    if not DAY.fullmatch(typed):
        return None
    try:
        found = dt.date.fromisoformat(typed)
    except ValueError:
        return None  # a day that is in no calendar: told as no time
    return found if found < dt.date.max else None
