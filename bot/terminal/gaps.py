"""`redline journal gaps`: what to write next, and an entry that begins from it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from rich.text import Text

from bot.knowledge.seed import Seed, seed_of, slug
from bot.terminal.desk import console, fail
from bot.terminal.journal_desk import with_journal
from bot.terminal.journal_options import between, json_option, server_option
from bot.terminal.screen import json_text

if TYPE_CHECKING:
    from bot.journal import Gap

KIND = "analysis"
"""The kind of entry that most questions want; the command line can name another."""


@click.command()
@server_option
@between
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 200))
@json_option
def gaps(
    server: str | None, since: str | None, until: str | None, limit: int, as_json: bool
) -> None:
    """List what to write next: questions that found nothing or were not helped, put together.

    Each has a number; `redline kb new KIND ID --from-gap N` begins an entry from it.

    \b
    Example:
      redline journal gaps --limit 5
    """
    found = with_journal(
        lambda opened: opened.insight.gaps(server, since=since, until=until, limit=limit)
    )
    if as_json:
        click.echo(json_text([asdict(gap) for gap in found], indent=2))
        return
    for gap in found:
        _show_gap(gap)
    if not found:
        click.echo("No gaps: nothing was asked in vain.")


def seed_from_gap(number: int) -> Seed:
    """What a gap knows of the entry that would fill it. Exits with 1 where there is no such gap."""
    gap = with_journal(lambda opened: opened.insight.gap(number))
    if gap is None:
        fail(f"There is no gap {number}: `redline journal gaps` lists them with their numbers.")
    return seed_of(
        gap.topic,
        gap.texts,
        note=f"From gap {number}: asked {gap.count} times, {gap.nothing_on_file} with nothing on "
        f"file, {gap.not_helpful} not helped; last on {gap.last_at[:10]}.",
    )


def _show_gap(gap: Gap) -> None:
    out = console()
    reasons = f"{gap.nothing_on_file} nothing on file, {gap.not_helpful} not helpful"
    head = (f"{gap.count} × ", (" ".join(gap.topic) or "(no words)", "bold"))
    out.print(Text.assemble(*head, (f"  {reasons}, last {gap.last_at[:10]}", "dim")))
    for example in gap.examples:
        out.print(Text(f"    “{example}”"))
    if gap.entries:
        out.print(Text(f"    answered with: {', '.join(gap.entries)}", "dim"))
    command = f"redline kb new {KIND} {slug(gap.topic, KIND)} --from-gap {gap.number}"
    out.print(Text(f"    {command}", "dim"))
