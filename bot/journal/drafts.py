"""Drafts in the journal: every version and step, and one winner where two click at once.

The rules of four eyes are not the journal's; what must hold whatever a caller does, it checks:
nobody approves a text that they wrote, an approval holds for exactly the text it was given for,
and only that text is released.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.journal.chain import sha256_of
from bot.journal.database import reading
from bot.journal.desk_tables import DRAFT, DRAFT_STEP
from bot.journal.log import Log, prepare, stored
from bot.journal.records import Json, NewRecord, StoredRecord, moment, now
from bot.journal.tables import RECORD

LIVE = frozenset({"draft", "submitted", "approved", "rejected"})
"""States that something leads out of."""

STATES = LIVE | {"released", "withdrawn", "expired"}


class DraftConflict(Exception):  # noqa: N818 - named for what it says
    """Somebody else changed the draft first. `step` and `state` are what it is now."""

    def __init__(self, draft_id: str, step: int, state: str) -> None:
        super().__init__(f"draft {draft_id} has moved on: step {step}, {state}")
        self.step = step
        self.state = state


class DraftRefused(Exception):  # noqa: N818 - named for what it says
    """The step breaks what the journal holds to; the message says what."""


@dataclass(frozen=True, slots=True)
class DraftChange:
    """One step of a draft. `expected` is the step it builds on, 0 for a new draft.

    `text` is given with a new version alone; `sha256` is always that of the current text.
    """

    draft_id: str
    expected: int
    action: str
    state: str
    version: int
    sha256: str
    text: str | None = None
    reason: str = ""
    user_id: str | None = None
    user_name: str | None = None
    guild_id: str | None = None
    channel_id: str | None = None
    discussion_id: str | None = None
    at: str = field(default_factory=now)
    expires_at: str | None = None
    tlp: str = "CLEAR"
    template_id: str = ""
    redlines: tuple[str, ...] = ()
    audience: str = ""
    channel: str = ""
    language: str = "en"
    knowledge_revision: str = ""
    blockers: tuple[str, ...] = ()
    extra: Mapping[str, Json] = field(default_factory=dict[str, Json])

    def as_new(self) -> NewRecord:
        return NewRecord(
            type="draft-step",
            public={
                "draft_id": self.draft_id,
                "step": self.expected + 1,
                "action": self.action,
                "state": self.state,
                "version": self.version,
                "sha256": self.sha256,
                "wrote": self.text is not None,
                "discussion_id": self.discussion_id,
                "expires_at": None if self.expires_at is None else moment(self.expires_at),
                "tlp": self.tlp,
                "template_id": self.template_id,
                "entries": list(self.redlines),
                "audience": self.audience,
                "channel": self.channel,
                "language": self.language,
                "knowledge_revision": self.knowledge_revision,
                "blockers": list(self.blockers),
            },
            private={
                "text": self.text,
                "reason": self.reason,
                "user_name": self.user_name,
                "extra": dict(self.extra),
            },
            guild_id=self.guild_id,
            channel_id=self.channel_id,
            user_id=self.user_id,
            created_at=moment(self.at),
        )


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """Where a draft stands, and its steps, oldest first.

    Each step's `public` and `private` hold what DraftChange gave; `private` is None where the
    person was forgotten or the time to keep it is over.
    """

    draft_id: str
    guild_id: str | None
    discussion_id: str | None
    state: str
    step: int
    version: int
    sha256: str
    approved_sha256: str | None
    tlp: str
    since: str
    expires_at: str | None
    first: Mapping[str, Json] = field(default_factory=dict[str, Json])
    """What its first step gave beside the words: template, red lines, channel, language."""
    steps: tuple[StoredRecord, ...] = ()


class Drafts:
    """The drafts of a journal."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def save(self, change: DraftChange) -> None:
        """Save one step. Raises DraftConflict, DraftRefused, and what a failing database raises.

        A step is never spooled: where the database is away, nobody can know who was first.
        """
        if change.state not in STATES:
            raise ValueError(f"{change.state!r} is no state of a draft")
        if change.text is not None and sha256_of(change.text) != change.sha256:
            raise DraftRefused("the fingerprint is not that of the text")
        record = prepare(change.as_new())

        def apply(connection: Connection, seq: int) -> None:
            before = _current(connection, change.draft_id)
            if (before.step if before else 0) != change.expected:
                step, state = (before.step, before.state) if before else (0, "unknown")
                raise DraftConflict(change.draft_id, step, state)
            _hold(connection, change, before, seq)
            row = {
                "state": change.state,
                "step": change.expected + 1,
                "version": change.version,
                "sha256": change.sha256,
                "approved_sha256": change.sha256 if change.state in APPROVED else None,
                "tlp": change.tlp,
                "expires_at": record.record.public["expires_at"],
            }
            if before is None or before.state != change.state:
                row["since"] = record.record.created_at
            if before is None:
                place = {"guild_id": change.guild_id, "discussion_id": change.discussion_id}
                connection.execute(
                    insert(DRAFT).values(draft_id=change.draft_id, seq=seq, **place, **row)
                )
            else:
                mine = DRAFT.c.draft_id == change.draft_id
                connection.execute(update(DRAFT).where(mine).values(row))

        await self._log.append_with(record, apply)

    async def get(self, draft_id: str) -> StoredDraft | None:
        """A draft with all its steps."""
        steps = (
            select(RECORD)
            .join(DRAFT_STEP, DRAFT_STEP.c.seq == RECORD.c.seq)
            .where(DRAFT_STEP.c.draft_id == draft_id)
            .order_by(RECORD.c.seq)
        )
        async with reading(self._log.engine).connect() as connection:
            row = await connection.run_sync(_current, draft_id)
            if row is None:
                return None
            found = (await connection.execute(steps)).all()
        return _draft(row, tuple(stored(step) for step in found))

    async def find(
        self,
        guild_id: str | None,
        *,
        states: Collection[str] = (),
        discussion_id: str | None = None,
        limit: int = 50,
    ) -> tuple[StoredDraft, ...]:
        """Drafts of a server without their steps, the latest first; in any state unless named."""
        query = (
            select(DRAFT, RECORD.c.public.label("first"))
            .join(RECORD, RECORD.c.seq == DRAFT.c.seq)
            .where(DRAFT.c.guild_id == guild_id)
        )
        if states:
            query = query.where(DRAFT.c.state.in_(states))
        if discussion_id is not None:
            query = query.where(DRAFT.c.discussion_id == discussion_id)
        query = query.order_by(DRAFT.c.since.desc(), DRAFT.c.seq.desc()).limit(limit)
        async with reading(self._log.engine).connect() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(replace(_draft(row), first=json.loads(row.first)) for row in rows)

    async def due(self, at: str | None = None, *, limit: int = 100) -> tuple[StoredDraft, ...]:
        """Drafts whose time is over at this moment and that are not marked expired yet."""
        query = (
            select(DRAFT)
            .where(DRAFT.c.state.in_(LIVE), DRAFT.c.expires_at <= moment(at or now()))
            .order_by(DRAFT.c.expires_at)
            .limit(limit)
        )
        async with reading(self._log.engine).connect() as connection:
            return tuple(_draft(row) for row in (await connection.execute(query)).all())


APPROVED = frozenset({"approved", "released"})


def _current(connection: Connection, draft_id: str) -> Row[Any] | None:
    return connection.execute(select(DRAFT).where(DRAFT.c.draft_id == draft_id)).first()


def _hold(connection: Connection, change: DraftChange, before: Row[Any] | None, seq: int) -> None:
    """What must hold whatever the caller's rules say. Raises DraftRefused."""
    if change.text is None and (before is None or before.sha256 != change.sha256):
        raise DraftRefused("the text was changed since it was read")
    if change.text is not None and change.state in APPROVED:
        raise DraftRefused("a new text is not approved")
    if change.state == "approved":
        if change.user_id is None:
            raise DraftRefused("an approval needs a person")
        wrote = (
            select(RECORD.c.public)
            .join(DRAFT_STEP, DRAFT_STEP.c.seq == RECORD.c.seq)
            .where(
                DRAFT_STEP.c.draft_id == change.draft_id,
                RECORD.c.user_id == change.user_id,
                RECORD.c.seq != seq,
                RECORD.c.public.contains('"wrote":true'),
            )
        )
        if connection.execute(wrote).first() is not None:
            raise DraftRefused("nobody approves a text that they wrote")
    if change.state == "released" and (
        before is None or before.state != "approved" or before.approved_sha256 != change.sha256
    ):
        raise DraftRefused("only a text that was approved, unchanged, is released")


def _draft(row: Row[Any], steps: tuple[StoredRecord, ...] = ()) -> StoredDraft:
    return StoredDraft(
        draft_id=row.draft_id,
        guild_id=row.guild_id,
        discussion_id=row.discussion_id,
        state=row.state,
        step=row.step,
        version=row.version,
        sha256=row.sha256,
        approved_sha256=row.approved_sha256,
        tlp=row.tlp,
        since=row.since,
        expires_at=row.expires_at,
        first=steps[0].public if steps else {},
        steps=steps,
    )
