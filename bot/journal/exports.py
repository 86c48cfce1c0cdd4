"""Records as files: JSON Lines, CSV, Markdown. Read in pages, so that the loop goes on."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, func, select

from bot.journal.database import reading
from bot.journal.log import Log, stored
from bot.journal.projections import text_of
from bot.journal.records import StoredRecord, moment
from bot.journal.safe_text import csv_line, json_line, markdown, quoted
from bot.journal.tables import RECORD

Format = Literal["jsonl", "csv", "md"]
FORMATS: tuple[str, ...] = get_args(Format)

PAGE = 500
"""Records read and written in one go."""

COLUMNS = (
    "seq", "type", "created_at", "guild_id", "channel_id", "user_id", "interaction_id", "command",
    "outcome", "knowledge_revision", "entries", "options", "text",
)  # fmt: skip
"""Columns of CSV; what else a record holds stands in the last one, `details`, as JSON."""

Progress = Callable[[int, int], None]
"""Called with the number of records written and of all."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records to export; all where nothing is set. Times are ISO 8601 with a zone."""

    since: str | None = None
    until: str | None = None
    guild_id: str | None = None
    user_id: str | None = None
    type: str | None = None

    def where(self) -> list[ColumnElement[bool]]:
        """Raises ValueError for a time that is none."""
        parts: list[ColumnElement[bool]] = []
        if self.since is not None:
            parts.append(RECORD.c.created_at >= moment(self.since))
        if self.until is not None:
            parts.append(RECORD.c.created_at < moment(self.until))
        if self.guild_id is not None:
            parts.append(RECORD.c.guild_id == self.guild_id)
        if self.user_id is not None:
            parts.append(RECORD.c.user_id == self.user_id)
        if self.type is not None:
            parts.append(RECORD.c.type == self.type)
        return parts


class Exports:
    """The records of a journal, oldest first."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def records(self, selection: Selection) -> AsyncIterator[StoredRecord]:
        """Every record of a selection that was there when the export began."""
        where = selection.where()
        engine = reading(self._log.engine)
        async with engine.connect() as connection:
            last = (await connection.execute(select(func.max(RECORD.c.seq)))).scalar() or 0
        after = 0
        while True:
            query = (
                select(RECORD)
                .where(RECORD.c.seq > after, RECORD.c.seq <= last, *where)
                .order_by(RECORD.c.seq)
                .limit(PAGE)
            )
            async with engine.connect() as connection:
                rows = (await connection.execute(query)).all()
            for row in rows:
                yield stored(row)
            if len(rows) < PAGE:
                return
            after = rows[-1].seq

    async def count(self, selection: Selection) -> int:
        query = select(func.count()).select_from(RECORD).where(*selection.where())
        async with reading(self._log.engine).connect() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def lines(
        self, form: Format, selection: Selection | None = None, progress: Progress | None = None
    ) -> AsyncIterator[str]:
        """The export piece by piece, each with its line end. Raises ValueError for a time that is
        none, and what a failing database raises."""
        selection = selection or Selection()
        total = await self.count(selection)
        write = WRITERS[form]
        if form == "csv":
            yield csv_line((*COLUMNS, "details"))
        elif form == "md":
            yield "# Journal\n"
        day, done = "", 0
        async for record in self.records(selection):
            if form == "md" and record.created_at[:10] != day:
                day = record.created_at[:10]
                yield f"\n## {day}\n"
            yield write(record)
            done += 1
            if progress is not None and (done % PAGE == 0 or done == total):
                progress(done, total)


def as_json(record: StoredRecord) -> str:
    return json_line(record.flat())


def as_csv(record: StoredRecord) -> str:
    flat = {**record.flat(), "text": text_of(record)}
    if record.type == "interaction":
        flat["options"] = record.private and json.dumps(
            record.private["options"], ensure_ascii=False
        )
    flat["entries"] = " ".join(flat.get("entries") or ())
    rest = {key: value for key, value in flat.items() if key not in COLUMNS and value is not None}
    details = json.dumps(rest, ensure_ascii=False) if rest else ""
    return csv_line((*(flat.get(name) for name in COLUMNS), details))


def as_markdown(record: StoredRecord) -> str:
    public: Any = record.public
    who = record.user_id or ("erased" if record.erased else "the bot")
    what = public.get("command") or public.get("event") or public.get("action") or record.type
    facts = [public.get("outcome"), public.get("state"), public.get("tlp")]
    facts += public.get("entries") or ()
    rest = ", ".join(markdown(fact) for fact in facts if fact)
    lines = [
        f"\n- **{record.created_at[11:19]}** #{record.seq} {markdown(what)}, by {markdown(who)}"
        + (f": {rest}" if rest else "")
    ]
    text = text_of(record)
    if text:
        lines += ["", *(f"  {line}" for line in quoted(text))]
    return "\n".join(lines) + "\n"


WRITERS: dict[str, Callable[[StoredRecord], str]] = {
    "jsonl": as_json,
    "csv": as_csv,
    "md": as_markdown,
}
