"""Words as the search index knows them: the same for SQLite and PostgreSQL, for text and query.

Both engines index ready terms made here, so a query finds the same on both.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

VERSION = 4
"""Raise it when terms are made in another way: the journal then rebuilds its index."""

WORD = re.compile(r"[^\W_]{1,60}")  # longer ones are no words, and PostgreSQL takes no endless ones
MARKS = re.compile(r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f]+")

STROKES = str.maketrans(
    {"ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "ħ": "h", "Ħ": "h", "ŧ": "t",
     "Ŧ": "t", "ı": "i", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ð": "d", "Ð": "d",
     "þ": "th", "Þ": "th"}
)  # fmt: skip
"""Letters whose stroke or tie is no accent to Unicode, but is to people who type in a hurry."""

STROKED = re.compile(f"[{''.join(map(chr, STROKES))}]")

SHORTEST_CUT = 3
LONGEST_CUT = 7
"""Characters that a query's word keeps: the index holds prefixes of these lengths ready."""

LONGEST_TEXT = 20_000
"""Characters of one text that are indexed: five times the longest message of Discord."""

TLP_ORDER = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


def fold(text: str) -> str:
    """Lower case without accents, in every script: what people type without caring."""
    if text.isascii():
        return text.lower()
    text = MARKS.sub("", unicodedata.normalize("NFKD", text))
    # Looking for them is much quicker than replacing what is not there.
    return (text.translate(STROKES) if STROKED.search(text) else text).casefold()


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return WORD.findall(fold(text[:LONGEST_TEXT]))


def cut(word: str) -> str:
    """The part of a query's word that its inflected forms share, as far as length can tell."""
    if len(word) <= SHORTEST_CUT:
        return word
    if len(word) <= 5:
        return word[: len(word) - 1]
    return word[: min(LONGEST_CUT, len(word) - 2)]


def tlp_level(marking: str) -> int:
    """Place of a marking from CLEAR (0) to RED (4), with or without `TLP:`; unknown ones as RED."""
    name = marking.upper().removeprefix("TLP:").replace(" ", "")
    return TLP_ORDER.index(name) if name in TLP_ORDER else len(TLP_ORDER) - 1


def scope(
    *,
    guild_id: str | None,
    channel_id: str | None,
    parent_id: str | None,
    user_id: str | None,
    type: str,  # noqa: A002 - the record's own field
    created_at: str,
    tlp: str,
    personal: bool,
    entries: Iterable[str] = (),
    discussion_id: str | None = None,
) -> list[str]:
    """Terms for where, who, when and how secret: filters are then as quick as words.

    They stand apart from the words, so that nobody's text can pose as one.
    """
    found = [kind_term(type), *_time_terms(created_at[:10])]
    if guild_id:
        found.append(guild_term(guild_id))
    if user_id:
        found += (user_term(user_id), own_term(user_id, guild_id))
    if discussion_id:
        found.append(discussion_term(discussion_id))
    level = tlp_level(tlp)
    found.append(level_term(level))
    found += (channel_term(place) for place in (channel_id, parent_id) if place)
    for place in filter(None, (guild_id, channel_id, parent_id)):
        if not personal:
            found.append(said_term(place))
            if level <= tlp_level("GREEN"):
                found.append(shared_term(place))
    found += (entry_term(entry) for entry in entries)
    return found


def guild_term(guild_id: str) -> str:
    return f"g{_plain(guild_id)}"


def channel_term(channel_id: str) -> str:
    return f"c{_plain(channel_id)}"


def said_term(place: str) -> str:
    """For what was said among people in a server or a channel, or in a thread under it: a question
    asked of the bot is its asker's alone."""
    return f"o{_plain(place)}"


def shared_term(place: str) -> str:
    """As `said_term`, for what is marked TLP:GREEN at most: what the whole team may read there.

    One term instead of three: the index walks through a channel's few records, and not through
    half of all records that are open or marked so.
    """
    return f"s{_plain(place)}"


def user_term(user_id: str) -> str:
    return f"u{_plain(user_id)}"


def own_term(user_id: str, guild_id: str | None) -> str:
    """For what somebody said in one server, or in direct messages: few have it, and all of it may
    be shown to them there."""
    return f"m{_plain(user_id)}x{_plain(guild_id) if guild_id else ''}"


def discussion_term(discussion_id: str) -> str:
    return f"d{_plain(discussion_id)}"


def kind_term(kind: str) -> str:
    return f"k{_plain(kind)}"


def entry_term(entry_id: str) -> str:
    return f"e{_short(entry_id)}"


def level_term(level: int) -> str:
    return f"tlp{level}"


def day_term(moment: str) -> str:
    """For a date, or a moment that starts with one, in ISO 8601."""
    return f"t{moment[:4]}{moment[5:7]}{moment[8:10]}"


def month_term(moment: str) -> str:
    return f"t{moment[:4]}{moment[5:7]}"


def year_term(moment: str) -> str:
    return f"t{moment[:4]}"


def days_covered(first: dt.date, last: dt.date) -> tuple[str, ...]:
    """The fewest terms for the days from `first` to `last`: years, months, and days at the ends."""
    found: list[str] = []
    day = first
    while day <= last:
        year_end = dt.date(day.year, 12, 31)
        month_end = _month_end(day)
        if (day.month, day.day) == (1, 1) and year_end <= last:
            found.append(year_term(day.isoformat()))
            day = year_end
        elif day.day == 1 and month_end <= last:
            found.append(month_term(day.isoformat()))
            day = month_end
        else:
            found.append(day_term(day.isoformat()))
        day += dt.timedelta(days=1)
    return tuple(found)


@lru_cache(maxsize=64)
def _time_terms(day: str) -> tuple[str, str, str]:
    return day_term(day), month_term(day), year_term(day)


def _month_end(day: dt.date) -> dt.date:
    after = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return after - dt.timedelta(days=1)


@lru_cache(maxsize=4096)
def _plain(value: str) -> str:
    return (
        value if value.isascii() and value.isalnum() and value == value.lower() else _short(value)
    )


@lru_cache(maxsize=4096)
def _short(value: str) -> str:
    return "h" + blake2b(value.encode("utf-8", "replace"), digest_size=9).hexdigest()
