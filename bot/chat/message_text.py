"""The text of a message that somebody points at."""

from __future__ import annotations

from collections.abc import Iterable

import discord
from discord import ui


def text_of(message: discord.Message) -> str:
    """Everything that is to be read in a message: its content, its embeds, its components."""
    return "\n".join(part.strip() for part in _parts(message) if part and part.strip())


def _parts(message: discord.Message) -> Iterable[str | None]:
    yield message.content
    for forwarded in message.message_snapshots:
        yield forwarded.content
    for embed in message.embeds:
        yield embed.title
        yield embed.description
        for field in embed.fields:
            yield field.value
    if message.flags.components_v2:
        for item in ui.LayoutView.from_message(message, timeout=None).walk_children():
            if isinstance(item, ui.TextDisplay):
                yield item.content
