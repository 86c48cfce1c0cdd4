"""What is written to the journal: plain data, made before it is sent to the writer."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.journal.chain import sha256_of

Outcome = Literal["answered", "nothing-on-file", "refused", "error"]
Json = Any

OWN_FIELDS = frozenset(
    {"seq", "key", "type", "created_at", "guild_id", "channel_id", "user_id", "erased"}
)
"""What every exported record says of itself: no field inside may take one of these names."""


def now() -> str:
    """This moment as ISO 8601 in UTC, with microseconds: sorts as text."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


def moment(value: dt.datetime | str) -> str:
    """A time as the journal writes it. Raises ValueError where it has no zone or is no time."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no time zone")
    return value.astimezone(dt.UTC).isoformat(timespec="microseconds")


def new_key() -> str:
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record on its way to the log. `key` makes a repeated write count once.

    `public` stays for good; `private` is what a person said and goes when they are forgotten.
    No person's id may stand in `public`. `given` is the text of the answer that was given, kept
    once for all who got the same; `public["answer_sha256"]` then names it.
    """

    type: str
    public: Mapping[str, Json]
    private: Mapping[str, Json] = field(default_factory=dict[str, Json])
    guild_id: str | None = None
    channel_id: str | None = None
    user_id: str | None = None
    created_at: str = field(default_factory=now)
    key: str = field(default_factory=new_key)
    given: str | None = None


@dataclass(frozen=True, slots=True)
class InteractionRecord:
    """Who asked what, where, and what was answered. Discord ids as strings.

    `answer` is the answer as given, in Markdown and without the asker's words; `tlp` the highest
    marking in it.
    """

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
    tlp: str = "CLEAR"
    answer: str | None = None

    def as_new(self) -> NewRecord:
        public: dict[str, Json] = {
            "interaction_id": self.interaction_id,
            "command": self.command,
            "outcome": self.outcome,
            "knowledge_revision": self.knowledge_revision,
            "latency_ms": self.latency_ms,
            "entries": list(self.entries),
            "language": self.language,
            "error_reference": self.error_reference,
            "tlp": self.tlp,
        }
        if self.answer is not None:
            public["answer_sha256"] = sha256_of(self.answer)
        return NewRecord(
            type="interaction",
            public=public,
            private={"options": dict(self.options)},
            guild_id=self.guild_id,
            channel_id=self.channel_id,
            user_id=self.user_id,
            given=self.answer,
        )


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it is read back; `private` is None where it was erased."""

    seq: int
    key: str
    type: str
    created_at: str
    guild_id: str | None
    channel_id: str | None
    user_id: str | None
    public: Mapping[str, Json]
    private: Mapping[str, Json] | None

    @property
    def erased(self) -> bool:
        """Whether a person was forgotten here, or the time to keep it is over."""
        return self.private is None

    def flat(self) -> dict[str, Json]:
        """One JSON object for exports: the record's own fields, then what is in it."""
        found: dict[str, Json] = {
            "seq": self.seq,
            "type": self.type,
            "created_at": self.created_at,
            "guild_id": self.guild_id,
            "channel_id": self.channel_id,
            "user_id": self.user_id,
            **self.public,
            **(self.private or {}),
        }
        if self.type == "interaction":
            found.setdefault("options", None)
        if self.erased:
            found["erased"] = True
        return found
