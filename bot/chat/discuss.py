"""Discussions in threads: where one may be opened, which one is meant, and posting to it."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import discord

from bot.advice.answer import Answer
from bot.chat.access import require_shareable
from bot.chat.cards.answer import answer_card
from bot.chat.cards.discuss import Said, opening_card, said_card
from bot.chat.cards.layout import Card, notice
from bot.chat.custom_ids import base36
from bot.chat.journal_away import journal_needed
from bot.chat.mistakes import Refusal, UserError
from bot.chat.respond import NO_MENTIONS
from bot.chat.text import Markdown, shortened, t, visible
from bot.journal import Discussion, NewDiscussion

if TYPE_CHECKING:
    from bot.chat.client import RedlineBot
    from bot.chat.request import Request

log = logging.getLogger(__name__)

THREAD_NAME = 100
IDLE_FOR = 10080
"""Minutes without a message after which Discord folds the thread away: its longest, a week."""

TOO_MANY_THREADS = 160006
"""Discord's code for a server that has as many active threads as it may."""


def journalled() -> AbstractContextManager[None]:
    """What is shown is logged: without the journal nothing is done in a discussion."""
    return journal_needed("error.journal-away")


def require_place(interaction: discord.Interaction) -> discord.TextChannel:
    """The channel in which a thread can be opened. Raises UserError with the way out elsewhere."""
    channel = interaction.channel
    if interaction.guild is None:
        raise UserError("error.only-in-servers")
    if isinstance(channel, discord.Thread):
        raise UserError("error.thread-in-thread", channel=Markdown(f"<#{channel.parent_id}>"))
    if not isinstance(channel, discord.TextChannel):
        raise UserError("error.no-threads-here")
    mine, ours = interaction.permissions, interaction.app_permissions
    if not (mine.create_public_threads and mine.send_messages_in_threads):
        raise Refusal("error.you-cannot-open-threads")
    if not (ours.create_public_threads and ours.send_messages_in_threads and ours.view_channel):
        raise Refusal("error.bot-cannot-open-threads")
    return channel


async def start(
    asked: Request, title: str, answer: Answer | None, *, interaction_id: int | None = None
) -> None:
    """Open a thread, put the discussion on record, and post the card of what is discussed.

    `interaction_id` is the interaction whose answer is discussed, where that was an earlier one.
    """
    interaction = asked.interaction
    channel = require_place(interaction)
    if answer is not None:
        require_shareable(answer.tlp)
    if not visible(title).strip():
        raise UserError("error.empty-title")
    discussion_id = f"d-{base36(interaction.id)}"
    transcript = asked.guild.transcript and asked.services.settings.transcripts
    card = opening_card(
        discussion_id,
        title,
        answer,
        starter=str(interaction.user.id),
        language=asked.language,
        transcript=transcript,
    )
    entries = answer.entries if answer else ()
    if answer is not None and answer.outcome == "answered":
        asked.given = answer_card(answer, asked.setting(public=True)).markdown()
    thread = await _open_thread(channel, title)
    new = NewDiscussion(
        discussion_id,
        title,
        str(interaction.user.id),
        guild_id=str(channel.guild.id),
        thread_id=str(thread.id),
        parent_id=str(channel.id),
        entries=(answer.entry_id,) if answer and answer.entry_id else (),
        tlp=answer.tlp.upper() if answer else "CLEAR",
        knowledge_revision=asked.adviser.snapshot.revision,
        interaction_id=str(interaction_id or interaction.id),
    )
    try:
        with journalled():
            await asked.services.journal.discussions.start(new)
    except UserError as error:
        view = notice(error.text(asked.language), language=asked.language, accent="fault")
        await thread.send(view=view, allowed_mentions=NO_MENTIONS)
        await put_away(thread)
        raise
    await asked.record(answer.outcome if answer else "answered", entries=entries)
    await thread.send(view=card.view(), allowed_mentions=NO_MENTIONS)
    # The same buttons here: one can go on without going there.
    reply = Card(language=asked.language, accent="notice", rows=card.rows)
    reply.blocks = [t("discuss.started", asked.language, thread=Markdown(thread.mention))]
    await asked.show(reply.view(), private=True)


async def _open_thread(channel: discord.TextChannel, title: str) -> discord.Thread:
    try:
        return await channel.create_thread(
            name=shortened(title, THREAD_NAME),
            type=discord.ChannelType.public_thread,
            auto_archive_duration=IDLE_FOR,
        )
    except discord.Forbidden:
        raise Refusal("error.bot-cannot-open-threads") from None
    except discord.HTTPException as error:
        if error.code == TOO_MANY_THREADS:
            raise UserError("error.too-many-threads") from None
        raise


async def meant(asked: Request, given: str | None, *, even_closed: bool = False) -> Discussion:
    """The discussion that is named, or that this thread holds, without its timeline.

    Raises UserError where there is none that this person may see, or where it is closed.
    """
    discussions = asked.services.journal.discussions
    with journalled():
        found_id = given or await discussions.of_thread(str(asked.interaction.channel_id))
        found = await discussions.head(found_id) if found_id else None
    if found is None or not may_see(asked.interaction, found):
        raise UserError("error.no-such-discussion" if given else "error.not-in-a-discussion")
    if found.state != "open" and not even_closed:
        raise UserError("error.discussion-closed")
    return found


def may_see(interaction: discord.Interaction, discussion: Discussion) -> bool:
    """Whether a member may read the thread of a discussion: as far as its channel, as Discord."""
    if discussion.guild_id is None or discussion.guild_id != str(interaction.guild_id):
        return False
    if discussion.thread_id == str(interaction.channel_id):
        return True
    guild, member = interaction.guild, interaction.user
    parent = guild.get_channel(int(discussion.parent_id or 0)) if guild else None
    if parent is None or not isinstance(member, discord.Member):
        return False
    return parent.permissions_for(member).view_channel


async def thread_of(bot: RedlineBot, discussion: Discussion) -> discord.Thread | None:
    """The thread of a discussion, also one that is folded away; None where it is gone."""
    if discussion.thread_id is None:
        return None
    known = bot.get_channel(int(discussion.thread_id))
    if known is None:
        try:
            known = await bot.fetch_channel(int(discussion.thread_id))
        except (discord.NotFound, discord.Forbidden):
            return None
    return known if isinstance(known, discord.Thread) else None


class Desk:
    """Where a card of a discussion is posted: in its thread, wherever the command was used."""

    def __init__(self, asked: Request, discussion: Discussion, thread: discord.Thread) -> None:
        self.asked = asked
        self.discussion = discussion
        self.thread = thread

    @classmethod
    async def of(cls, asked: Request, discussion: Discussion) -> Desk:
        """Raises UserError where the thread is gone, or where this person may not write there."""
        thread = await thread_of(asked.bot, discussion)
        if thread is None:
            raise UserError("error.thread-gone")
        member = asked.interaction.user
        if asked.interaction.channel_id == thread.id:
            may = asked.interaction.permissions.send_messages_in_threads
        else:
            parent = thread.parent
            may = (
                parent is not None
                and isinstance(member, discord.Member)
                and parent.permissions_for(member).send_messages_in_threads
            )
        if not may:
            raise Refusal("error.you-cannot-write-there")
        return cls(asked, discussion, thread)

    async def post(self, card: Card, *, entries: tuple[str, ...] = ()) -> None:
        """Post a card; nobody is called by it."""
        asked = self.asked
        if asked.interaction.channel_id == self.thread.id:
            asked.edit = False
            await asked.show(card.view(), entries=entries, private=False)
            await self._rest(card)
            return
        await asked.record("answered", entries=entries)
        try:
            await self.thread.send(view=card.view(), allowed_mentions=NO_MENTIONS)
            await self._rest(card)
        except discord.Forbidden:
            raise Refusal("error.bot-cannot-write-there") from None
        link = Markdown(self.thread.mention)
        await asked.show(
            notice(t("discuss.posted", asked.language, thread=link), language=asked.language),
            private=True,
        )

    async def _rest(self, card: Card) -> None:
        """Words that take more than one page follow below, where no button turns to them."""
        if card.turn is None:
            for page in range(1, len(card.pages())):
                await self.thread.send(view=card.view(page), allowed_mentions=NO_MENTIONS)

    async def post_said(self, said: Said) -> None:
        """Post the card of something that was added."""
        entry = self.asked.adviser.snapshot.get(said.entry) if said.entry else None
        card = said_card(said, self.asked.language, entry.title if entry else "")
        await self.post(card, entries=(said.entry,) if said.entry else ())


async def put_away(thread: discord.Thread) -> bool:
    """Archive a thread; False where Discord does not allow it."""
    try:
        await thread.edit(archived=True)
    except discord.HTTPException as error:
        log.warning("thread %s could not be archived: %s", thread.id, error)
        return False
    return True


def require_shareable_entry(asked: Request, entry_id: str) -> None:
    """Raises UserError for an entry that is not there, Refusal for one not for a channel."""
    entry = asked.adviser.snapshot.get(entry_id)
    if entry is None:
        raise UserError("error.gone", entry=entry_id)
    require_shareable(entry.tlp)


def text_given(text: str) -> str:
    """What somebody typed, without white space around it. Raises UserError where that is all."""
    if not visible(text).strip():
        raise UserError("error.empty-text")
    return text.strip()
