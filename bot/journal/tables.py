"""Tables of the log. `record` is the chained log; all others are views of it for queries."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

BIG: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
"""A number that grows for good. In SQLite an INTEGER key is the row itself: quick, and as large."""


def seq_of_record() -> Column[Any]:
    """The key of a table with one row a record of some type."""
    return Column(BIG, ForeignKey("record.seq"), primary_key=True, autoincrement=False)


class Record(SQLModel, table=True):
    """One row of the log, never changed but by erasing.

    `public` and `private` are canonical JSON objects. `private` holds what a person said; with
    `user_id` and `salt` it becomes NULL when that is erased, and `private_digest`, which the
    chain covers, stays.
    """

    seq: int = Field(sa_column=Column(BIG, primary_key=True, autoincrement=False))
    key: str = Field(sa_column=Column(String, nullable=False, unique=True))
    type: str = Field(sa_column=Column(String, nullable=False))
    created_at: str = Field(sa_column=Column(String, nullable=False, index=True))
    guild_id: str | None = Field(default=None, sa_column=Column(String))
    channel_id: str | None = Field(default=None, sa_column=Column(String))
    user_id: str | None = Field(default=None, sa_column=Column(String, index=True))
    public: str = Field(sa_column=Column(Text, nullable=False))
    private: str | None = Field(default=None, sa_column=Column(Text))
    salt: str | None = Field(default=None, sa_column=Column(String))
    private_digest: str = Field(sa_column=Column(String, nullable=False))
    previous: str = Field(sa_column=Column(String, nullable=False))
    hash: str = Field(sa_column=Column(String, nullable=False))

    __table_args__ = (Index("ix_record_guild_created", "guild_id", "created_at"),)


class Head(SQLModel, table=True):
    """The end of the chain, one row: every writer takes its lock before it appends."""

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    seq: int = Field(sa_column=Column(BIG, nullable=False))
    hash: str = Field(sa_column=Column(String, nullable=False))


class Interaction(SQLModel, table=True):
    """What one interaction was answered. `latency_ms` counts from arrival to the record."""

    seq: int = Field(sa_column=seq_of_record())
    interaction_id: str = Field(sa_column=Column(String, nullable=False, index=True))
    command: str = Field(sa_column=Column(String, nullable=False))
    outcome: str = Field(sa_column=Column(String, nullable=False))
    knowledge_revision: str = Field(sa_column=Column(String, nullable=False))
    language: str | None = Field(default=None, sa_column=Column(String))
    latency_ms: int = Field(sa_column=Column(Integer, nullable=False))
    error_reference: str | None = Field(default=None, sa_column=Column(String))


class Feedback(SQLModel, table=True):
    """Whether an answer helped. `interaction_id` names the interaction that was answered."""

    seq: int = Field(sa_column=seq_of_record())
    interaction_id: str = Field(sa_column=Column(String, nullable=False, index=True))
    helpful: bool = Field(sa_column=Column(Boolean, nullable=False))
    entry_id: str | None = Field(default=None, sa_column=Column(String))


class Share(SQLModel, table=True):
    """An answer posted where all of a channel read it, with its marking at that time."""

    seq: int = Field(sa_column=seq_of_record())
    interaction_id: str = Field(sa_column=Column(String, nullable=False, index=True))
    message_id: str | None = Field(default=None, sa_column=Column(String))
    tlp: str = Field(sa_column=Column(String, nullable=False))


class GuildSetting(SQLModel, table=True):
    """What is set in a server: one row a server, `value` a JSON object."""

    guild_id: str = Field(sa_column=Column(String, primary_key=True))
    value: str = Field(sa_column=Column(Text, nullable=False))
    changed_at: str = Field(sa_column=Column(String, nullable=False))


class Erasure(SQLModel, table=True):
    """Record `erased_seq` lost identity and words; record `seq` says so and sums up all such rows.

    Where only another person's id was struck out of it, `digest` is the digest of what is left.
    """

    seq: int = Field(sa_column=seq_of_record())
    erased_seq: int = Field(
        sa_column=Column(BIG, primary_key=True, autoincrement=False, index=True)
    )
    digest: str | None = Field(default=None, sa_column=Column(String))


def table_of(model: type[SQLModel]) -> Table:
    """The table under a model, for queries in SQLAlchemy's own terms."""
    return SQLModel.metadata.tables[model.__name__.lower()]


RECORD = table_of(Record)
HEAD = table_of(Head)
INTERACTION = table_of(Interaction)
FEEDBACK = table_of(Feedback)
SHARE = table_of(Share)
GUILD_SETTING = table_of(GuildSetting)
ERASURE = table_of(Erasure)
