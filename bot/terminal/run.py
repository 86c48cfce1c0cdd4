"""`redline run` and `redline preview`: the bot on Discord, and in a local browser page."""

from __future__ import annotations

import asyncio
import sys

import click

from bot.terminal.desk import fail

NOT_CONFIGURED = (
    "There is no bot token. Set DISCORD_TOKEN (in the environment or in a .env file) to the token "
    "of your bot from https://discord.com/developers/applications.\n"
    "To try everything without a token: redline preview"
)


@click.command()
def run() -> None:
    """Run the bot on Discord until it is stopped (Ctrl-C or SIGTERM).

    \b
    Example:
      DISCORD_TOKEN=… redline run
    """
    from bot.settings import Settings  # noqa: PLC0415 -- keeps --help fast

    settings = Settings.load()
    if settings.discord_token is None:
        fail(NOT_CONFIGURED, 2)
    from bot.chat.running import run_on_discord  # noqa: PLC0415

    sys.exit(asyncio.run(run_on_discord(settings)))


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port of the page; any free one if left out."
)
@click.option("--no-open", is_flag=True, help="Print the address without opening a browser.")
def preview(port: int | None, no_open: bool) -> None:
    """Show the real bot in a local browser page: no token, no Discord, no network.

    Prints the address of the page and runs until Ctrl-C. Four people to switch between hold the
    roles Comms Officer, Approver, Maintainer and none.

    \b
    Example:
      redline preview --no-open --port 8765
    """
    from bot.chat.logs import set_up  # noqa: PLC0415 -- keeps --help fast
    from bot.chat.running import StartError, explained  # noqa: PLC0415
    from bot.preview import PreviewUnavailableError, serve  # noqa: PLC0415
    from bot.settings import Settings  # noqa: PLC0415

    settings = Settings.load()
    set_up(settings, plain=True, least="WARNING")

    def announce(address: str) -> None:
        click.echo(address)
        sys.stdout.flush()

    try:
        with explained():
            asyncio.run(serve(settings, port=port, open_browser=not no_open, announce=announce))
    except (PreviewUnavailableError, StartError) as error:
        fail(str(error), 1)
    except KeyboardInterrupt:
        pass
