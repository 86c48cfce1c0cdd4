"""`redline brief`: a briefing document from the terminal."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Literal, get_args

import click

from bot.knowledge.kinds.common import Language


@click.command()
@click.argument("subject", nargs=-1, required=True, metavar="ENTRY_OR_QUESTION...")
@click.option(
    "--format",
    "form",
    type=click.Choice(("docx", "pdf", "md")),
    help="By default what the output file's name ends in, else md.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    help="File to write; standard output where it is left out or `-`.",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(get_args(Language)),
    help="Language of the briefing; that of the question where it is left out.",
)
def brief(
    subject: tuple[str, ...],
    form: Literal["docx", "pdf", "md"] | None,
    output: Path | None,
    language: str | None,
) -> None:
    """A briefing on an entry or a question; exit 1 where nothing is on file.

    \b
    Example:
      redline brief "is NATO's presence in the Baltics lawful?" --output brief.docx
    """
    from bot.advice.brief import brief as gather  # noqa: PLC0415 - keeps --help fast
    from bot.advice.clearance import OFFICER  # noqa: PLC0415
    from bot.documents import FORMATS, Format, MissingExtra, render  # noqa: PLC0415
    from bot.documents.briefing import briefing_paper  # noqa: PLC0415
    from bot.terminal.desk import fail, open_adviser  # noqa: PLC0415

    text = " ".join(subject).strip()
    if not text:
        fail('Nothing to brief on. Example: redline brief "what does Moscow want?"', 2)
    target = None if output is None or str(output) == "-" else output
    ending = target.suffix.removeprefix(".").lower() if target else ""
    endings: dict[str, Format] = {each: each for each in FORMATS}
    chosen = form or endings.get(ending, "md")
    if target is None and chosen != "md" and sys.stdout.isatty():
        fail(f"A {chosen} file is no text for a terminal: name a file with --output", 2)
    adviser = open_adviser()
    known = adviser.snapshot.get(text) is not None
    found = gather(
        adviser,
        entry=text if known else None,
        question=None if known else text,
        language=language,
        clearance=OFFICER,
    )
    if found.main is None:
        near = ", ".join(link.id for link in found.answer.links[:5])
        fail("Nothing on file." + (f" Entries to look at: {near}" if near else ""))
    names = {str(key): name for key, name in adviser.snapshot.vocabulary.languages.items()}
    paper = briefing_paper(
        found,
        language_name=names.get(found.language, found.language),
        made_at=dt.datetime.now().astimezone(),
    )
    try:
        content = render(paper, chosen)
    except MissingExtra as missing:
        fail(f"{missing}\nWithout it: --format md")
    if target is None:
        sys.stdout.buffer.write(content)
        return
    try:
        target.write_bytes(content)
    except OSError as error:
        fail(f"{target}: {error.strerror or error}")
    click.echo(f"{target}: {paper.marking}, {len(content):,} bytes", err=True)
