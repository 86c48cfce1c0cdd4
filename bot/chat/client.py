"""The bot itself: a Discord client without any privileged intent, transcripts apart."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import hashlib
import importlib
import json
import logging
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import discord
from discord import InteractionType, app_commands
from discord.ext import commands

from bot.chat import commands as command_package
from bot.chat.buttons import Action, handler_of
from bot.chat.custom_ids import PATTERN, Ref
from bot.chat.errors import answer_error
from bot.chat.mistakes import UserError
from bot.chat.request import Request, request, request_of
from bot.chat.services import Services
from bot.chat.text import CatalogueTranslator, language_of
from bot.chat.warnings import warn_of_knowledge
from bot.knowledge.store import ReloadReport

log = logging.getLogger(__name__)

INTENTS = discord.Intents(guilds=True)
"""Servers, their channels and roles: all that slash commands and menus need. None is privileged."""

TRANSCRIPT_INTENTS = discord.Intents(guilds=True, guild_messages=True, message_content=True)
"""Where the operator allows transcripts of discussions: messages with their words, too."""

# The bot never speaks: discord.py need not warn that voice libraries are missing.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False

SYNC_STATE = "commands.json"
"""In the data directory: which commands Discord was last told of."""


class RedlineTree(app_commands.CommandTree["RedlineBot"]):
    """The command tree; its errors go to the one handler."""

    async def on_error(
        self,
        interaction: discord.Interaction[RedlineBot],
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        await interaction.client.failed(interaction, error)


class RedlineBot(commands.Bot):
    """Redline in Discord. What outlives it (journal, knowledge, health) is in `services`."""

    def __init__(self, services: Services, *, always_sync: bool = False) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=TRANSCRIPT_INTENTS if services.settings.transcripts else INTENTS,
            tree_cls=RedlineTree,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            max_messages=None,
        )
        self.services = services
        self.open_forms: set[str] = set()
        self.under_way: set[Request] = set()
        self._always_sync = always_sync
        self._unsubscribe: Callable[[], None] | None = None
        services.health.watch_gateway(self.is_ready)

    async def setup_hook(self) -> None:
        """Load the command groups, the persistent buttons and the translations; sync if needed."""
        self.add_dynamic_items(Action)
        # Not as extensions: discord.py would execute them, and what they register, for every bot.
        if not self.cogs:
            for found in pkgutil.iter_modules(command_package.__path__):
                module = importlib.import_module(f"{command_package.__name__}.{found.name}")
                await module.setup(self)
        self._unsubscribe = self.services.store.subscribe(
            functools.partial(self._reloaded, asyncio.get_running_loop())
        )
        await self.tree.set_translator(CatalogueTranslator())
        await self.sync_commands()

    async def sync_commands(self) -> bool:
        """Tell Discord of the commands where they have changed since it was last told."""
        digest = await self._tree_hash()
        state = self.services.settings.data_dir / SYNC_STATE
        known = {"application": str(self.application_id), "sha256": digest}
        if not self._always_sync and _read_state(state) == known:
            log.info("commands are up to date")
            return False
        synced = await self.tree.sync()
        if not self._always_sync:
            _write_state(state, known)
        log.info("told Discord of %d commands", len(synced))
        return True

    async def _tree_hash(self) -> str:
        translator = self.tree.translator
        payloads: list[Any] = [
            await command.get_translated_payload(self.tree, translator)
            if translator
            else command.to_dict(self.tree)
            for command in self.tree.get_commands(type=None)
        ]
        text = json.dumps(payloads, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    async def clicked(
        self, interaction: discord.Interaction, ref: Ref, values: tuple[str, ...]
    ) -> None:
        """Do what a button or select of ours stands for. Never raises."""
        message = interaction.message
        own = message is not None and message.flags.ephemeral
        options: dict[str, object] = {"entry": ref.entry or None, "page": ref.page or None}
        if values:
            options["values"] = list(values)
        if ref.origin:
            options["origin"] = str(ref.origin)
        try:
            async with request(
                interaction,
                f"button {ref.action}",
                options,
                private=True,
                edit=own,
                language=ref.language if own and ref.language else None,
            ) as asked:
                asked.origin = ref.origin or interaction.id
                await handler_of(ref.action)(asked, ref, values)
        except Exception as error:
            await self.failed(interaction, error)

    async def failed(self, interaction: discord.Interaction, error: BaseException) -> None:
        """Answer an error, wherever it comes from."""
        asked = request_of(interaction)
        if asked is not None:
            await asked.stop_timer()
        language = asked.language if asked else language_of(interaction.locale)
        await answer_error(interaction, error, asked, language)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Answer clicks on what this version of the bot no longer knows."""
        custom_id = str(cast("dict[str, Any]", interaction.data or {}).get("custom_id", ""))
        if interaction.type is InteractionType.component:
            if PATTERN.fullmatch(custom_id) is None:
                await self.failed(interaction, UserError("error.old-button"))
        elif interaction.type is InteractionType.modal_submit and custom_id not in self.open_forms:
            await self.failed(interaction, UserError("error.old-form"))

    async def on_message(self, message: discord.Message, /) -> None:
        """Messages are no commands, not even where the intents for transcripts bring them."""

    def _reloaded(self, loop: asyncio.AbstractEventLoop, report: ReloadReport) -> None:
        """Called in the thread that reloads."""
        if report.refused:
            asyncio.run_coroutine_threadsafe(warn_of_knowledge(self, report), loop)

    async def close(self) -> None:
        """Leave Discord."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        await super().close()

    async def finish(self, patience: float) -> None:
        """Wait, at most `patience` seconds, until every request under way is answered."""
        answered = [asked.done.wait() for asked in self.under_way]
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*answered), patience)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        log.exception("fault in the event %s", event_method)


def _read_state(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write_state(path: Path, state: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(state), encoding="utf-8")
    fresh.replace(path)
