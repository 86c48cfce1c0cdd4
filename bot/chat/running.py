"""The bot on Discord, from start to an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Generator

import discord

from bot.chat.client import RedlineBot
from bot.chat.drafting.expiry import expiring
from bot.chat.logs import set_up
from bot.chat.reminders import reminding
from bot.chat.services import application
from bot.journal import DriverMissing, SchemaTooNew
from bot.knowledge.store import KnowledgeError
from bot.settings import Settings

log = logging.getLogger(__name__)

GOODBYE = 10.0
"""Seconds for requests under way to be answered before the connection closes."""


class StartError(Exception):
    """The bot can't start; the message says why and what to do."""


@contextlib.contextmanager
def explained() -> Generator[None]:
    """Turn what keeps the bot from starting into StartError."""
    try:
        yield
    except (KnowledgeError, SchemaTooNew, DriverMissing) as error:
        raise StartError(str(error)) from error
    except discord.LoginFailure:
        raise StartError(
            "Discord does not accept the token. Check DISCORD_TOKEN, or reset the token of your "
            "bot at https://discord.com/developers/applications."
        ) from None
    except discord.PrivilegedIntentsRequired:
        raise StartError(
            "REDLINE_TRANSCRIPTS is on, but Discord does not grant the Message Content intent. "
            "Switch it on for your bot at https://discord.com/developers/applications, or set "
            "REDLINE_TRANSCRIPTS=false."
        ) from None
    except OSError as error:
        raise StartError(f"The bot could not start: {error}") from error


async def run_on_discord(settings: Settings) -> int:
    """Run until SIGTERM or Ctrl-C. Returns the exit code: 0, or 1 where it could not start."""
    set_up(settings)
    token = settings.discord_token
    if token is None:
        raise ValueError("no token")
    try:
        with explained():
            async with application(settings) as services:
                await _until_stopped(RedlineBot(services), token.get_secret_value())
    except StartError as error:
        log.critical("%s", error)
        return 1
    return 0


async def _until_stopped(bot: RedlineBot, token: str) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no handlers in the loop: there KeyboardInterrupt ends the program.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    async with bot, reminding(bot), expiring(bot):
        connected = asyncio.create_task(bot.start(token), name="discord")
        stopped = asyncio.create_task(stop.wait(), name="stop-signal")
        await asyncio.wait({connected, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if stopped.done():
            log.info("stopping: finishing %d requests under way", len(bot.under_way))
            await bot.finish(GOODBYE)
        stopped.cancel()
        await bot.close()
        if stop.is_set():
            connected.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await connected
