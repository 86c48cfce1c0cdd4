"""`redline message`: templates chosen and filled, texts checked against the red lines."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click
from rich.text import Text

from bot.knowledge.kinds.common import Language
from bot.terminal.desk import console, fail, open_snapshot
from bot.terminal.message_fill import choose, fill
from bot.terminal.screen import json_text

if TYPE_CHECKING:
    from bot.advice.wording import WordingReport

STYLES = {"block": "bold red", "warn": "yellow", "advise": "cyan"}


@click.group()
def message() -> None:
    """Check a text before it leaves the house.

    \b
    Example:
      redline message check --text draft.txt
    """


@message.command()
@click.option("--redline", "redline_id", metavar="ID", help="One red line; all where left out.")
@click.option(
    "--text",
    "source",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="The text; - reads standard input.",
)
@click.option("--lang", "language", type=click.Choice(get_args(Language)), help="Its language.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
def check(redline_id: str | None, source: Path, language: str | None, as_json: bool) -> None:
    """Check a text against one red line, or against all; exit 1 where a blocker is hit.

    Against all, only what must never be said and ambiguity count: no text says everything.

    \b
    Example:
      echo "The presence is negotiable." | redline message check --text -
    """
    from bot.advice import wording  # noqa: PLC0415 - keeps --help fast

    text = _read(source)
    try:
        report = wording.check(text, open_snapshot(), redline_id=redline_id, language=language)
    except wording.UnknownRedline:
        fail(f"There is no red line '{redline_id}': `redline kb list --kind redline` has all.", 2)
    if as_json:
        findings = [asdict(finding) for finding in report.findings]
        for finding in findings:
            del finding["kind"]
        click.echo(json_text({"ok": report.ok, "findings": findings}))
    else:
        _show(report, text)
    sys.exit(0 if report.ok else 1)


def _read(source: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        fail(f"{source}: no such file.", 2)
    except OSError as error:
        fail(f"{source}: {error.strerror}.", 2)
    except UnicodeDecodeError as error:
        fail(f"{source}: not UTF-8 at byte {error.start}; save it as UTF-8.", 2)


def _show(report: WordingReport, text: str) -> None:
    out = console()
    for finding in report.findings:
        line = text.count("\n", 0, finding.start) + 1
        where = f"line {line}: “{finding.excerpt}”" if finding.excerpt else "missing"
        out.print(
            Text.assemble(
                (finding.severity.upper(), STYLES[finding.severity]),
                f" {where} ({finding.redline}, {finding.rule})",
            )
        )
        out.print(Text(f"    {finding.message}"))
        out.print(Text(f"    Instead: {finding.suggestion}"))
    blockers = sum(finding.severity == "block" for finding in report.findings)
    total = len(report.findings)
    if not total:
        out.print(Text("No findings."))
    else:
        counted = "1 finding" if total == 1 else f"{total} findings"
        stops = {0: "none of them a blocker", 1: "1 blocker"}.get(blockers, f"{blockers} blockers")
        out.print(Text(f"{counted}, {stops}."))


message.add_command(choose)
message.add_command(fill)
