"""Who may do what: offices are Discord roles, by name or as set for the server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import discord

from bot.advice.clearance import OFFICER, SHAREABLE, TEAM, Clearance
from bot.chat.mistakes import Refusal

Office = Literal["officer", "approver", "maintainer"]

ROLE_NAMES: Mapping[Office, str] = MappingProxyType(
    {"officer": "Comms Officer", "approver": "Approver", "maintainer": "Maintainer"}
)
"""The role that holds an office where the server has set none."""


@dataclass(frozen=True, slots=True)
class Access:
    """The offices of one member in one server."""

    offices: frozenset[Office]
    administrator: bool = False

    @property
    def clearance(self) -> Clearance:
        """Any office sees everything; the team sees up to TLP:GREEN."""
        return OFFICER if self.offices else TEAM

    def holds(self, office: Office) -> bool:
        return office in self.offices


DESK: tuple[Office, ...] = ("officer", "approver")
"""Who writes and approves messages: all others are not shown any draft."""


def has_desk(access: Access) -> bool:
    """Whether this member writes or approves messages here."""
    return any(access.holds(office) for office in DESK)


def access_of(user: discord.abc.User, roles: Mapping[str, int]) -> Access:
    """The access of a user, by the roles that the interaction itself brought along.

    `roles` maps an office to the id of the role that the server has set for it.
    """
    if not isinstance(user, discord.Member):
        return Access(frozenset())
    held: set[Office] = set()
    for office, name in ROLE_NAMES.items():
        chosen = roles.get(office)
        if any(role.id == chosen if chosen else role.name == name for role in user.roles):
            held.add(office)
    return Access(frozenset(held), user.guild_permissions.administrator)


def role_name(guild: discord.Guild | None, office: Office, roles: Mapping[str, int]) -> str:
    """The name of the role that holds this office here, for telling people."""
    chosen = roles.get(office)
    role = guild.get_role(chosen) if guild and chosen else None
    return role.name if role else ROLE_NAMES[office]


def require_office(
    access: Access, office: Office, guild: discord.Guild | None, roles: Mapping[str, int]
) -> None:
    """Raises Refusal, naming the missing role and who gives it, where the office is not held."""
    if not access.holds(office):
        raise Refusal("error.needs-role", role=role_name(guild, office, roles))


def require_administrator(access: Access) -> None:
    """Raises Refusal where the member does not administer the server."""
    if not access.administrator:
        raise Refusal("error.needs-administrator")


def require_shareable(tlp: str) -> None:
    """Raises Refusal where the marking forbids showing this to a channel."""
    if tlp not in SHAREABLE:
        raise Refusal("error.not-shareable")


def require_posting(interaction: discord.Interaction) -> None:
    """Raises Refusal where the member, or the bot, may not post in this channel."""
    thread = isinstance(interaction.channel, discord.Thread)
    mine, ours = interaction.permissions, interaction.app_permissions
    if not (mine.send_messages_in_threads if thread else mine.send_messages):
        raise Refusal("error.you-cannot-post")
    may = ours.send_messages_in_threads if thread else ours.send_messages
    if not (may and ours.view_channel):
        raise Refusal("error.bot-cannot-post")
