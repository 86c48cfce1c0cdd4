"""`redline journal stats`: the journal in numbers and pictures."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from bot.settings import Settings
from bot.terminal.desk import console, fail
from bot.terminal.journal_desk import with_journal
from bot.terminal.journal_options import between, json_option, server_option

if TYPE_CHECKING:
    from bot.journal import Stats

SHOWN = 12
"""Rows of each table of numbers."""


@click.command()
@server_option
@between
@click.option(
    "--pictures",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Also write the numbers as PNG files there.",
)
@json_option
def stats(
    server: str | None,
    since: str | None,
    until: str | None,
    pictures: Path | None,
    as_json: bool,
) -> None:
    """Count what is asked, when, in which language, how quickly it is answered, and if it helps.

    \b
    Example:
      redline journal stats --since 2026-11-01T00:00Z --pictures november
    """
    found = with_journal(lambda opened: opened.insight.stats(server, since=since, until=until))
    if as_json:
        numbers = {
            **asdict(found),
            "helpful_rate": found.helpful_rate,
            "nothing_rate": found.nothing_rate,
        }
        click.echo(json.dumps(numbers, ensure_ascii=False, indent=2))
    else:
        _show_stats(found)
    if pictures is not None:
        _write_pictures(found, pictures)


def _write_pictures(found: Stats, folder: Path) -> None:
    from bot.chat.cards.stats import stats_pictures  # noqa: PLC0415 - keeps --help fast
    from bot.documents.extras import MissingExtra  # noqa: PLC0415
    from bot.knowledge.reading import load  # noqa: PLC0415

    settings = Settings.load()
    # Titles of what can be read will do: an entry with an error must not keep the numbers back.
    readable = load(settings.knowledge_dir, cache_dir=settings.cache_dir).readable
    titles = {entry.id: entry.title for entry in readable.entries.values()} if readable else {}
    try:
        drawn = stats_pictures(found, "en", titles)
        folder.mkdir(parents=True, exist_ok=True)
        for picture in drawn:
            path = folder / picture.name
            path.write_bytes(picture.png)
            click.echo(str(path), err=True)
    except MissingExtra as error:
        fail(str(error))
    except OSError as error:
        fail(f"{folder}: {error.strerror}.")
    if not drawn:
        click.echo("Nothing was asked in that time, so there is nothing to draw.", err=True)


def _show_stats(found: Stats) -> None:
    out = console()
    rate = "nobody said" if found.helpful_rate is None else f"{found.helpful_rate:.0%}"
    out.print(
        f"{found.interactions} questions and clicks of {found.people} people, "
        f"{found.shares} shared. Helpful: {rate} "
        f"({found.helpful} yes, {found.not_helpful} no)."
    )
    if found.nothing_rate is not None:
        asked = sum(found.question_outcomes.values())
        out.print(f"Nothing on file: {found.nothing_rate:.0%} of {asked} questions.")
    if found.answer_ms:
        times = ", ".join(f"{share} % within {ms} ms" for share, ms in found.answer_ms.items())
        out.print(f"Answered: {times}.")
    for title, counts in (
        ("Outcome", found.outcomes),
        ("Command", found.commands),
        ("Language", found.languages),
        ("First entry", found.entries),
        ("Not helpful", found.entries_not_helpful),
        ("Hour (UTC)", found.hours),
    ):
        if counts:
            table = Table(title, "Times", title_justify="left")
            for name, count in list(counts.items())[: 24 if title.startswith("Hour") else SHOWN]:
                table.add_row(Text(str(name)), str(count))
            out.print(table)
