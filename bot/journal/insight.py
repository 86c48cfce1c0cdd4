"""What is asked, how well it is answered, and what is missing: numbers over the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.journal.clusters import cluster
from bot.journal.database import reading
from bot.journal.desk_tables import INTERACTION_ENTRY
from bot.journal.gaps import Gap, gap_of, selected, unanswered
from bot.journal.history import Viewer
from bot.journal.log import Log
from bot.journal.tables import FEEDBACK, INTERACTION, RECORD

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

        Languages and entries that fewer than `least_people` had to do with are counted together,
        as OTHERS: a number must not tell who it was.
        """
        where = selected(guild_id, since, until)
        base = select(RECORD.c.seq).select_from(RECORD).where(RECORD.c.type == "interaction", where)
        joined = RECORD.join(INTERACTION, INTERACTION.c.seq == RECORD.c.seq)
        hour = func.substr(RECORD.c.created_at, 12, 2)
        day = func.substr(RECORD.c.created_at, 1, 10)
        async with reading(self._log.engine).connect() as connection:
            total = await _number(connection, select(func.count()).select_from(base.subquery()))
            people = select(func.count(func.distinct(RECORD.c.user_id)))
            hours = await _counted(connection, hour, joined, where)
            feedback = await self._feedback(connection, where)
            shares = select(func.count()).where(RECORD.c.type == "share", where)
            commands = await _counted(connection, INTERACTION.c.command, joined, where)
            asked = and_(where, INTERACTION.c.command.in_(QUESTION_COMMANDS))
            return Stats(
                interactions=total,
                clicks=sum(count for name, count in commands.items() if name.startswith(CLICK)),
                people=await _number(
                    connection, people.where(RECORD.c.type == "interaction", where)
                ),
                outcomes=await _counted(connection, INTERACTION.c.outcome, joined, where),
                question_outcomes=await _counted(connection, INTERACTION.c.outcome, joined, asked),
                commands=commands,
                languages=await _counted(
                    connection, INTERACTION.c.language, joined, where, least=least_people
                ),
                hours={int(name): count for name, count in sorted(hours.items())},
                days=dict(sorted((await _counted(connection, day, joined, where)).items())),
                entries=await self._entries(connection, where, least_people),
                answer_ms=await _percentiles(connection, joined, where, total),
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
        return tuple(gap_of(found) for found in cluster(asked)[:limit])

    async def gap(
        self, number: int, guild_id: str | None = None, *, viewer: Viewer | None = None
    ) -> Gap | None:
        """The gap that the question recorded under this number belongs to."""
        asked = await unanswered(self._log, guild_id, None, None, viewer)
        for found in cluster(asked):
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
    people = func.count(func.distinct(RECORD.c.user_id)).label("people")
    query = (
        select(name, func.count().label("times"), people)
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
    connection: AsyncConnection, joined: Any, where: ColumnElement[bool], total: int
) -> dict[int, int]:
    """The nearest rank: a time that was measured, not one between two."""
    found: dict[int, int] = {}
    times = select(INTERACTION.c.latency_ms).select_from(joined).where(where)
    times = times.order_by(INTERACTION.c.latency_ms)
    for percent in PERCENTILES if total else ():
        rank = max(0, -(-total * percent // 100) - 1)
        found[percent] = await _number(connection, times.offset(rank).limit(1))
    return found
