"""Listens to messages in threads, only where the operator allows transcripts of discussions."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.chat.client import RedlineBot
from bot.chat.transcript import Transcript


class Listener(commands.Cog):
    """Passes on what Discord tells of messages."""

    def __init__(self, bot: RedlineBot) -> None:
        self.transcript = Transcript(bot)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        await self.transcript.catch_up()

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        await self.transcript.said(message)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        await self.transcript.edited(payload)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        await self.transcript.deleted(payload.channel_id, {payload.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        await self.transcript.deleted(payload.channel_id, payload.message_ids)


async def setup(bot: RedlineBot) -> None:
    """Called by the bot when it starts."""
    if bot.services.settings.transcripts:
        await bot.add_cog(Listener(bot))
