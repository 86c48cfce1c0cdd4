"""The journal's tables. `record` is the chained log; the others are views of it for queries."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text
from sqlmodel import Field, SQLModel


class Record(SQLModel, table=True):
    """One row of the log, never changed but by forgetting.

    `public` and `private` are canonical JSON objects. `private` holds what a person said; with
    `user_id` and `salt` it becomes NULL when that person is forgotten, and `private_digest`, which
    the chain covers, stays.
    """

    seq: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    key: str = Field(sa_column=Column(String(36), nullable=False, unique=True))
    type: str = Field(sa_column=Column(String(20), nullable=False, index=True))
    created_at: str = Field(sa_column=Column(String(32), nullable=False, index=True))
    guild_id: str | None = Field(default=None, sa_column=Column(String(20)))
    channel_id: str | None = Field(default=None, sa_column=Column(String(20)))
    user_id: str | None = Field(default=None, sa_column=Column(String(20), index=True))
    public: str = Field(sa_column=Column(Text, nullable=False))
    private: str | None = Field(default=None, sa_column=Column(Text))
    salt: str | None = Field(default=None, sa_column=Column(String(32)))
    private_digest: str = Field(sa_column=Column(String(64), nullable=False))
    previous: str = Field(sa_column=Column(String(64), nullable=False))
    hash: str = Field(sa_column=Column(String(64), nullable=False))

    __table_args__ = (Index("ix_record_guild_created", "guild_id", "created_at"),)


class Head(SQLModel, table=True):
    """The end of the chain, one row: every writer takes its lock before it appends."""

    id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    seq: int = Field(sa_column=Column(Integer, nullable=False))
    hash: str = Field(sa_column=Column(String(64), nullable=False))


class Interaction(SQLModel, table=True):
    """What one interaction asked and was answered. `latency_ms` from arrival to the record."""

    seq: int = Field(
        sa_column=Column(Integer, ForeignKey("record.seq"), primary_key=True, autoincrement=False)
    )
    interaction_id: str = Field(sa_column=Column(String(20), nullable=False, index=True))
    command: str = Field(sa_column=Column(String(64), nullable=False, index=True))
    outcome: str = Field(sa_column=Column(String(20), nullable=False))
    knowledge_revision: str = Field(sa_column=Column(String(64), nullable=False))
    language: str | None = Field(default=None, sa_column=Column(String(8)))
    latency_ms: int = Field(sa_column=Column(Integer, nullable=False))
    error_reference: str | None = Field(default=None, sa_column=Column(String(20)))


class GuildSetting(SQLModel, table=True):
    """What is set in a server: one row a server, `value` a JSON object."""

    guild_id: str = Field(sa_column=Column(String(20), primary_key=True))
    value: str = Field(sa_column=Column(Text, nullable=False))
    changed_at: str = Field(sa_column=Column(String(32), nullable=False))


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[model.__name__.lower()]


RECORD = _table(Record)
HEAD = _table(Head)
INTERACTION = _table(Interaction)
GUILD_SETTING = _table(GuildSetting)
