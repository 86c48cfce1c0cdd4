"""Tables of the work on answers: discussions, actions, drafts; and of searching."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Text
from sqlmodel import Field, SQLModel

from bot.journal.tables import BIG, seq_of_record, table_of


class Discussion(SQLModel, table=True):
    """A discussion and its state. Its title is in the record `seq`, with who opened it."""

    discussion_id: str = Field(sa_column=Column(String, primary_key=True))
    seq: int = Field(sa_column=Column(BIG, ForeignKey("record.seq"), nullable=False))
    guild_id: str | None = Field(default=None, sa_column=Column(String, index=True))
    thread_id: str | None = Field(default=None, sa_column=Column(String, index=True))
    parent_id: str | None = Field(default=None, sa_column=Column(String))
    tlp: str = Field(sa_column=Column(String, nullable=False))
    state: str = Field(sa_column=Column(String, nullable=False))
    started_at: str = Field(sa_column=Column(String, nullable=False))
    closed_at: str | None = Field(default=None, sa_column=Column(String))


class DiscussionEvent(SQLModel, table=True):
    """One event of a discussion's timeline. Its words are in the record `seq`."""

    seq: int = Field(sa_column=seq_of_record())
    discussion_id: str = Field(sa_column=Column(String, nullable=False, index=True))
    event: str = Field(sa_column=Column(String, nullable=False))
    message_id: str | None = Field(default=None, sa_column=Column(String, index=True))


class ActionItem(SQLModel, table=True):
    """Something to do that a discussion agreed on. Its words are in the record `seq`."""

    action_id: str = Field(sa_column=Column(String, primary_key=True))
    seq: int = Field(sa_column=Column(BIG, ForeignKey("record.seq"), nullable=False))
    discussion_id: str = Field(sa_column=Column(String, nullable=False, index=True))
    guild_id: str | None = Field(default=None, sa_column=Column(String))
    owner_id: str | None = Field(default=None, sa_column=Column(String, index=True))
    due_at: str | None = Field(default=None, sa_column=Column(String))
    remind_at: str | None = Field(default=None, sa_column=Column(String, index=True))
    reminded_at: str | None = Field(default=None, sa_column=Column(String))
    done_at: str | None = Field(default=None, sa_column=Column(String))


class Draft(SQLModel, table=True):
    """Where a draft stands. `step` grows with each change: who saves over an old step loses."""

    draft_id: str = Field(sa_column=Column(String, primary_key=True))
    seq: int = Field(sa_column=Column(BIG, ForeignKey("record.seq"), nullable=False))
    guild_id: str | None = Field(default=None, sa_column=Column(String, index=True))
    discussion_id: str | None = Field(default=None, sa_column=Column(String, index=True))
    state: str = Field(sa_column=Column(String, nullable=False))
    step: int = Field(sa_column=Column(Integer, nullable=False))
    version: int = Field(sa_column=Column(Integer, nullable=False))
    sha256: str = Field(sa_column=Column(String, nullable=False))
    approved_sha256: str | None = Field(default=None, sa_column=Column(String))
    tlp: str = Field(sa_column=Column(String, nullable=False))
    since: str = Field(sa_column=Column(String, nullable=False))
    expires_at: str | None = Field(default=None, sa_column=Column(String, index=True))


class DraftStep(SQLModel, table=True):
    """One step of a draft's history. Words, reason and person are in the record `seq`."""

    seq: int = Field(sa_column=seq_of_record())
    draft_id: str = Field(sa_column=Column(String, nullable=False, index=True))
    step: int = Field(sa_column=Column(Integer, nullable=False))


class InteractionEntry(SQLModel, table=True):
    """Which entries an interaction was answered with, best first."""

    seq: int = Field(sa_column=seq_of_record())
    place: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    entry_id: str = Field(sa_column=Column(String, nullable=False, index=True))


class Given(SQLModel, table=True):
    """An answer's text as it was given, once however often: `sha256` is of the text."""

    sha256: str = Field(sa_column=Column(String, primary_key=True))
    text: str = Field(sa_column=Column(Text, nullable=False))


class SearchState(SQLModel, table=True):
    """One row. Records up to `until_seq` that were there before the index: done to `done_seq`."""

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    version: int = Field(sa_column=Column(Integer, nullable=False))
    done_seq: int = Field(sa_column=Column(BIG, nullable=False))
    until_seq: int = Field(sa_column=Column(BIG, nullable=False))


DISCUSSION = table_of(Discussion)
DISCUSSION_EVENT = table_of(DiscussionEvent)
ACTION = table_of(ActionItem)
DRAFT = table_of(Draft)
DRAFT_STEP = table_of(DraftStep)
INTERACTION_ENTRY = table_of(InteractionEntry)
GIVEN = table_of(Given)
SEARCH_STATE = table_of(SearchState)
