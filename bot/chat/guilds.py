"""What a server has set: roles, channels, language, situation, retention."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import discord

from bot.chat.text import SOURCE
from bot.journal import FAULTS
from bot.journal.records import now

if TYPE_CHECKING:
    from bot.journal import Journal

log = logging.getLogger(__name__)


def _none_set() -> dict[str, int]:
    return {}


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """Settings of one server. `roles` by office, `channels` by purpose, both as Discord ids."""

    roles: Mapping[str, int] = field(default_factory=_none_set)
    channels: Mapping[str, int] = field(default_factory=_none_set)
    language: str | None = None
    situation: str | None = None
    retention_days: int | None = None
    """None keeps the journal for good."""
    transcript_since: str | None = None
    """From when on every message in a discussion's thread goes to the journal; None: not at all."""

    def with_role(self, office: str, role_id: int | None) -> GuildSettings:
        return replace(self, roles=_put(self.roles, office, role_id))

    def with_channel(self, purpose: str, channel_id: int | None) -> GuildSettings:
        return replace(self, channels=_put(self.channels, purpose, channel_id))

    def channel_for(self, purpose: str, guild: discord.Guild | None) -> discord.TextChannel | None:
        """The server's channel for this purpose, where one is set and still there."""
        channel = guild.get_channel(self.channels.get(purpose, 0)) if guild else None
        return channel if isinstance(channel, discord.TextChannel) else None

    def with_language(self, language: str | None) -> GuildSettings:
        return replace(self, language=language)

    def with_situation(self, situation: str | None) -> GuildSettings:
        return replace(self, situation=situation)

    def with_retention(self, days: int | None) -> GuildSettings:
        return replace(self, retention_days=days)

    @property
    def transcript(self) -> bool:
        """Whether every message in a discussion's thread goes to the journal."""
        return self.transcript_since is not None

    def with_transcript(self, on: bool) -> GuildSettings:
        """Switched on, it holds from this moment; switched on again, from when it first was."""
        if on and self.transcript:
            return self
        return replace(self, transcript_since=now() if on else None)

    def as_json(self) -> dict[str, Any]:
        """Plain data for the journal's store."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> GuildSettings:
        """The settings from the journal's store; what is unknown or malformed there is left out."""
        language = data.get("language")
        situation = data.get("situation")
        days = data.get("retention_days")
        since = data.get("transcript_since")
        return cls(
            roles=_ids(data.get("roles")),
            channels=_ids(data.get("channels")),
            language=language if isinstance(language, str) and language != SOURCE else None,
            situation=situation if isinstance(situation, str) else None,
            retention_days=days if isinstance(days, int) and days > 0 else None,
            transcript_since=since if isinstance(since, str) and since else None,
        )


class Guilds:
    """Settings of all servers, read once and then kept in memory."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._known: dict[int, GuildSettings] = {}

    async def get(self, guild_id: int | None) -> GuildSettings:
        """The settings of a server; the defaults where it has set nothing."""
        if guild_id is None:
            return GuildSettings()
        known = self._known.get(guild_id)
        if known is None:
            try:
                stored = await self._journal.guild_settings(str(guild_id))
            except FAULTS:
                # The defaults name roles, so they give nobody a right that no role gives.
                log.exception("the settings of server %s could not be read", guild_id)
                return GuildSettings()
            known = self._known[guild_id] = GuildSettings.from_json(stored)
        return known

    async def put(self, guild_id: int, settings: GuildSettings, *, user_id: int) -> None:
        """Keep new settings, set by a user; they hold from the next request on."""
        await self._journal.save_guild_settings(
            str(guild_id), settings.as_json(), user_id=str(user_id)
        )
        self._known[guild_id] = settings


def _put(known: Mapping[str, int], key: str, value: int | None) -> dict[str, int]:
    changed = {name: number for name, number in known.items() if name != key}
    if value is not None:
        changed[key] = value
    return changed


def _ids(data: object) -> dict[str, int]:
    if not isinstance(data, Mapping):
        return {}
    return {str(k): int(v) for k, v in data.items() if isinstance(v, int)}  # type: ignore[misc]
