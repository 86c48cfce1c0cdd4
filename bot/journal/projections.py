"""What other tables and the search index say about a record: made from the record alone.

So an index can be rebuilt, a view checked, and an erased row taken out everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Table

from bot.journal import terms
from bot.journal.desk_tables import DISCUSSION_EVENT, DRAFT_STEP, INTERACTION_ENTRY
from bot.journal.records import NewRecord, StoredRecord
from bot.journal.tables import FEEDBACK, INTERACTION, SHARE

VIEWS: tuple[Table, ...] = (
    INTERACTION, INTERACTION_ENTRY, FEEDBACK, SHARE, DISCUSSION_EVENT, DRAFT_STEP,
)  # fmt: skip
"""Tables whose rows follow from one record alone; their first column is its number."""


CLICK = "button "
SEARCHES = frozenset({"history"})
"""Commands that repeat what is on record: clicks on an answer, and searches. They are kept as all
others are, but a search that found them would show everything twice and itself first."""


class Indexed(NamedTuple):
    """What the search index holds about a record: folded words, and terms to filter by."""

    words: list[str]
    scope: list[str]


def view_rows(record: NewRecord | StoredRecord) -> list[tuple[Table, tuple[Any, ...]]]:
    """Rows for the tables in VIEWS, each without its first column, the record's number."""
    public = record.public
    match record.type:
        case "interaction":
            row = (
                public["interaction_id"],
                public["command"],
                public["outcome"],
                public["knowledge_revision"],
                public["language"],
                public["latency_ms"],
                public["error_reference"],
            )
            entries: list[str] = public["entries"]
            return [
                (INTERACTION, row),
                *((INTERACTION_ENTRY, (place, entry)) for place, entry in enumerate(entries)),
            ]
        case "feedback":
            return [(FEEDBACK, (public["interaction_id"], public["helpful"], public["entry"]))]
        case "share":
            return [(SHARE, (public["interaction_id"], public["message_id"], public["tlp"]))]
        case "discussion-event":
            row = (public["discussion_id"], public["event"], public.get("message_id"))
            return [(DISCUSSION_EVENT, row)]
        case "draft-step":
            return [(DRAFT_STEP, (public["draft_id"], public["step"]))]
        case _:
            return []


def text_of(record: NewRecord | StoredRecord) -> str:
    """What a person said in this record, for search and snippets; empty where nothing is left."""
    private = record.private or {}
    match record.type:
        case "interaction":
            return "\n".join(_texts(private.get("options")))
        case "discussion-start":
            return str(private.get("title") or "")
        case "discussion-event":
            return str(private.get("text") or "")
        case "draft-step":
            return "\n".join(str(private[key]) for key in ("text", "reason") if private.get(key))
        case _:
            return ""


def indexed(record: NewRecord | StoredRecord) -> Indexed | None:
    """The record as the search index holds it; None where there is nothing to find."""
    public = record.public
    if record.type == "interaction":
        command = str(public["command"])
        if command in SEARCHES or command.startswith(CLICK):
            return None
    found = terms.words(text_of(record))
    if not found:
        return None
    scope = terms.scope(
        guild_id=record.guild_id,
        channel_id=record.channel_id,
        parent_id=public.get("parent_id"),
        user_id=record.user_id,
        type=record.type,
        created_at=record.created_at,
        tlp=str(public.get("tlp") or "CLEAR"),
        personal=record.type == "interaction",
        entries=public.get("entries") or (),
        discussion_id=public.get("discussion_id"),
    )
    return Indexed(found, scope)


def _texts(value: Any) -> Iterator[str]:
    """All texts in a JSON value, in order; ids and numbers that Discord fills in are left out."""
    if isinstance(value, str):
        if not value.isdecimal():
            yield value
    elif isinstance(value, Mapping):
        for inner in value.values():  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(inner)
