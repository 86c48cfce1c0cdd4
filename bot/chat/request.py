"""One request from one person: who asks, what they may see, which knowledge answers, and how.

Every command, button and form works inside `request(...)`. It reads one revision of the knowledge
base from start to end, defers by itself when work takes long, writes the journal before anything
is shown, and answers errors.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

import discord

from bot.advice.adviser import Adviser
from bot.advice.answer import Answer
from bot.advice.clearance import SHAREABLE, Clearance
from bot.chat.access import Access, access_of
from bot.chat.cards.answer import Setting, answer_card
from bot.chat.cards.layout import CardView
from bot.chat.errors import answer_error
from bot.chat.guilds import GuildSettings
from bot.chat.mistakes import UserError
from bot.chat.respond import Delivery, defer, send
from bot.chat.text import SOURCE, Markdown, language_of

if TYPE_CHECKING:
    from bot.chat.client import RedlineBot
    from bot.chat.forms import Form
    from bot.chat.services import Services

P = ParamSpec("P")
R = TypeVar("R")

DEFER_AFTER = 1.5
"""Seconds after which an unanswered request is deferred: Discord gives up after three."""


class Request:
    """What a command needs to know. Made by `request`, never by hand."""

    def __init__(
        self,
        interaction: discord.Interaction,
        command: str,
        options: Mapping[str, object],
        *,
        private: bool,
        edit: bool,
        language: str | None,
    ) -> None:
        self.interaction = interaction
        self.bot = bot_of(interaction)
        self.services: Services = self.bot.services
        self.command = command
        self.options: Mapping[str, object] = {
            key: value for key, value in options.items() if value is not None
        }
        self.private = private
        self.edit = edit
        self.adviser: Adviser = self.services.advisers.current
        self.guild = GuildSettings()
        self.access: Access = access_of(interaction.user, {})
        self.chosen_language = language
        self.started = time.perf_counter()
        self.recorded = False
        self.given: str | None = None
        self.origin = interaction.id
        self.done = asyncio.Event()
        self._lock = asyncio.Lock()
        self._timer: asyncio.Task[None] | None = None

    @property
    def clearance(self) -> Clearance:
        """What the asker may see."""
        return self.access.clearance

    @property
    def language(self) -> str:
        """The language to talk to this person in: chosen, else Discord's, else the server's."""
        return self.preferred_language or SOURCE

    @property
    def preferred_language(self) -> str | None:
        """As `language`, but None where nothing says which: then the question may decide."""
        if self.chosen_language:
            return self.chosen_language
        own = language_of(self.interaction.locale)
        return own if own != SOURCE else self.guild.language

    def setting(self, *, back: bool = False, public: bool = False) -> Setting:
        """How a card stands in this request."""
        return Setting(self.language, self.origin, back, public)

    async def think(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run advice outside the event loop: searching is work for the processor."""
        return await asyncio.to_thread(function, *args, **kwargs)

    async def answer(
        self,
        answer: Answer,
        *,
        page: int = 0,
        back: bool = False,
        before: Sequence[Markdown] = (),
    ) -> Delivery:
        """Journal an answer and show its card, with the blocks `before` first.

        Above TLP:GREEN it is private, whatever was asked for.
        """
        private = self.private or answer.outcome == "refused" or answer.tlp not in SHAREABLE
        card = answer_card(answer, self.setting(back=back, public=not private))
        if answer.outcome == "answered" and page == 0:
            # As given, once, and before the blocks that quote the asker's own words come in.
            self.given = card.markdown()
        card.blocks = [*before, *card.blocks]
        return await self.show(
            card.view(page), entries=answer.entries, outcome=answer.outcome, private=private
        )

    async def show(
        self,
        view: CardView,
        *,
        entries: Sequence[str] = (),
        outcome: str = "answered",
        private: bool | None = None,
        files: Sequence[discord.File] = (),
    ) -> Delivery:
        """Journal what is answered, then show it: what people have seen is always on record."""
        await self.record(outcome, entries=entries)
        await self.stop_timer()
        return await send(
            self.interaction,
            view,
            private=self.private if private is None else private,
            edit=self.edit,
            files=files,
        )

    async def show_form(self, form: Form) -> None:
        """Ask for more in a form. It must come before anything else is answered."""
        await self.stop_timer()
        self.bot.open_forms.add(form.custom_id)
        await self.interaction.response.send_modal(form)

    async def record(
        self, outcome: str, *, entries: Sequence[str] = (), detail: str | None = None
    ) -> None:
        """Write this request to the journal, once; an error after an answer is a record more."""
        if self.recorded and outcome != "error":
            return
        self.recorded = True
        await self.services.ledger.interaction(
            self,
            outcome,
            entries=entries,
            detail=detail,
            seconds=time.perf_counter() - self.started,
        )

    async def stop_timer(self) -> None:
        """From here on the request answers for itself. Waits for a deferral that is under way."""
        async with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    async def prepare(self) -> None:
        """Read the server's settings; start the watch that defers."""
        self._timer = asyncio.create_task(self._defer_when_slow())
        self.guild = await self.services.guilds.get(self.interaction.guild_id)
        self.access = access_of(self.interaction.user, self.guild.roles)

    async def _defer_when_slow(self) -> None:
        await asyncio.sleep(DEFER_AFTER)
        async with self._lock:
            await defer(self.interaction, private=self.private, edit=self.edit)


@asynccontextmanager
async def request(
    interaction: discord.Interaction,
    command: str,
    options: Mapping[str, object] | None = None,
    *,
    private: bool = True,
    edit: bool = False,
    language: str | None = None,
) -> AsyncGenerator[Request, None]:
    """The scope of one request. `edit` answers in the place of the message that was clicked.

    Mistakes of the user are answered here; faults go on to the error handler, which answers them.
    """
    asked = Request(
        interaction, command, options or {}, private=private, edit=edit, language=language
    )
    interaction.extras["request"] = asked
    asked.bot.under_way.add(asked)
    try:
        await asked.prepare()
        yield asked
    except UserError as error:
        await asked.stop_timer()
        await answer_error(interaction, error, asked, asked.language)
    finally:
        asked.bot.under_way.discard(asked)
        asked.done.set()
        await asked.stop_timer()


def bot_of(interaction: discord.Interaction[Any]) -> RedlineBot:
    """The bot that got this interaction."""
    return cast("RedlineBot", interaction.client)


def request_of(interaction: discord.Interaction) -> Request | None:
    """The request that an interaction is handled in, where it has come that far."""
    found: Any = interaction.extras.get("request")
    return found if isinstance(found, Request) else None
