"""What is asked, how well it is answered, and what is missing: numbers over the journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.journal.clusters import Cluster, Question, cluster
from bot.journal.database import reading
from bot.journal.desk_tables import INTERACTION_ENTRY
from bot.journal.log import Log, stored
from bot.journal.projections import text_of
from bot.journal.records import moment
from bot.journal.tables import FEEDBACK, INTERACTION, RECORD

PERCENTILES = (50, 90, 95, 99)
MOST_ENTRIES = 20
MOST_QUESTIONS = 5000
"""Unanswered questions that are clustered: the latest."""

QUESTION_OPTIONS = ("question", "text", "statement", "query")
"""Options of commands in which people ask in their own words, by how likely it is."""


@dataclass(frozen=True, slots=True)
class Stats:
    """Numbers over interactions. Times in milliseconds; hours of the day in UTC, from 0 to 23."""

    interactions: int
    people: int
    outcomes: Mapping[str, int]
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
    def helpful_rate(self) -> float | None:
        """From 0 to 1; None where nobody said."""
        told = self.helpful + self.not_helpful
        return self.helpful / told if told else None


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that belong together and were not answered well: something to write next."""

    topic: tuple[str, ...]
    """The words that most of them share, the most telling first."""
    count: int
    nothing_on_file: int
    not_helpful: int
    languages: tuple[str, ...]
    examples: tuple[str, ...]
    entries: tuple[str, ...]
    """Entries that were given and did not help."""
    last_at: str


class Insight:
    """Statistics of a journal."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def stats(
        self, guild_id: str | None = None, *, since: str | None = None, until: str | None = None
    ) -> Stats:
        """Of one server, or of all. Times are ISO 8601 with a zone."""
        where = _where(guild_id, since, until)
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
            return Stats(
                interactions=total,
                people=await _number(
                    connection, people.where(RECORD.c.type == "interaction", where)
                ),
                outcomes=await _counted(connection, INTERACTION.c.outcome, joined, where),
                commands=await _counted(connection, INTERACTION.c.command, joined, where),
                languages=await _counted(connection, INTERACTION.c.language, joined, where),
                hours={int(name): count for name, count in sorted(hours.items())},
                days=dict(sorted((await _counted(connection, day, joined, where)).items())),
                entries=await self._entries(connection, where),
                answer_ms=await _percentiles(connection, joined, where, total),
                helpful=feedback[True],
                not_helpful=feedback[False],
                entries_not_helpful=await self._not_helpful(connection, where),
                shares=await _number(connection, shares),
            )

    async def gaps(
        self,
        guild_id: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
    ) -> tuple[Gap, ...]:
        """What to write next, the most wanted first: questions that found nothing on file or did
        not get a helpful answer, those that mean the same together."""
        disliked = exists().where(
            FEEDBACK.c.interaction_id == INTERACTION.c.interaction_id, FEEDBACK.c.helpful.is_(False)
        )
        query = (
            select(RECORD, INTERACTION.c.outcome, INTERACTION.c.language)
            .join(INTERACTION, INTERACTION.c.seq == RECORD.c.seq)
            .where(
                (INTERACTION.c.outcome == "nothing-on-file") | disliked,
                RECORD.c.private.is_not(None),
                _where(guild_id, since, until),
            )
            .order_by(RECORD.c.seq.desc())
            .limit(MOST_QUESTIONS)
        )
        async with reading(self._log.engine).connect() as connection:
            rows = (await connection.execute(query)).all()
        asked = [question for row in rows if (question := _question(row)) is not None]
        return tuple(_gap(found) for found in cluster(asked)[:limit])

    async def _feedback(
        self, connection: AsyncConnection, where: ColumnElement[bool]
    ) -> dict[bool, int]:
        joined = RECORD.join(FEEDBACK, FEEDBACK.c.seq == RECORD.c.seq)
        query = select(FEEDBACK.c.helpful, func.count()).select_from(joined).where(where)
        rows = (await connection.execute(query.group_by(FEEDBACK.c.helpful))).all()
        counts = {bool(helpful): int(count) for helpful, count in rows}
        return {True: counts.get(True, 0), False: counts.get(False, 0)}

    async def _entries(
        self, connection: AsyncConnection, where: ColumnElement[bool]
    ) -> dict[str, int]:
        """The entries that answered most often: the first of each answer counts."""
        joined = RECORD.join(INTERACTION_ENTRY, INTERACTION_ENTRY.c.seq == RECORD.c.seq)
        first = and_(where, INTERACTION_ENTRY.c.place == 0)
        return await _counted(
            connection, INTERACTION_ENTRY.c.entry_id, joined, first, most=MOST_ENTRIES
        )

    async def _not_helpful(
        self, connection: AsyncConnection, where: ColumnElement[bool]
    ) -> dict[str, int]:
        joined = RECORD.join(FEEDBACK, FEEDBACK.c.seq == RECORD.c.seq)
        bad = and_(where, FEEDBACK.c.helpful.is_(False))
        return await _counted(connection, FEEDBACK.c.entry_id, joined, bad, most=MOST_ENTRIES)


def _where(guild_id: str | None, since: str | None, until: str | None) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [RECORD.c.seq > 0]
    if guild_id is not None:
        parts.append(RECORD.c.guild_id == guild_id)
    if since is not None:
        parts.append(RECORD.c.created_at >= moment(since))
    if until is not None:
        parts.append(RECORD.c.created_at < moment(until))
    return and_(*parts)


async def _number(connection: AsyncConnection, query: Select[Any]) -> int:
    return int((await connection.execute(query)).scalar_one())


async def _counted(
    connection: AsyncConnection,
    column: Any,
    joined: Any,
    where: ColumnElement[bool],
    *,
    most: int | None = None,
) -> dict[str, int]:
    """How often each value stands in a column, the most frequent first."""
    name = column.label("name")
    query = (
        select(name, func.count().label("times"))
        .select_from(joined)
        .where(where, column.is_not(None))
        .group_by(name)
        .order_by(func.count().desc(), name)
    )
    rows = (await connection.execute(query.limit(most) if most else query)).all()
    return {str(row.name): int(row.times) for row in rows}


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


def _question(row: Any) -> Question | None:
    record = stored(row)
    options: Mapping[str, Any] = (record.private or {}).get("options") or {}
    asked = next((options[name] for name in QUESTION_OPTIONS if options.get(name)), None)
    text = asked if isinstance(asked, str) else text_of(record)
    if not text.strip():
        return None
    return Question(
        text=" ".join(text.split()),
        language=row.language,
        nothing_on_file=row.outcome == "nothing-on-file",
        entries=tuple(record.public["entries"]),
        at=record.created_at,
    )


def _gap(found: Cluster) -> Gap:
    questions: Sequence[Question] = found.questions
    languages = Counter(question.language for question in questions if question.language)
    entries = Counter(entry for question in questions for entry in question.entries[:1])
    return Gap(
        topic=found.topic,
        count=len(questions),
        nothing_on_file=sum(question.nothing_on_file for question in questions),
        not_helpful=sum(not question.nothing_on_file for question in questions),
        languages=tuple(name for name, _ in languages.most_common()),
        examples=found.examples,
        entries=tuple(name for name, _ in entries.most_common(3)),
        last_at=max(question.at for question in questions),
    )
