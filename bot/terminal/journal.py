"""`redline journal` and `redline db`: the record, and the database that holds it."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.table import Table
from rich.text import Text

from bot.journal import FAULTS, Journal, SchemaTooNew, schema
from bot.journal.exports import FORMATS, Selection
from bot.journal.history import Query
from bot.settings import Settings
from bot.terminal.desk import console, fail

T = TypeVar("T")


@click.group()
def journal() -> None:
    """What was asked, answered and shared.

    \b
    Example:
      redline journal export --format jsonl > journal.jsonl
    """


@click.group()
def db() -> None:
    """The journal's database.

    \b
    Example:
      redline db upgrade
    """


def _run(work: Callable[[Journal], Awaitable[T]]) -> T:
    """Do something with the journal; a database that can't be used ends with 2 and the way out."""

    async def whole() -> T:
        async with _opened() as opened:
            return await work(opened)

    try:
        return asyncio.run(whole())
    except SchemaTooNew as error:
        fail(str(error), 2)
    except ValueError as error:
        fail(str(error), 2)
    except FAULTS as error:
        fail(f"The database can't be used ({type(error).__name__}): check DATABASE_URL.", 2)


@asynccontextmanager
async def _opened() -> AsyncGenerator[Journal, None]:
    settings = Settings.load()
    await asyncio.to_thread(settings.data_dir.mkdir, parents=True, exist_ok=True)
    await schema.upgrade(settings.database_url)
    opened = await Journal.attach(settings.database_url, settings.data_dir)
    try:
        yield opened
    finally:
        await opened.close()


@journal.command()
@click.option("--format", "style", type=click.Choice(FORMATS), required=True)
@click.option("--since", metavar="TIME", help="ISO 8601 with a zone, such as 2026-11-03T00:00Z.")
@click.option("--until", metavar="TIME", help="ISO 8601 with a zone; not included.")
def export(style: Any, since: str | None, until: str | None) -> None:
    """All records, oldest first.

    \b
    Example:
      redline journal export --format csv --since 2026-11-01T00:00Z > november.csv
    """

    async def work(opened: Journal) -> None:
        async for line in opened.exports.lines(style, Selection(since=since, until=until)):
            click.echo(line, nl=not line.endswith("\n"))

    _run(work)


@journal.command()
def verify() -> None:
    """Check the chain; exit 1 and name the first record that does not fit.

    \b
    Example:
      redline journal verify
    """
    verdict = _run(lambda opened: opened.verify())
    if verdict.ok:
        click.echo(f"{verdict.checked} records, and the chain fits.")
        return
    fail(f"Record {verdict.broken_seq} does not fit: {verdict.reason}.")


@journal.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="The records as JSON.")
def search(text: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Full text over questions, notes, messages and drafts; exit 1 where nothing is found.

    \b
    Example:
      redline journal search cable cut
    """
    query = Query(text=" ".join(text), limit=limit)
    found = _run(lambda opened: opened.history.search(query))
    if as_json:
        click.echo(
            json.dumps(
                [{"score": each.score, "record": asdict(each.record)} for each in found],
                ensure_ascii=False,
                default=dict,
            )
        )
    else:
        for each in found:
            record = each.record
            words = json.dumps(dict(record.private or {}), ensure_ascii=False)
            console().print(Text(f"{record.seq}  {record.created_at[:16]}  {record.type}  {words}"))
    sys.exit(0 if found else 1)


@journal.command()
@click.option("--json", "as_json", is_flag=True, help="The numbers as JSON.")
def stats(as_json: bool) -> None:
    """How many asked what, how quickly it was answered, and whether it helped.

    \b
    Example:
      redline journal stats
    """
    numbers: dict[str, Any] = asdict(_run(lambda opened: opened.insight.stats()))
    if as_json:
        click.echo(json.dumps(numbers, ensure_ascii=False, default=dict))
        return
    table = Table("", "")
    for name, value in numbers.items():
        table.add_row(name.replace("_", " "), json.dumps(value, default=dict, ensure_ascii=False))
    console().print(table)


@journal.command()
@click.option("--json", "as_json", is_flag=True, help="The gaps as JSON.")
def gaps(as_json: bool) -> None:
    """Questions that got no answer or an unhelpful one, put together: what to write next.

    \b
    Example:
      redline journal gaps
    """
    found = _run(lambda opened: opened.insight.gaps())
    if as_json:
        click.echo(json.dumps([asdict(gap) for gap in found], ensure_ascii=False))
        return
    for gap in found:
        console().print(Text(f"{gap.count} x {' '.join(gap.topic)}: {'; '.join(gap.examples)}"))
    if not found:
        click.echo("No gaps on record.")


@journal.command()
@click.argument("user_id")
@click.confirmation_option(prompt="Identity and words of this person go for good. Go on?")
def forget(user_id: str) -> None:
    """Replace a person's identity and words by a tombstone; the chain still verifies.

    \b
    Example:
      redline journal forget 123456789012345678 --yes
    """
    erased = _run(lambda opened: opened.eraser.forget(user_id))
    click.echo(
        f"{erased.records} records forgotten, {erased.mentions} mentions struck, "
        f"{erased.spooled} waiting records cleaned."
    )


@journal.command()
@click.argument("target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
def backup(target: Path) -> None:
    """A copy of the SQLite journal, taken while it runs (PostgreSQL: use pg_dump).

    \b
    Example:
      redline journal backup journal-copy.sqlite3
    """
    from bot.journal.backup import BackupError  # noqa: PLC0415 - only this command needs it

    try:
        size = _run(lambda opened: opened.backup(target))
    except BackupError as error:
        fail(str(error))
    click.echo(f"{target}: {size} records.")


@db.command()
def upgrade() -> None:
    """Bring the database up to this Redline's schema.

    \b
    Example:
      redline db upgrade
    """
    _run(_nothing)
    current()


async def _nothing(_opened: Journal) -> None:
    """Opening upgrades."""


@db.command("current")
def current_command() -> None:
    """Which schema the database has.

    \b
    Example:
      redline db current
    """
    current()


def current() -> None:
    try:
        state = asyncio.run(schema.schema_state(Settings.load().database_url))
    except FAULTS as error:
        fail(f"The database can't be used ({type(error).__name__}): check DATABASE_URL.", 2)
    click.echo(f"{state.current or 'empty'} (this Redline: {state.head})")
