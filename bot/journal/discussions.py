"""Discussions in the journal: opened, added to, closed; and what they agreed to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, Select, insert, select, update

from bot.journal.actions import Actions, reminder_key
from bot.journal.database import FAULTS, reading
from bot.journal.desk_tables import ACTION, DISCUSSION, DISCUSSION_EVENT, INTERACTION_ENTRY
from bot.journal.discussion_view import (
    ActionItem,
    Discussion,
    build_actions,
    build_discussion,
    build_timeline,
)
from bot.journal.log import Log, prepare, stored
from bot.journal.records import Json, NewRecord, moment, new_key, now
from bot.journal.tables import INTERACTION, RECORD
from bot.journal.writer import Writer

Event = Literal[
    "note", "decision", "action", "message", "fact", "claim", "question", "edit", "delete", "done",
    "reopen", "close", "reminder",
]  # fmt: skip
EVENTS: frozenset[str] = frozenset(get_args(Event))


class DiscussionState(Exception):  # noqa: N818 - named for what it says
    """The step is not possible as things stand: unknown, closed already, done already."""


@dataclass(frozen=True, slots=True)
class NewDiscussion:
    """A discussion to open. `thread_id` is where it is held, `parent_id` the channel above."""

    discussion_id: str
    title: str
    user_id: str
    guild_id: str | None = None
    thread_id: str | None = None
    parent_id: str | None = None
    entries: tuple[str, ...] = ()
    tlp: str = "CLEAR"
    knowledge_revision: str = ""
    interaction_id: str | None = None
    """The interaction whose answer is discussed."""
    at: str = field(default_factory=now)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """Something to add to a discussion's timeline.

    `user_id` said it (None where nobody knows, as with a deletion), `recorded_by` put it on record
    where that was somebody else. `refers_to` is the message id that an edit or a deletion is about.
    `key` makes a repeated delivery count once.
    """

    discussion_id: str
    event: Event
    text: str
    user_id: str | None
    recorded_by: str | None = None
    occurred_at: str = field(default_factory=now)
    message_id: str | None = None
    message_link: str | None = None
    refers_to: str | None = None
    entries: tuple[str, ...] = ()
    details: Mapping[str, Json] = field(default_factory=dict[str, Json])
    key: str = field(default_factory=new_key)


class Discussions(Actions):
    """The discussions of a journal, with their actions."""

    def __init__(self, log: Log, writer: Writer) -> None:
        super().__init__(log)
        self._writer = writer
        self._seen: dict[str, Row[Any]] = {}

    async def start(self, new: NewDiscussion) -> None:
        """Open a discussion. Raises DiscussionState where the id is taken, and what a failing
        database raises."""
        record = NewRecord(
            type="discussion-start",
            public={
                "discussion_id": new.discussion_id,
                "entries": list(new.entries),
                "tlp": new.tlp,
                "knowledge_revision": new.knowledge_revision,
                "interaction_id": new.interaction_id,
                "parent_id": new.parent_id,
            },
            private={"title": new.title},
            guild_id=new.guild_id,
            channel_id=new.thread_id,
            user_id=new.user_id,
            created_at=moment(new.at),
        )

        def apply(connection: Connection, seq: int) -> None:
            if _row(connection, new.discussion_id) is not None:
                raise DiscussionState(f"discussion {new.discussion_id} is there already")
            connection.execute(
                insert(DISCUSSION).values(
                    discussion_id=new.discussion_id,
                    seq=seq,
                    guild_id=new.guild_id,
                    thread_id=new.thread_id,
                    parent_id=new.parent_id,
                    tlp=new.tlp,
                    state="open",
                    started_at=record.created_at,
                )
            )

        await self._log.append_with(prepare(record), apply)

    async def add(self, new: NewEvent) -> None:
        """Put an event on record. Returns when it is durable, database or spool.

        Raises DiscussionState for an unknown or closed discussion, JournalLost where no disk takes
        it. Actions, their ends and closing have methods of their own.
        """
        if new.event not in EVENTS - {"action", "done", "reopen", "close", "reminder"}:
            raise ValueError(f"{new.event!r} can't be added this way")
        await self._writer.write(await self._event(new))

    async def add_action(
        self,
        new: NewEvent,
        *,
        action_id: str,
        owner_id: str | None = None,
        due_at: str | None = None,
        remind_at: str | None = None,
    ) -> None:
        """Put something to do on record, with who does it until when (ISO 8601 with a zone)."""
        times = {
            "due_at": None if due_at is None else moment(due_at),
            "remind_at": None if remind_at is None else moment(remind_at),
        }
        record = await self._event(new, {"action_id": action_id, **times}, {"owner_id": owner_id})

        def apply(connection: Connection, seq: int) -> None:
            connection.execute(
                insert(ACTION).values(
                    action_id=action_id,
                    seq=seq,
                    discussion_id=new.discussion_id,
                    guild_id=record.guild_id,
                    owner_id=owner_id,
                    **times,
                )
            )

        await self._log.append_with(prepare(record), apply)

    async def finish_action(
        self, action_id: str, *, user_id: str, done: bool = True, note: str = ""
    ) -> None:
        """Mark an action done, or open again. Raises DiscussionState where it is so already."""
        action = await self.action(action_id)
        if action is None:
            raise DiscussionState(f"there is no action {action_id}")
        event = NewEvent(action.discussion_id, "done" if done else "reopen", note, user_id)
        record = await self._event(event, {"action_id": action_id}, even_closed=True)
        as_before = ACTION.c.done_at.is_(None) if done else ACTION.c.done_at.is_not(None)

        def apply(connection: Connection, _seq: int) -> None:
            changed = connection.execute(
                update(ACTION)
                .where(ACTION.c.action_id == action_id, as_before)
                .values(done_at=record.created_at if done else None)
            )
            if changed.rowcount != 1:
                raise DiscussionState("done already" if done else "open already")

        await self._log.append_with(prepare(record), apply)

    async def close(self, discussion_id: str, *, user_id: str, summary: str = "") -> None:
        """Close a discussion. Raises DiscussionState where it is unknown or closed already."""
        record = await self._event(NewEvent(discussion_id, "close", summary, user_id))

        def apply(connection: Connection, _seq: int) -> None:
            changed = connection.execute(
                update(DISCUSSION)
                .where(DISCUSSION.c.discussion_id == discussion_id, DISCUSSION.c.state == "open")
                .values(state="closed", closed_at=record.created_at)
            )
            if changed.rowcount != 1:
                raise DiscussionState("the discussion is closed already")

        await self._log.append_with(prepare(record), apply)

    async def get(self, discussion_id: str) -> Discussion | None:
        """A discussion with its timeline and its actions."""
        events = (
            select(RECORD)
            .join(DISCUSSION_EVENT, DISCUSSION_EVENT.c.seq == RECORD.c.seq)
            .where(DISCUSSION_EVENT.c.discussion_id == discussion_id)
            .order_by(RECORD.c.seq)
        )
        actions = select(ACTION, RECORD.c.private).join(RECORD, RECORD.c.seq == ACTION.c.seq)
        async with reading(self._log.engine).connect() as connection:
            row = await connection.run_sync(_row, discussion_id)
            if row is None:
                return None
            start = await connection.execute(select(RECORD).where(RECORD.c.seq == row.seq))
            opened = stored(start.one())
            found = [stored(event) for event in (await connection.execute(events)).all()]
            tasks = await connection.execute(
                actions.where(ACTION.c.discussion_id == discussion_id).order_by(ACTION.c.seq)
            )
            answered = await connection.execute(_answered_in(row))
            return build_discussion(
                row,
                opened,
                build_timeline(found),
                build_actions(tasks.all()),
                tuple(answered.scalars()),
            )

    async def head(self, discussion_id: str) -> Discussion | None:
        """A discussion without its timeline and its actions: all that a new event needs."""
        async with reading(self._log.engine).connect() as connection:
            row = await connection.run_sync(_row, discussion_id)
            if row is None:
                return None
            start = await connection.execute(select(RECORD).where(RECORD.c.seq == row.seq))
            return build_discussion(row, stored(start.one()), (), (), ())

    async def in_thread(self, thread_id: str) -> str | None:
        """The id of the open discussion that is held in a thread."""
        query = select(DISCUSSION.c.discussion_id).where(
            DISCUSSION.c.thread_id == thread_id, DISCUSSION.c.state == "open"
        )
        async with reading(self._log.engine).connect() as connection:
            found: str | None = (await connection.execute(query)).scalar()
        return found

    async def of_thread(self, thread_id: str) -> str | None:
        """The id of the latest discussion that is or was held in a thread."""
        query = select(DISCUSSION.c.discussion_id).where(DISCUSSION.c.thread_id == thread_id)
        async with reading(self._log.engine).connect() as connection:
            found = await connection.execute(query.order_by(DISCUSSION.c.seq.desc()).limit(1))
            newest: str | None = found.scalar()
        return newest

    async def find(
        self, guild_id: str | None, *, state: str | None = None, limit: int = 25
    ) -> tuple[Discussion, ...]:
        """Discussions of a server without their timelines, the latest first."""
        query = select(DISCUSSION).where(DISCUSSION.c.guild_id == guild_id)
        if state is not None:
            query = query.where(DISCUSSION.c.state == state)
        query = query.order_by(DISCUSSION.c.started_at.desc()).limit(limit)
        async with reading(self._log.engine).connect() as connection:
            rows = (await connection.execute(query)).all()
            starts = await connection.execute(
                select(RECORD).where(RECORD.c.seq.in_([row.seq for row in rows]))
            )
            by_seq = {record.seq: stored(record) for record in starts.all()}
        return tuple(build_discussion(row, by_seq[row.seq], (), (), ()) for row in rows)

    async def confirm_reminder(self, action: ActionItem, message_id: str | None) -> None:
        """Put on record that a claimed reminder was sent, or (None) that it can never be."""
        event = NewEvent(
            action.discussion_id,
            "reminder",
            "",
            None,
            message_id=message_id,
            key=reminder_key(action.action_id),
        )
        public = {"action_id": action.action_id}
        await self._writer.write(await self._event(event, public, even_closed=True))

    async def _event(
        self,
        new: NewEvent,
        public: Mapping[str, Json] | None = None,
        private: Mapping[str, Json] | None = None,
        *,
        even_closed: bool = False,
    ) -> NewRecord:
        row = await self._known(new.discussion_id)
        if row is None:
            raise DiscussionState(f"there is no discussion {new.discussion_id}")
        if row.state != "open" and not even_closed:
            raise DiscussionState("the discussion is closed already")
        return NewRecord(
            type="discussion-event",
            public={
                "discussion_id": new.discussion_id,
                "event": new.event,
                "occurred_at": moment(new.occurred_at),
                "message_id": new.message_id,
                "message_link": new.message_link,
                "refers_to": new.refers_to,
                "entries": list(new.entries),
                "tlp": row.tlp,
                "parent_id": row.parent_id,
                **(public or {}),
            },
            private={
                "text": new.text,
                "recorded_by": new.recorded_by,
                "details": dict(new.details),
                **(private or {}),
            },
            guild_id=row.guild_id,
            channel_id=row.thread_id,
            user_id=new.user_id,
            key=new.key,
        )

    async def _known(self, discussion_id: str) -> Row[Any] | None:
        """The discussion's row, from memory while the database is away: notes still get through."""
        try:
            async with reading(self._log.engine).connect() as connection:
                row = await connection.run_sync(_row, discussion_id)
        except FAULTS:
            if discussion_id in self._seen:
                return self._seen[discussion_id]
            raise
        if row is not None:
            self._seen[discussion_id] = row
        return row


def _answered_in(row: Row[Any]) -> Select[Any]:
    """The first entry of every answer given in a discussion's thread while it was open, in order.

    Records are found by their number: no index leads to those of a channel.
    """
    query = (
        select(INTERACTION_ENTRY.c.entry_id)
        .join(RECORD, RECORD.c.seq == INTERACTION_ENTRY.c.seq)
        .join(INTERACTION, INTERACTION.c.seq == INTERACTION_ENTRY.c.seq)
        .where(
            RECORD.c.seq > row.seq,
            RECORD.c.channel_id == row.thread_id,
            INTERACTION.c.outcome == "answered",
            INTERACTION_ENTRY.c.place == 0,
        )
        .order_by(RECORD.c.seq)
    )
    return query if row.closed_at is None else query.where(RECORD.c.created_at <= row.closed_at)


def _row(connection: Connection, discussion_id: str) -> Row[Any] | None:
    query = select(DISCUSSION).where(DISCUSSION.c.discussion_id == discussion_id)
    return connection.execute(query).first()
