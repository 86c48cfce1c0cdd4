"""The search index in each database: SQLite's FTS5, PostgreSQL's tsvector under GIN.

Words and filters are terms of one index, so a filter narrows as quickly as a word. Found are the
numbers of records, the newest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.journal.projections import Indexed

CREATE_SQLITE = (
    "CREATE VIRTUAL TABLE search USING fts5(words, scope, detail=column, columnsize=0, "
    "prefix='3 4 5 6 7', tokenize='unicode61 remove_diacritics 0')"
)
"""No places of words and no sizes: what ranks is worked out from the candidates' own texts."""

BLOCK = 4096
"""PostgreSQL: records a block; a query looks into the newest blocks first."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`words`: prefixes, all or any of them; without words, whatever the filters let through.
    `all_of`: each a choice of scope terms, one of which must hold."""

    words: tuple[str, ...]
    every: bool
    all_of: tuple[tuple[str, ...], ...]


class Index(Protocol):
    """What the journal asks of either index."""

    insert: str

    def row(self, seq: int, entry: Indexed) -> tuple[Any, ...]: ...

    async def remove(self, connection: AsyncConnection, seqs: Sequence[int]) -> None: ...

    async def wipe(self, connection: AsyncConnection) -> None: ...

    async def find(
        self, connection: AsyncConnection, condition: Condition, *, most: int, head: int
    ) -> list[int]: ...


class SqliteIndex:
    """FTS5. It walks from the newest row back and stops when it has enough."""

    insert = "INSERT OR REPLACE INTO search (rowid, words, scope) VALUES (?, ?, ?)"

    def row(self, seq: int, entry: Indexed) -> tuple[Any, ...]:
        return seq, " ".join(entry.words), " ".join(entry.scope)

    async def remove(self, connection: AsyncConnection, seqs: Sequence[int]) -> None:
        if seqs:
            await connection.exec_driver_sql(
                "DELETE FROM search WHERE rowid = ?", [(seq,) for seq in seqs]
            )

    async def wipe(self, connection: AsyncConnection) -> None:
        await connection.execute(text("DROP TABLE search"))  # at once, unlike a million deletes
        await connection.execute(text(CREATE_SQLITE))

    async def find(
        self, connection: AsyncConnection, condition: Condition, *, most: int, head: int
    ) -> list[int]:
        found = await connection.execute(
            text(
                "SELECT rowid FROM search WHERE search MATCH :match AND rowid <= :head "
                "ORDER BY rowid DESC LIMIT :most"
            ),
            {"match": self._match(condition), "head": head, "most": most},
        )
        return list(found.scalars())

    def _match(self, condition: Condition) -> str:
        joint = " AND " if condition.every else " OR "
        said = joint.join(f'"{word}"*' for word in condition.words)
        parts = [f"(words : ({said}))"] if said else []
        choices = (" OR ".join(f'"{term}"' for term in choice) for choice in condition.all_of)
        parts += (f"(scope : ({choice}))" for choice in choices)
        return " AND ".join(parts)


class PostgresIndex:
    """A tsvector under GIN. GIN knows no order, so blocks of records are looked into in turn."""

    insert = (
        "INSERT INTO search (seq, terms) VALUES ($1, array_to_tsvector($2::text[])) "
        "ON CONFLICT (seq) DO UPDATE SET terms = EXCLUDED.terms"
    )

    def row(self, seq: int, entry: Indexed) -> tuple[Any, ...]:
        terms = {*entry.words, *(f":{term}" for term in entry.scope)}
        return seq, [*terms, f":b{seq // BLOCK}"]

    async def remove(self, connection: AsyncConnection, seqs: Sequence[int]) -> None:
        if seqs:
            await connection.execute(
                text("DELETE FROM search WHERE seq = ANY(:seqs)"), {"seqs": list(seqs)}
            )

    async def wipe(self, connection: AsyncConnection) -> None:
        await connection.execute(text("TRUNCATE search"))

    async def find(
        self, connection: AsyncConnection, condition: Condition, *, most: int, head: int
    ) -> list[int]:
        found: list[int] = []
        newest, width = head // BLOCK, 1
        while newest >= 0 and len(found) < most:
            oldest = max(newest - width + 1, 0)
            blocks = [f":b{block}" for block in range(oldest, newest + 1)]
            if width > 16 or oldest == 0:  # by now it is known to be rare: look everywhere
                oldest, blocks = 0, []
            rows = await connection.execute(
                text(
                    "SELECT seq FROM search WHERE terms @@ CAST(:query AS tsquery) "
                    "AND seq >= :low AND seq < :high ORDER BY seq DESC LIMIT :most"
                ),
                {
                    "query": self._query(condition, blocks),
                    "low": oldest * BLOCK,
                    "high": min((newest + 1) * BLOCK, head + 1),
                    "most": most - len(found),
                },
            )
            found += rows.scalars()
            newest, width = oldest - 1, width * 4
        return found

    def _query(self, condition: Condition, blocks: Sequence[str]) -> str:
        joint = " & " if condition.every else " | "
        said = joint.join(f"'{word}':*" for word in condition.words)
        parts = [f"({said})"] if said else []
        choices = (" | ".join(f"':{term}'" for term in choice) for choice in condition.all_of)
        parts += (f"({choice})" for choice in choices)
        if blocks:
            parts.append("(" + " | ".join(f"'{block}'" for block in blocks) + ")")
        return " & ".join(parts)


def index_for(dialect: str) -> Index:
    return SqliteIndex() if dialect == "sqlite" else PostgresIndex()
