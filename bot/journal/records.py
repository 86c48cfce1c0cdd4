"""What is written to the journal: plain data, made before it is sent to the writer."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Outcome = Literal["answered", "nothing-on-file", "refused", "error"]
Json = Any


def now() -> str:
    """This moment as ISO 8601 in UTC, with microseconds: sorts as text."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record on its way to the log. `key` makes a repeated write count once.

    `public` stays for good; `private` is what a person said and goes when they are forgotten.
    """

    type: str
    public: Mapping[str, Json]
    private: Mapping[str, Json] = field(default_factory=dict[str, Json])
    guild_id: str | None = None
    channel_id: str | None = None
    user_id: str | None = None
    created_at: str = field(default_factory=now)
    key: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True, slots=True)
class InteractionRecord:
    """Who asked what, where, and what was answered. Discord ids as strings."""

    interaction_id: str
    command: str
    outcome: Outcome
    knowledge_revision: str
    latency_ms: int
    guild_id: str | None = None
    channel_id: str | None = None
    user_id: str | None = None
    options: Mapping[str, Json] = field(default_factory=dict[str, Json])
    entries: tuple[str, ...] = ()
    language: str | None = None
    error_reference: str | None = None

    def as_new(self) -> NewRecord:
        return NewRecord(
            type="interaction",
            public={
                "interaction_id": self.interaction_id,
                "command": self.command,
                "outcome": self.outcome,
                "knowledge_revision": self.knowledge_revision,
                "latency_ms": self.latency_ms,
                "entries": list(self.entries),
                "language": self.language,
                "error_reference": self.error_reference,
            },
            private={"options": dict(self.options)},
            guild_id=self.guild_id,
            channel_id=self.channel_id,
            user_id=self.user_id,
        )


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it is read back; `private` is None where the person was forgotten."""

    seq: int
    key: str
    type: str
    created_at: str
    guild_id: str | None
    channel_id: str | None
    user_id: str | None
    public: Mapping[str, Json]
    private: Mapping[str, Json] | None
