"""The commands of `redline journal` that change or copy it: erasing, copies, going on."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.settings import Settings
from bot.terminal.desk import fail
from bot.terminal.discussions import discussions, pack
from bot.terminal.journal_desk import with_journal

if TYPE_CHECKING:
    from bot.journal import Journal

NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("user_id")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def about(user_id: str, as_json: bool) -> None:
    """Tell what is held about a person; exit 1 where that is nothing.

    All of it, for them to take away: redline journal export --format jsonl --user USER_ID

    \b
    Example:
      redline journal about 123456789012345678
    """
    found = with_journal(lambda opened: opened.about(user_id))
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        for kind, count in found.records.items():
            click.echo(f"{count} × {kind}")
        click.echo(
            f"{found.total} records, named in {found.mentions} of others, {found.actions} actions."
        )
    sys.exit(0 if found.total + found.mentions + found.actions else 1)


@click.command()
@click.argument("user_id")
@click.option("--yes", is_flag=True, help="Don't ask.")
def forget(user_id: str, yes: bool) -> None:
    """Erase a person's identity and words for good; the chain still fits.

    A terminal is asked first. Copies that were made before keep what they hold.

    \b
    Example:
      redline journal forget 123456789012345678
    """
    if not yes and sys.stdin.isatty():
        click.confirm("What this person said goes for good. Go on?", abort=True, err=True)
    found = with_journal(lambda opened: _forget(opened, user_id))
    click.echo(
        f"Erased {found.records} records, struck the person out of {found.mentions} of others"
        f" and of {found.spooled} that waited."
    )


async def _forget(opened: Journal, user_id: str):
    try:
        return await opened.eraser.forget(user_id)
    except ValueError as error:
        fail(f"{error}.", 2)


@click.command()
def purge() -> None:
    """Erase now what each server no longer wants to keep; the bot does so by itself in time.

    \b
    Example:
      redline journal purge
    """
    found = with_journal(lambda opened: opened.eraser.purge())
    click.echo(f"Erased {found.records} records whose time was over.")


@click.command()
@click.argument("file", type=NEW_FILE)
def backup(file: Path) -> None:
    """Copy the journal to a new file while the bot runs (SQLite).

    \b
    Example:
      redline journal backup journal-2026-11-23.sqlite3
    """
    from bot.journal import BackupError  # noqa: PLC0415 - keeps --help fast

    try:
        size = with_journal(lambda opened: opened.backup(file))
    except BackupError as error:
        fail(str(error))
    click.echo(f"{file}: {size / 1024:.0f} KiB. Back: stop the bot, redline journal restore {file}")


@click.command()
@click.argument("file", type=NEW_FILE)
@click.option("--yes", is_flag=True, help="Don't ask.")
def restore(file: Path, yes: bool) -> None:
    """Put a copy in the place of the journal (SQLite). Stop the bot first.

    \b
    Example:
      redline journal restore journal-2026-11-23.sqlite3
    """
    from bot.journal import BackupError  # noqa: PLC0415
    from bot.journal.backup import restore as put_back  # noqa: PLC0415
    from bot.journal.backup import sqlite_file  # noqa: PLC0415

    if not yes and sys.stdin.isatty():
        click.confirm("The journal that is there now is replaced. Go on?", abort=True, err=True)
    try:
        put_back(file, sqlite_file(Settings.load().database_url))
    except BackupError as error:
        fail(str(error))
    with_journal(lambda opened: opened.accept(f"restored from {file.name}"))
    click.echo(f"The journal is as it was in {file}; what came after that is on record as lost.")


@click.command()
@click.argument("reason")
def accept(reason: str) -> None:
    """Put on record why the journal goes on without records that were noted.

    For PostgreSQL after pg_restore; `redline journal restore` does it by itself.

    \b
    Example:
      redline journal accept "restored the dump of 23 November"
    """
    end = with_journal(lambda opened: opened.accept(reason))
    click.echo(f"On record as number {end[0]}.")


COMMANDS: tuple[click.Command, ...] = (
    about,
    forget,
    purge,
    backup,
    restore,
    accept,
    discussions,
    pack,
)
