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
from bot.journal.terms import LONGEST_CUT, SHORTEST_CUT

CREATE_SQLITE = (
    "CREATE VIRTUAL TABLE search USING fts5(words, scope, detail=column, columnsize=0, "
    "prefix='3 4 5 6 7', tokenize='unicode61 remove_diacritics 0')"
)
"""No places of words and no sizes: what ranks is worked out from the candidates' own texts."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`words`: prefixes, all or any of them; without words, whatever the filters let through.
    `all_of`: each a choice of scope terms, one of which must hold. `past`: they hold only of what
    is older than some moment."""

    words: tuple[str, ...]
    every: bool
    all_of: tuple[tuple[str, ...], ...]
    past: bool = False


class Index(Protocol):
    """What the journal asks of either index."""

    insert: str
    """For a record that is new."""

    upsert: str
    """For one that may stand in the index already: quicker to insert where none does."""

    def row(self, seq: int, entry: Indexed) -> tuple[Any, ...]: ...

    async def remove(self, connection: AsyncConnection, seqs: Sequence[int]) -> None: ...

    async def wipe(self, connection: AsyncConnection) -> None: ...

    async def find(
        self, connection: AsyncConnection, condition: Condition, *, most: int, head: int
    ) -> list[int]: ...


class SqliteIndex:
    """FTS5. It walks from the newest row back and stops when it has enough."""

    insert = "INSERT INTO search (rowid, words, scope) VALUES (?, ?, ?)"
    upsert = "INSERT OR REPLACE INTO search (rowid, words, scope) VALUES (?, ?, ?)"

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


NEWEST = 4096
"""PostgreSQL: the latest records, looked through one by one before the index is asked: there words
that many records hold are found at once."""

ERA = 65_536
"""PostgreSQL: records whose terms stand together in the index, apart from those of others."""

HERE = "~"
"""Stands in a query for the number of an era."""

AMONG_THE_NEWEST = text(
    "SELECT seq FROM search WHERE terms @@ CAST(:query AS tsquery) "
    "AND seq > :low AND seq <= :head ORDER BY seq DESC LIMIT :most"
)
BEFORE_THEM = text(
    "SELECT found.seq FROM generate_series(CAST(:latest AS bigint), 0, -1) AS era, LATERAL ("
    "SELECT seq FROM search WHERE terms @@ CAST(replace(:query, :here, era::text) AS tsquery) "
    "AND seq <= :low ORDER BY seq + 0 DESC LIMIT :most) AS found LIMIT :most"
)
"""From era to era, the latest first, until there are enough. `seq + 0` leaves the planner no way
but the index: it would take rare words for common ones, and walk back through all records."""


class PostgresIndex:
    """A tsvector under GIN.

    The beginnings of words are terms of their own: GIN walks through every word that begins so
    before it looks at anything else, but finds a term at once. And GIN fetches all that match
    before the newest of them are known, so each term carries its record's era: a word that fifty
    thousand records hold is then looked up in the latest of them alone.
    """

    insert = "INSERT INTO search (seq, terms) VALUES ($1, array_to_tsvector($2::text[]))"
    upsert = f"{insert} ON CONFLICT (seq) DO UPDATE SET terms = EXCLUDED.terms"

    def row(self, seq: int, entry: Indexed) -> tuple[Any, ...]:
        era = seq // ERA
        begun = {
            word[:length]
            for word in entry.words
            for length in range(min(SHORTEST_CUT, len(word)), min(LONGEST_CUT, len(word)) + 1)
        }
        said = (f"{era}/{word}" for word in begun)
        return seq, [*said, *(f"{era}:{term}" for term in entry.scope)]

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
        # How many records lie in a range is known only with the range: plan each query anew.
        await connection.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
        query = self._query(condition)
        found: list[int] = []
        low = head
        if not condition.past:
            low = max(head - NEWEST, 0)
            eras = sorted({low // ERA, head // ERA})
            both = " | ".join(query.replace(HERE, str(era)) for era in eras)
            within = {"query": both, "low": low, "head": head, "most": most}
            found += (await connection.execute(AMONG_THE_NEWEST, within)).scalars()
        if len(found) < most and low > 0:
            before = {"query": query, "here": HERE, "latest": low // ERA, "low": low}
            rest = {**before, "most": most - len(found)}
            found += (await connection.execute(BEFORE_THEM, rest)).scalars()
        return found

    def _query(self, condition: Condition) -> str:
        """In PostgreSQL's own notation, of any era."""
        joint = " & " if condition.every else " | "
        said = joint.join(
            f"'{HERE}/{word}'" if len(word) >= SHORTEST_CUT else f"'{HERE}/{word}':*"
            for word in condition.words
        )
        parts = [f"({said})"] if said else []
        choices = (" | ".join(f"'{HERE}:{term}'" for term in choice) for choice in condition.all_of)
        parts += (f"({choice})" for choice in choices)
        return f"({' & '.join(parts)})"


def index_for(dialect: str) -> Index:
    return SqliteIndex() if dialect == "sqlite" else PostgresIndex()
