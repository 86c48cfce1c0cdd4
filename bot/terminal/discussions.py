"""`redline journal discussions` and `redline journal pack`: discussions, and all about one."""

from __future__ import annotations

import sys
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from rich.table import Table
from rich.text import Text

from bot.terminal.desk import console, fail
from bot.terminal.journal_desk import with_journal

MOST = 500
ERASED = "(erased)"


@click.command()
@click.option("--server", metavar="ID", required=True, help="The Discord server.")
@click.option("--state", type=click.Choice(("open", "closed")), help="Only those in this state.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def discussions(server: str, state: str | None, as_json: bool) -> None:
    """List the discussions of a server, the latest first; exit 1 where there are none.

    \b
    Example:
      redline journal discussions --server 123456789012345678 --state open
    """
    from bot.journal.safe_text import INVISIBLE, json_line  # noqa: PLC0415 - keeps --help fast

    found = with_journal(lambda opened: opened.discussions.find(server, state=state, limit=MOST))
    if as_json:
        rows = [
            {
                "discussion_id": one.discussion_id,
                "title": one.title,
                "state": one.state,
                "tlp": one.tlp,
                "started_at": one.started_at,
                "closed_at": one.closed_at,
                "entries": list(one.entries),
                "knowledge_revision": one.knowledge_revision,
            }
            for one in found
        ]
        click.echo(json_line(rows), nl=False)
    elif found:
        table = Table("Id", "Began (UTC)", "State", "TLP", "Title")
        for one in found:
            began = one.started_at[:16].replace("T", " ")
            title = Text(INVISIBLE.sub("", one.title or ERASED))
            table.add_row(one.discussion_id, began, one.state, one.tlp, title)
        console().print(table)
    else:
        click.echo("There are none.", err=True)
    sys.exit(0 if found else 1)


@click.command()
@click.argument("discussion_id")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--zone", default="UTC", show_default=True, help="Time zone of the report.")
def pack(discussion_id: str, file: Path, zone: str) -> None:
    """Write the after-action pack of a discussion to a new zip file.

    It holds the report, the timeline, the answers as given, drafts with their approvals and the
    knowledge revisions; whatever its marking, so keep it as close as the highest of them.

    \b
    Example:
      redline journal pack d-b1k2m3 pack.zip --zone Europe/Tallinn
    """
    try:
        times = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        fail(f"{zone!r} is no time zone; an example: Europe/Tallinn.", 2)
    if file.exists():
        fail(f"{file} is there already: name a new file.", 2)
    try:
        contents = with_journal(
            lambda opened: opened.packs.write(discussion_id, file, names={}, zone=times)
        )
    except OSError as error:
        fail(f"{file}: {error.strerror}.")
    if contents is None:
        fail(f"There is no discussion {discussion_id}. `redline journal discussions` lists them.")
    click.echo(
        f"{file}: {len(contents.discussion.timeline)} events, {len(contents.answers)} answers, "
        f"{len(contents.drafts)} drafts."
    )
