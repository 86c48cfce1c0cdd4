"""`redline journal` and `redline db`: what was asked and answered, and the database under it."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click
from rich.text import Text

from bot.settings import Settings
from bot.terminal import journal_care
from bot.terminal.desk import console, fail
from bot.terminal.gaps import gaps
from bot.terminal.journal_desk import explained, progress, with_journal
from bot.terminal.journal_options import between, json_option, server_option
from bot.terminal.screen import json_text
from bot.terminal.stats import stats

if TYPE_CHECKING:
    from bot.journal import Found, Journal

FORMATS = ("md", "jsonl", "csv")


@click.group()
def journal() -> None:
    """What was asked, answered, discussed and drafted.

    \b
    Example:
      redline journal search "red line" --since 2026-11-01T00:00Z
    """


for command in (*journal_care.COMMANDS, stats, gaps):
    journal.add_command(command)


@journal.command()
@click.option("--format", "style", type=click.Choice(FORMATS), required=True)
@between
@server_option
@click.option("--user", metavar="ID", help="One person only.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A new file; standard output where left out.",
)
def export(
    style: Any,
    since: str | None,
    until: str | None,
    server: str | None,
    user: str | None,
    output: Path | None,
) -> None:
    """Write all records, oldest first.

    \b
    Example:
      redline journal export --format jsonl --since 2026-11-01T00:00Z > november.jsonl
    """
    from bot.journal import Selection  # noqa: PLC0415 - keeps --help fast

    selection = Selection(since=since, until=until, guild_id=server, user_id=user)

    async def write(opened: Journal, stream: BinaryIO) -> None:
        with progress("Exporting") as told:
            async for piece in opened.exports.lines(style, selection, told):
                stream.write(piece.encode())
        stream.flush()

    if output is None:
        stream = sys.stdout.buffer
        with_journal(lambda opened: write(opened, stream))
        return
    try:
        with output.open("xb") as file:
            with_journal(lambda opened: write(opened, file))
    except FileExistsError:
        fail(f"{output} is there already: name a new file.", 2)
    except OSError as error:
        fail(f"{output}: {error.strerror}.")


@journal.command()
@click.option(
    "--known",
    metavar="SEQ:HASH",
    help="An end of the chain that an earlier check told: it must still be there.",
)
@json_option
def verify(known: str | None, as_json: bool) -> None:
    """Check that no record was changed, removed or added; exit 1 and name the first that was.

    Note the end that it tells where nobody who can change the database can change it: given as
    --known later, it shows even an end that was cut off and written anew.

    \b
    Example:
      redline journal verify
    """
    ends = [] if known is None else [("--known", _end(known))]
    with progress("Checking") as told:
        verdict = with_journal(lambda opened: opened.verify(ends, told))
    end = f"{verdict.end[0]}:{verdict.end[1]}"
    if as_json:
        found = {
            "ok": verdict.ok,
            "checked": verdict.checked,
            "end": end,
            "broken_seq": verdict.broken_seq,
            "reason": verdict.reason,
        }
        click.echo(json.dumps(found, ensure_ascii=False))
    elif verdict.ok:
        click.echo(f"{verdict.checked} records, and all fit. The chain's end: {end}")
    else:
        click.echo(f"Record {verdict.broken_seq} does not fit: {verdict.reason}.")
        click.echo(f"{verdict.checked} records before it fit.", err=True)
    sys.exit(0 if verdict.ok else 1)


def _end(value: str) -> tuple[int, str]:
    number, _, digest = value.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise click.BadParameter("as `redline journal verify` tells it: SEQ:HASH")
    return int(number), digest.lower()


@journal.command()
@click.argument("text", nargs=-1)
@click.option("--person", metavar="ID", help="Said or asked by this person.")
@click.option("--channel", metavar="ID", help="In this channel, or in a thread under it.")
@click.option("--entry", metavar="ID", help="About this entry of the knowledge base.")
@server_option
@between
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@json_option
def search(
    text: tuple[str, ...],
    person: str | None,
    channel: str | None,
    entry: str | None,
    server: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find questions, notes, messages and drafts by their words; exit 1 where there are none.

    Without words: the latest that the filters let through.

    \b
    Example:
      redline journal search "red line" --entry redline-no-negotiation
    """
    from bot.journal import Query  # noqa: PLC0415

    query = Query(
        text=" ".join(text),
        person=person,
        channel=channel,
        entry=entry,
        guild=server,
        since=since,
        until=until,
        limit=limit,
    )
    found = with_journal(lambda opened: opened.history.search(query))
    if as_json:
        rows = [{"score": hit.score, "snippet": hit.snippet.text, **_flat(hit)} for hit in found]
        click.echo(json_text(rows, indent=2))
    else:
        for hit in found:
            _show_hit(hit)
        if not found:
            click.echo("Nothing found.", err=True)
    sys.exit(0 if found else 1)


def _flat(hit: Found) -> dict[str, Any]:
    return hit.record.flat()


def _show_hit(hit: Found) -> None:
    record = hit.record
    public = record.public
    what = public.get("command") or public.get("event") or public.get("action") or record.type
    line = Text.assemble(
        (f"{record.created_at[:16].replace('T', ' ')} UTC", "dim"),
        f"  #{record.seq} ",
        (str(what), "bold"),
        (f"  by {record.user_id or 'nobody'}", "dim"),
    )
    snippet = Text(f"    {hit.snippet.text}")
    for start, end in hit.snippet.marks:
        snippet.stylize("bold yellow", start + 4, end + 4)
    console().print(line)
    console().print(snippet)


@click.group()
def db() -> None:
    """The database that holds the journal.

    \b
    Example:
      redline db upgrade
    """


@db.command()
def upgrade() -> None:
    """Bring the database up to what this Redline needs; nothing is lost.

    \b
    Example:
      redline db upgrade
    """
    from bot.journal import schema  # noqa: PLC0415

    settings = Settings.load()
    with explained():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        before = asyncio.run(schema.schema_state(settings.database_url))
        asyncio.run(schema.upgrade(settings.database_url))
    if before.current == before.head:
        click.echo(f"The schema is {before.head} already.")
    else:
        click.echo(f"The schema was {before.current or 'empty'} and is now {before.head}.")


@db.command()
@json_option
def current(as_json: bool) -> None:
    """Tell the database's schema; exit 1 where it is newer than this Redline.

    \b
    Example:
      redline db current
    """
    from bot.journal import schema  # noqa: PLC0415

    settings = Settings.load()
    with explained():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        state = asyncio.run(schema.schema_state(settings.database_url))
    fits = state.current == state.head
    if as_json:
        click.echo(json.dumps({"ok": fits, "current": state.current, "head": state.head}))
    else:
        click.echo(f"{state.current or 'empty'} (this Redline needs {state.head})")
        if state.too_new:
            click.echo("The database was made by a newer Redline: upgrade Redline.", err=True)
        elif not fits:
            click.echo("Bring it up to date with `redline db upgrade`.", err=True)
    sys.exit(1 if state.too_new else 0)
