"""The command line: a second face on the same advice."""

from __future__ import annotations

import importlib
import io
import sys

import click

from bot import __version__

COMMANDS = {
    "run": "bot.terminal.run:run",
    "preview": "bot.terminal.run:preview",
    "ask": "bot.terminal.ask:ask",
    "brief": "bot.terminal.brief:brief",
    "search": "bot.terminal.search:search",
    "assess": "bot.terminal.assess:assess",
    "kb": "bot.terminal.kb:kb",
    "message": "bot.terminal.message:message",
    "journal": "bot.terminal.journal:journal",
    "db": "bot.terminal.journal:db",
    "doctor": "bot.terminal.doctor:doctor",
}
"""Where each command lives. Imported when it is called: an answer must not wait for the rest."""


class LazyGroup(click.Group):
    """A group that imports a command only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        where = COMMANDS.get(cmd_name)
        if where is None:
            return None
        module, _, name = where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="redline")
def redline() -> None:
    """Sourced analysis, red-line messages and options, from a checked knowledge base.

    \b
    Example:
      redline ask "why does Moscow bring up the Baltic states now?"
    """


def main() -> None:
    """Entry point of `redline` and `python -m bot`. Exit codes: 0 done, 1 no, 2 wrong use."""
    from bot.settings import SettingsError  # noqa: PLC0415 - settings cost time that --help saves

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        redline.main(prog_name="redline")
    except SettingsError as error:
        click.echo(f"redline: a setting is wrong\n{error}", err=True)
        sys.exit(2)
