"""What is asked, how well it is answered, and what is missing: numbers over the journal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.journal.clusters import cluster
from bot.journal.database import reading
from bot.journal.desk_tables import INTERACTION_ENTRY
from bot.journal.gaps import Gap, gap_of, selected, unanswered
from bot.journal.history import Viewer
from bot.journal.log import Log
from bot.journal.tables import FEEDBACK, INTERACTION, RECORD

K = TypeVar("K")

CLICK = "button "
"""Commands begin so that are clicks on buttons and selects."""

PERCENTILES = (50, 90, 95, 99)
MOST_ENTRIES = 20
QUESTION_COMMANDS = ("ask", "Match this statement")
"""Commands in which people ask in their own words, so that there may be nothing on file."""

OTHERS = ""
"""Stands for all values that too few people had to do with to be told apart."""


@dataclass(frozen=True, slots=True)
class Stats:
    """Numbers over interactions. Times in milliseconds; hours of the day in UTC, from 0 to 23."""

    interactions: int
    clicks: int
    """How many of the interactions were buttons and selects."""
    people: int
    outcomes: Mapping[str, int]
    question_outcomes: Mapping[str, int]
    """Of questions in people's own words alone."""
    commands: Mapping[str, int]
    languages: Mapping[str, int]
    hours: Mapping[int, int]
    days: Mapping[str, int]
    entries: Mapping[str, int]
    answer_ms: Mapping[int, int]
    """By percentile."""
    helpful: int
    not_helpful: int
    entries_not_helpful: Mapping[str, int]
    shares: int

    @property
    def nothing_rate(self) -> float | None:
        """Share of questions with nothing on file, from 0 to 1; None where nobody asked."""
        asked = sum(self.question_outcomes.values())
        return self.question_outcomes.get("nothing-on-file", 0) / asked if asked else None

    @property
    def helpful_rate(self) -> float | None:
        """From 0 to 1; None where nobody said."""
        told = self.helpful + self.not_helpful
        return self.helpful / told if told else None


class Insight:
    """Statistics of a journal."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def stats(
        self,
        guild_id: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        least_people: int = 1,
    ) -> Stats:
        """Of one server, or of all. Times are ISO 8601 with a zone.

        Languages, commands and entries that fewer than `least_people` had to do with are counted
        together, as OTHERS: a number must not tell who it was.
        """
        where = selected(guild_id, since, until)
        joined = RECORD.join(INTERACTION, INTERACTION.c.seq == RECORD.c.seq)
        asked = and_(where, RECORD.c.type == "interaction")
        people = select(func.count(func.distinct(RECORD.c.user_id))).where(asked)
        shares = select(func.count()).where(RECORD.c.type == "share", where)
        async with reading(self._log.engine).connect() as connection:
            parts = await _parts(connection, joined, where)
            feedback = await self._feedback(connection, where)
            return Stats(
                interactions=sum(parts.values()),
                clicks=_fold(parts, lambda part: part.command.startswith(CLICK)).get(True, 0),
                people=await _number(connection, people),
                outcomes=_ranked(_fold(parts, lambda part: part.outcome)),
                question_outcomes=_ranked(
                    _fold(
                        {key: n for key, n in parts.items() if key.command in QUESTION_COMMANDS},
                        lambda part: part.outcome,
                    )
                ),
                commands=await _counted(
                    connection, INTERACTION.c.command, joined, where, least=least_people
                ),
                languages=await _counted(
                    connection, INTERACTION.c.language, joined, where, least=least_people
                ),
                hours=dict(sorted(_fold(parts, lambda part: int(part.hour[11:13])).items())),
                days=dict(sorted(_fold(parts, lambda part: part.hour[:10]).items())),
                entries=await self._entries(connection, where, least_people),
                answer_ms=await _percentiles(connection, joined, where),
                helpful=feedback[True],
                not_helpful=feedback[False],
                entries_not_helpful=await self._not_helpful(connection, where, least_people),
                shares=await _number(connection, shares),
            )

    async def gaps(
        self,
        guild_id: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        viewer: Viewer | None = None,
        limit: int = 20,
    ) -> tuple[Gap, ...]:
        """What to write next, the most wanted first: questions that found nothing on file or did
        not get a helpful answer, those that mean the same together.

        Only from what `viewer` may see; None sees all: for whoever runs the bot.
        """
        asked = await unanswered(self._log, guild_id, since, until, viewer)
        found = await asyncio.to_thread(cluster, asked)
        return tuple(gap_of(one) for one in found[:limit])

    async def gap(
        self, number: int, guild_id: str | None = None, *, viewer: Viewer | None = None
    ) -> Gap | None:
        """The gap that the question recorded under this number belongs to."""
        asked = await unanswered(self._log, guild_id, None, None, viewer)
        for found in await asyncio.to_thread(cluster, asked):
            if any(question.seq == number for question in found.questions):
                return gap_of(found)
        return None

    async def _feedback(
        self, connection: AsyncConnection, where: ColumnElement[bool]
    ) -> dict[bool, int]:
        joined = RECORD.join(FEEDBACK, FEEDBACK.c.seq == RECORD.c.seq)
        query = select(FEEDBACK.c.helpful, func.count()).select_from(joined).where(where)
        rows = (await connection.execute(query.group_by(FEEDBACK.c.helpful))).all()
        counts = {bool(helpful): int(count) for helpful, count in rows}
        return {True: counts.get(True, 0), False: counts.get(False, 0)}

    async def _entries(
        self, connection: AsyncConnection, where: ColumnElement[bool], least: int
    ) -> dict[str, int]:
        """The entries that answered most often: the first of each answer counts."""
        joined = RECORD.join(INTERACTION_ENTRY, INTERACTION_ENTRY.c.seq == RECORD.c.seq)
        first = and_(where, INTERACTION_ENTRY.c.place == 0)
        return await _counted(
            connection,
            INTERACTION_ENTRY.c.entry_id,
            joined,
            first,
            most=MOST_ENTRIES,
            least=least,
        )

    async def _not_helpful(
        self, connection: AsyncConnection, where: ColumnElement[bool], least: int
    ) -> dict[str, int]:
        joined = RECORD.join(FEEDBACK, FEEDBACK.c.seq == RECORD.c.seq)
        bad = and_(where, FEEDBACK.c.helpful.is_(False))
        return await _counted(
            connection, FEEDBACK.c.entry_id, joined, bad, most=MOST_ENTRIES, least=least
        )


async def _number(connection: AsyncConnection, query: Select[Any]) -> int:
    return int((await connection.execute(query)).scalar_one())


class _Part(NamedTuple):
    """What is counted together: the same hour (`2026-11-03T08`), command and outcome."""

    hour: str
    command: str
    outcome: str


async def _parts(
    connection: AsyncConnection, joined: Any, where: ColumnElement[bool]
) -> dict[_Part, int]:
    """All that is counted by hour, command or outcome, in one pass over the records."""
    hour = func.substr(RECORD.c.created_at, 1, 13).label("hour")
    columns = (hour, INTERACTION.c.command, INTERACTION.c.outcome)
    query = select(*columns, func.count()).select_from(joined).where(where).group_by(*columns)
    rows = (await connection.execute(query)).all()
    return {_Part(*map(str, parts)): int(count) for *parts, count in rows}


def _fold(parts: Mapping[_Part, int], key: Callable[[_Part], K]) -> dict[K, int]:
    """The counts by one property of what was counted."""
    found: dict[K, int] = {}
    for part, count in parts.items():
        found[key(part)] = found.get(key(part), 0) + count
    return found


def _ranked(counts: Mapping[str, int]) -> dict[str, int]:
    """The most frequent first."""
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


async def _counted(
    connection: AsyncConnection,
    column: Any,
    joined: Any,
    where: ColumnElement[bool],
    *,
    most: int | None = None,
    least: int = 1,
) -> dict[str, int]:
    """How often each value stands in a column, the most frequent first; those of fewer people than
    `least` together, last."""
    name = column.label("name")
    # Telling people apart takes a sort: only where it is asked for.
    distinct = func.count(func.distinct(RECORD.c.user_id)) if least > 1 else func.count()
    query = (
        select(name, func.count().label("times"), distinct.label("people"))
        .select_from(joined)
        .where(where, column.is_not(None))
        .group_by(name)
        .order_by(func.count().desc(), name)
    )
    rows = (await connection.execute(query)).all()
    told = [row for row in rows if int(row.people) >= least or least <= 1][:most]
    found = {str(row.name): int(row.times) for row in told}
    others = sum(int(row.times) for row in rows if least > 1 and int(row.people) < least)
    return {**found, OTHERS: others} if others else found


async def _percentiles(
    connection: AsyncConnection, joined: Any, where: ColumnElement[bool]
) -> dict[int, int]:
    """The nearest rank: a time that was measured, not one between two."""
    time = INTERACTION.c.latency_ms
    query = select(time, func.count()).select_from(joined).where(where).group_by(time)
    rows = sorted((int(ms), int(count)) for ms, count in await connection.execute(query))
    total = sum(count for _, count in rows)
    found: dict[int, int] = {}
    passed = 0
    for ms, count in rows:
        passed += count
        for percent in PERCENTILES:
            if percent not in found and passed * 100 >= total * percent:
                found[percent] = ms
    return found
