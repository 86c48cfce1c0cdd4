"""What is missing: questions that were not answered well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select

from bot.journal.clusters import Cluster, Question
from bot.journal.database import reading
from bot.journal.history import Viewer
from bot.journal.log import Log, stored
from bot.journal.projections import text_of
from bot.journal.records import moment
from bot.journal.tables import FEEDBACK, INTERACTION, RECORD

MENTION = re.compile(r"<(?:@[!&]?|#|/|t:|a?:)[^<>]*>|@(?:everyone|here)\b")
"""Discord's mentions: whom somebody asked to be told is no part of a question."""

MOST_QUESTIONS = 5000
"""Unanswered questions that are clustered: the latest."""

MOST_TEXTS = 12
"""Questions of a gap that are given word for word, the latest first."""

QUESTION_OPTIONS = ("question", "text", "statement", "query")
"""Options of commands in which people ask in their own words, by how likely it is."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that belong together and were not answered well: something to write next."""

    number: int
    """Number of its oldest question's record: it stays when more questions join."""
    topic: tuple[str, ...]
    """The words that most of them share, the most telling first."""
    count: int
    nothing_on_file: int
    not_helpful: int
    languages: tuple[str, ...]
    examples: tuple[str, ...]
    texts: tuple[str, ...]
    """The questions, each wording once, the latest first."""
    entries: tuple[str, ...]
    """Entries that were given and did not help."""
    last_at: str


async def unanswered(
    log: Log,
    guild_id: str | None,
    since: str | None,
    until: str | None,
    viewer: Viewer | None,
) -> list[Question]:
    """Questions that were not answered well, the latest first."""
    disliked = exists().where(
        FEEDBACK.c.interaction_id == INTERACTION.c.interaction_id, FEEDBACK.c.helpful.is_(False)
    )
    query = (
        select(RECORD, INTERACTION.c.outcome, INTERACTION.c.language)
        .join(INTERACTION, INTERACTION.c.seq == RECORD.c.seq)
        .where(
            (INTERACTION.c.outcome == "nothing-on-file") | disliked,
            RECORD.c.private.is_not(None),
            selected(guild_id, since, until),
        )
        .order_by(RECORD.c.seq.desc())
        .limit(MOST_QUESTIONS)
    )
    async with reading(log.engine).connect() as connection:
        rows = (await connection.execute(query)).all()
    seen = rows if viewer is None else [row for row in rows if viewer.admits(stored(row))]
    return [question for row in seen if (question := _question(row)) is not None]


def selected(guild_id: str | None, since: str | None, until: str | None) -> ColumnElement[bool]:
    """Records of one server, or of all, in a time."""
    parts: list[ColumnElement[bool]] = [RECORD.c.seq > 0]
    if guild_id is not None:
        parts.append(RECORD.c.guild_id == guild_id)
    if since is not None:
        parts.append(RECORD.c.created_at >= moment(since))
    if until is not None:
        parts.append(RECORD.c.created_at < moment(until))
    return and_(*parts)


def _question(row: Any) -> Question | None:
    record = stored(row)
    options: Mapping[str, Any] = (record.private or {}).get("options") or {}
    asked = next((options[name] for name in QUESTION_OPTIONS if options.get(name)), None)
    text = asked if isinstance(asked, str) else text_of(record)
    text = " ".join(MENTION.sub(" ", text).split())
    if not text:
        return None
    return Question(
        text=text,
        language=row.language,
        nothing_on_file=row.outcome == "nothing-on-file",
        entries=tuple(record.public["entries"]),
        at=record.created_at,
        seq=record.seq,
    )


def gap_of(found: Cluster) -> Gap:
    """What a cluster of questions says about what is missing."""
    questions: Sequence[Question] = found.questions
    languages = Counter(question.language for question in questions if question.language)
    entries = Counter(entry for question in questions for entry in question.entries[:1])
    latest = sorted(questions, key=lambda question: question.seq, reverse=True)
    texts = tuple(dict.fromkeys(question.text for question in latest))
    return Gap(
        number=min(question.seq for question in questions),
        topic=found.topic,
        count=len(questions),
        nothing_on_file=sum(question.nothing_on_file for question in questions),
        not_helpful=sum(not question.nothing_on_file for question in questions),
        languages=tuple(name for name, _ in languages.most_common()),
        examples=found.examples,
        texts=texts[:MOST_TEXTS],
        entries=tuple(name for name, _ in entries.most_common(3)),
        last_at=max(question.at for question in questions),
    )
