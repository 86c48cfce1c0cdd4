"""The full transcript of discussions: where the operator allows it and the server has chosen it,
every message in a discussion's thread goes to the journal, with its edits and deletions."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

import discord

from bot.chat.cards.discuss import transcript_notice
from bot.chat.cards.layout import notice
from bot.chat.discuss import thread_of
from bot.chat.message_text import text_of
from bot.chat.respond import NO_MENTIONS
from bot.chat.text import SOURCE
from bot.journal import FAULTS, Discussion, DiscussionState, JournalLost, NewEvent

if TYPE_CHECKING:
    from bot.chat.client import RedlineBot
    from bot.chat.request import Request

log = logging.getLogger(__name__)

MOST_THREADS = 200
"""Open discussions of a server that are told of a change."""

MOST_MISSED = 2000
"""Messages of one thread that are taken in after the bot was away."""

KEPT_TYPES = frozenset({discord.MessageType.default, discord.MessageType.reply})
"""What people say; what Discord itself says (pins, renames) is left out."""


class Transcript:
    """Writes down what is said in the threads of open discussions."""

    def __init__(self, bot: RedlineBot) -> None:
        self._bot = bot
        self._known: dict[int, str] = {}

    async def said(self, message: discord.Message) -> None:
        """A message was sent."""
        if message.type not in KEPT_TYPES or message.author.id == self._own_id:
            return
        discussion_id = await self._discussion(message.channel)
        if discussion_id is None:
            return
        await self._write(
            NewEvent(
                discussion_id,
                "message",
                _whole(message),
                str(message.author.id),
                occurred_at=message.created_at.isoformat(),
                message_id=str(message.id),
                message_link=message.jump_url,
                key=f"message-{message.id}",
            )
        )

    async def edited(self, payload: discord.RawMessageUpdateEvent) -> None:
        """A message was given other words; that Discord adds a preview to it is no edit."""
        message = payload.message
        if message.edited_at is None or message.author.id == self._own_id:
            return
        if message.type not in KEPT_TYPES:
            return
        discussion_id = await self._discussion(self._bot.get_channel(payload.channel_id))
        if discussion_id is None:
            return
        await self._write(
            NewEvent(
                discussion_id,
                "edit",
                _whole(message),
                str(message.author.id),
                occurred_at=message.edited_at.isoformat(),
                message_link=message.jump_url,
                refers_to=str(message.id),
                # Later updates of the same message bring the same moment of its last edit.
                key=f"edit-{message.id}-{int(message.edited_at.timestamp() * 1000)}",
            )
        )

    async def deleted(self, channel_id: int, message_ids: set[int]) -> None:
        """Messages were deleted; Discord does not say by whom."""
        discussion_id = await self._discussion(self._bot.get_channel(channel_id))
        if discussion_id is None:
            return
        for message_id in sorted(message_ids):
            await self._write(
                NewEvent(
                    discussion_id,
                    "delete",
                    "",
                    None,
                    refers_to=str(message_id),
                    key=f"delete-{message_id}",
                )
            )

    async def catch_up(self) -> None:
        """Take in what was said in open discussions while the bot was away."""
        for guild in self._bot.guilds:
            settings = await self._bot.services.guilds.get(guild.id)
            if settings.transcript_since is None:
                continue
            try:
                found = await self._bot.services.journal.discussions.find(
                    str(guild.id), state="open", limit=MOST_THREADS
                )
                for discussion in found:
                    await self._catch_up(discussion, settings.transcript_since)
            except (*FAULTS, discord.HTTPException) as error:
                log.warning("server %s: the transcript has a gap: %s", guild.id, error)

    async def _catch_up(self, discussion: Discussion, since: str) -> None:
        thread = await thread_of(self._bot, discussion)
        whole = await self._bot.services.journal.discussions.get(discussion.discussion_id)
        if thread is None or whole is None:
            return
        logged = [event.occurred_at for event in whole.timeline if event.event == "message"]
        after = dt.datetime.fromisoformat(max([since, discussion.started_at, *logged[-1:]]))
        # What is on record already counts once: its key says so.
        after -= dt.timedelta(seconds=1)
        since_then = dt.datetime.fromisoformat(since)
        async for message in thread.history(limit=MOST_MISSED, after=after, oldest_first=True):
            if message.created_at >= since_then:
                await self.said(message)

    @property
    def _own_id(self) -> int:
        return self._bot.user.id if self._bot.user else 0

    async def _discussion(self, channel: object) -> str | None:
        """The open discussion that a channel is the thread of, where its server wants all of it."""
        if not isinstance(channel, discord.Thread) or channel.owner_id != self._own_id:
            return None
        settings = await self._bot.services.guilds.get(channel.guild.id)
        if not settings.transcript:
            return None
        try:
            found = await self._bot.services.journal.discussions.in_thread(str(channel.id))
        except FAULTS:
            # The journal spools what it is given while the database is away.
            return self._known.get(channel.id)
        if found is not None:
            self._known[channel.id] = found
        else:
            self._known.pop(channel.id, None)
        return found

    async def _write(self, event: NewEvent) -> None:
        try:
            await self._bot.services.journal.discussions.add(event)
        except DiscussionState:
            return  # closed in this very moment
        except (*FAULTS, JournalLost):
            log.critical("the transcript lost an event of discussion %s", event.discussion_id)


def _whole(message: discord.Message) -> str:
    """Everything in a message: its words, and the names and addresses of what is attached."""
    files = [f"[{attached.filename}] {attached.url}" for attached in message.attachments]
    stickers = [f"[{sticker.name}]" for sticker in message.stickers]
    return "\n".join(part for part in (text_of(message), *files, *stickers) if part)


async def announce(asked: Request, *, on: bool) -> None:
    """Tell every open discussion of a server that from now on all is logged, or no longer."""
    found = await asked.services.journal.discussions.find(
        str(asked.interaction.guild_id), state="open", limit=MOST_THREADS
    )
    language = asked.guild.language or SOURCE
    view = notice(transcript_notice(on=on, language=language), language=language)
    for discussion in found:
        thread = await thread_of(asked.bot, discussion)
        if thread is None:
            continue
        try:
            await thread.send(view=view, allowed_mentions=NO_MENTIONS)
        except discord.HTTPException as error:
            log.warning("thread %s was not told of the transcript: %s", thread.id, error)
