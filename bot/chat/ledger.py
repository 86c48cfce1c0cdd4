"""What the chat writes to the journal and reads back from it."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

import discord

from bot.advice.clearance import highest
from bot.journal import FAULTS, InteractionRecord, Journal, JournalLost
from bot.journal.records import Outcome
from bot.knowledge.snapshot import Snapshot

if TYPE_CHECKING:
    from bot.chat.request import Request

log = logging.getLogger(__name__)

REMEMBERED = 2000
"""Latest questions kept in memory: Back works at once, and while the database is away."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an interaction asked."""

    user_id: int
    command: str
    options: Mapping[str, Any]


class Shareable(Protocol):
    """What can be posted to a channel: the entries in it, and its marking."""

    @property
    def entries(self) -> tuple[str, ...]: ...

    @property
    def tlp(self) -> str: ...


class Ledger:
    """The journal as the chat uses it. A journal that fails never keeps an answer back."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._latest: OrderedDict[int, Asked] = OrderedDict()

    async def interaction(
        self,
        asked: Request,
        outcome: str,
        *,
        entries: Sequence[str],
        detail: str | None,
        seconds: float,
    ) -> None:
        """Put a request and what it was answered on record. Returns when that is durable."""
        interaction = asked.interaction
        self._remember(
            interaction.id, Asked(interaction.user.id, asked.command, dict(asked.options))
        )
        record = InteractionRecord(
            interaction_id=str(interaction.id),
            command=asked.command,
            outcome=cast("Outcome", outcome),
            knowledge_revision=asked.adviser.snapshot.revision,
            latency_ms=round(seconds * 1000),
            guild_id=_text(interaction.guild_id),
            channel_id=_text(interaction.channel_id),
            user_id=str(interaction.user.id),
            options=asked.options,
            entries=tuple(entries),
            language=asked.language,
            error_reference=detail,
            tlp=_marking(asked.adviser.snapshot, entries),
            answer=asked.given,
        )
        try:
            await self._journal.record_interaction(record)
        except JournalLost:
            log.critical("the journal lost the record of interaction %s", interaction.id)

    async def feedback(self, asked: Request, origin: int, entry: str, *, helpful: bool) -> None:
        """Put on record whether the answer to `origin` helped."""
        await self._journal.record_feedback(
            interaction_id=str(origin),
            helpful=helpful,
            **_where(asked.interaction),
            user_id=str(asked.interaction.user.id),
            entry_id=entry or None,
        )

    async def share(self, asked: Request, answer: Shareable) -> None:
        """Put on record who posts what to the channel, before it is posted."""
        await self._journal.record_share(
            interaction_id=str(asked.interaction.id),
            message_id=None,
            entries=answer.entries,
            tlp=answer.tlp,
            **_where(asked.interaction),
            user_id=str(asked.interaction.user.id),
        )

    async def asked(self, interaction_id: int, *, user_id: int) -> Asked | None:
        """What this user asked in an earlier interaction; None where it is not on record.

        What somebody else asked is not told: a question can be as sensitive as its answer.
        """
        found = self._latest.get(interaction_id) or await self._stored(interaction_id)
        return found if found is not None and found.user_id == user_id else None

    async def health(self) -> dict[str, Any]:
        """The state of database and spool."""
        return await self._journal.health()

    def forget(self, user_id: int) -> None:
        """Drop from memory what a person asked."""
        for key in [key for key, asked in self._latest.items() if asked.user_id == user_id]:
            del self._latest[key]

    async def _stored(self, interaction_id: int) -> Asked | None:
        try:
            record = await self._journal.interaction(str(interaction_id))
        except FAULTS:
            log.exception("the journal could not be read")
            return None
        if record is None or record.private is None or record.user_id is None:
            return None
        options: dict[str, Any] = record.private.get("options") or {}
        return Asked(int(record.user_id), str(record.public["command"]), options)

    def _remember(self, interaction_id: int, asked: Asked) -> None:
        self._latest.setdefault(interaction_id, asked)
        while len(self._latest) > REMEMBERED:
            self._latest.popitem(last=False)


def _where(interaction: discord.Interaction) -> dict[str, str | None]:
    return {
        "guild_id": _text(interaction.guild_id),
        "channel_id": _text(interaction.channel_id),
    }


def _text(identifier: int | None) -> str | None:
    return str(identifier) if identifier else None


def _marking(snapshot: Snapshot, entries: Sequence[str]) -> str:
    """The most closed marking of what was answered, as the journal writes it."""
    found = [entry.tlp for key in entries if (entry := snapshot.get(key)) is not None]
    return highest(found).upper()
