"""The real bot in a local browser page: no token, no Discord, no network.

SimCord stands in for Discord in this very process and shows it as a page on this machine. The
journal, the knowledge base and every answer are the real ones.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import signal
import webbrowser
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.settings import Settings

if TYPE_CHECKING:
    from simcord.env import Env
    from simcord.preview import Preview

SERVER = "Strategic Communications Desk"
CHANNELS = {
    "desk": "Ask, draft and discuss. Type / for the commands.",
    "newsroom": "What others say: statements to match and to answer.",
}
VIEWERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "olga": ("Olga (Comms Officer)", ("Comms Officer",)),
    "aldis": ("Aldis (Approver)", ("Approver",)),
    "mindaugas": ("Mindaugas (Maintainer)", ("Maintainer",)),
    "tiina": ("Tiina (team member)", ()),
}
"""People to look through the eyes of: user name, display name, roles."""

STATEMENT = (
    "The foreign battalions were never invited by ordinary people. They are an occupation, and the "
    "moment they go home there will be peace on the Baltic coast."
)
"""Made up for trying out: a post as it might turn up in the newsroom."""


class PreviewUnavailableError(Exception):
    """The page cannot be shown; the message says what to install or to change."""


@asynccontextmanager
async def preview(settings: Settings, *, port: int | None = None) -> AsyncGenerator[Preview, None]:
    """Run the bot in a simulated Discord and serve its page; yields the running page.

    Its `url` is the key to the page: whoever has it drives the bot. Raises
    PreviewUnavailableError where the extra is missing or the port is taken.
    """
    try:
        from simcord.backend.errors import SetupError  # noqa: PLC0415 -- an extra may be missing
        from simcord.env import Env  # noqa: PLC0415
    except ModuleNotFoundError:
        raise PreviewUnavailableError(
            "The preview needs an extra. Install it with: pip install 'redline-bot[preview]'"
        ) from None
    # The bot is built on discord.py, which the command line should not wait for.
    from bot.chat.client import RedlineBot  # noqa: PLC0415
    from bot.chat.drafting.expiry import expiring  # noqa: PLC0415
    from bot.chat.guilds import GuildSettings  # noqa: PLC0415
    from bot.chat.reminders import reminding  # noqa: PLC0415
    from bot.chat.services import application  # noqa: PLC0415

    async with application(settings) as services:
        bot = RedlineBot(services, always_sync=True)
        env = Env(bot, check_errors=False, settle_timeout=20)
        await env.start()
        try:
            with env.time_context():
                # Message ids tell the time: without this they would repeat from run to run.
                env.backend.edit_bot_profile("Redline")
                now = dt.datetime.now(dt.UTC)
                await env.advance_time(max(0.0, (now - env.now()).total_seconds()))
                channel, viewers = await _seed(env)
                # The page shows one channel, so that is where approvers are told.
                chosen = GuildSettings().with_channel("approvals", channel.id)
                await services.guilds.put(channel.guild.id, chosen, user_id=viewers[0].id)
                async with contextlib.AsyncExitStack() as stack:
                    try:
                        page = await stack.enter_async_context(
                            env.preview(channel, viewers=viewers, layout="channel", port=port)
                        )
                    except (SetupError, OSError) as error:
                        raise PreviewUnavailableError(_told(error, port)) from error
                    await stack.enter_async_context(reminding(bot))
                    await stack.enter_async_context(expiring(bot))
                    yield page
        finally:
            await env.shutdown()


async def _seed(env: Env) -> tuple[Any, list[Any]]:
    """A server with channels, roles and people; the channel to begin in, and the viewers."""
    owner = env.create_user("server-owner", global_name="Server owner")
    guild = env.create_guild(SERVER, owner=owner)
    roles = {name: guild.create_role(name) for _, names in VIEWERS.values() for name in names}
    channels = {
        name: guild.create_text_channel(name, topic=topic) for name, topic in CHANNELS.items()
    }
    viewers = [
        guild.add_member(
            env.create_user(name, global_name=shown), roles=[roles[role] for role in held]
        )
        for name, (shown, held) in VIEWERS.items()
    ]
    await env.settle()
    await viewers[-1].send(channels["newsroom"], STATEMENT)
    return channels["desk"], viewers


def _told(error: Exception, port: int | None) -> str:
    if port and (isinstance(error, OSError) or "bind" in str(error)):
        return f"Port {port} is taken or not allowed. Choose another one with --port."
    return f"The preview could not start: {error}"


async def serve(
    settings: Settings,
    *,
    port: int | None = None,
    open_browser: bool = True,
    announce: Callable[[str], None] = print,
) -> None:
    """Show the page until Ctrl-C or SIGTERM, or until the session is ended in the page."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no handlers in the loop: there KeyboardInterrupt ends the program.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    async with preview(settings, port=port) as page:
        announce(page.url)
        if open_browser:
            await asyncio.to_thread(webbrowser.open, page.url)
        endings = [asyncio.create_task(stop.wait()), asyncio.create_task(page.wait_closed())]
        await asyncio.wait(endings, return_when=asyncio.FIRST_COMPLETED)
        for ending in endings:
            ending.cancel()
