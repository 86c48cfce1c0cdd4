"""Dates: reviewed, to be reviewed again, and in the right order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bot.knowledge import words
from bot.knowledge.checks.base import Base, Issue, Record
from bot.knowledge.kinds import Countermeasure, Precedent, Source

LONGEST_REVIEW = dt.timedelta(days=3 * 366)
CLOCK_TOLERANCE = dt.timedelta(days=1)
"""A day may have begun for the author and not yet in UTC."""


def check(base: Base) -> Iterator[Issue]:
    """What depends on today."""
    for record in base.records:
        entry = record.entry
        if entry is None or entry.status == "retired":
            continue
        if entry.review_by < base.today:
            overdue = words.count((base.today - entry.review_by).days, "day")
            yield record.issue(
                "KB301",
                ("review_by",),
                f"the review is overdue by {overdue}",
                "read the entry again, correct it, and set 'reviewed' and 'review_by' anew",
            )
        if entry.reviewed > base.today + CLOCK_TOLERANCE:
            yield record.issue(
                "KB303",
                ("reviewed",),
                f"the review date {entry.reviewed} lies in the future",
                "write the day on which the entry was last read and found right",
            )


def check_entry(record: Record) -> Iterator[Issue]:
    """What the entry alone tells."""
    entry = record.entry
    if entry is None:
        return
    if entry.review_by < entry.reviewed:
        yield record.issue(
            "KB302",
            ("review_by",),
            f"the next review ({entry.review_by}) lies before the last ({entry.reviewed})",
            "set 'review_by' to a day after 'reviewed'",
        )
    elif entry.review_by - entry.reviewed > LONGEST_REVIEW:
        yield record.issue(
            "KB304",
            ("review_by",),
            "the next review is more than three years after the last",
            f"set 'review_by' to {_in_years(entry.reviewed, 3)} or earlier",
        )
    if isinstance(entry, Precedent) and entry.ended and entry.ended < entry.began:
        yield record.issue(
            "KB305",
            ("ended",),
            f"it ended ({entry.ended}) before it began ({entry.began})",
            "correct one of the two dates",
        )
    if (
        isinstance(entry, Source)
        and entry.published
        and entry.accessed
        and entry.accessed < entry.published
    ):
        yield record.issue(
            "KB305",
            ("accessed",),
            f"it was read ({entry.accessed}) before it was published ({entry.published})",
            "correct one of the two dates",
        )
    if isinstance(entry, Countermeasure):
        lead = entry.lead_time
        if lead.max_hours < lead.min_hours:
            yield record.issue(
                "KB305",
                ("lead_time", "max_hours"),
                f"the longest lead time ({lead.max_hours} hours) is shorter than the shortest "
                f"({lead.min_hours} hours)",
                "exchange the two numbers",
            )


def _in_years(day: dt.date, years: int) -> dt.date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)
