"""When an action is due, and when its owner is to be reminded."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo, available_timezones

from bot.advice.messages.moments import EXAMPLE, MomentError, read_moment
from bot.chat.mistakes import UserError

_AHEAD = re.compile(r"\+?\s*(\d{1,3})\s*(min|m|h|d|w)", re.IGNORECASE)
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}

BEFORE = {
    "due": dt.timedelta(),
    "hour": dt.timedelta(hours=1),
    "day": dt.timedelta(days=1),
    "none": None,
}
"""How long before the due date to remind, by choice."""


def read_due(text: str, zone: str | None, at: dt.datetime) -> dt.datetime:
    """The moment that somebody typed: `2026-11-25 14:00 EET`, `14:00` (today), `+3d`, `+2h`.

    `zone` stands in where the text names none (UTC otherwise); `at` is now. Raises UserError where
    it is no moment, or one that is over.
    """
    name = (zone or "UTC").strip()
    if ahead := _AHEAD.fullmatch(text.strip()):
        count, unit = int(ahead[1]), _UNITS[ahead[2].lower()]
        due = at + dt.timedelta(**{unit: count})
    else:
        try:
            due = read_moment(text, zone=name, today=_today(name, at)).at
        except MomentError as error:
            raise UserError("error.due", problem=str(error), example=EXAMPLE) from None
    if due <= at:
        raise UserError("error.due-over", given=f"{due.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC")
    return due


def _today(zone: str, at: dt.datetime) -> dt.date:
    known = ZoneInfo(zone) if zone in available_timezones() else dt.UTC
    return at.astimezone(known).date()


def remind_at(due: dt.datetime | None, choice: str, at: dt.datetime) -> dt.datetime | None:
    """When to remind; when it is due where the earlier moment is over already."""
    before = BEFORE[choice]
    if due is None or before is None:
        return None
    return due - before if due - before > at else due
