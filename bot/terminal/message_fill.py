"""`redline message choose` and `redline message fill`: a template found, and filled."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click
from rich.table import Table
from rich.text import Text

from bot.knowledge.kinds.common import Language
from bot.knowledge.kinds.template import Template
from bot.terminal.desk import console, fail, open_snapshot
from bot.terminal.screen import json_text

if TYPE_CHECKING:
    from bot.advice.messages import Prepared
    from bot.knowledge.snapshot import Snapshot

language_option = click.option(
    "--lang", "language", type=click.Choice(get_args(Language)), help="Language of the text."
)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON and nothing else.")


class SlotValue(click.ParamType[tuple[str, str]]):
    """`slot=value`, as `--set` takes it."""

    name = "slot=value"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value  # pyright: ignore[reportUnknownVariableType]
        slot, equals, content = str(value).partition("=")
        if not equals or not slot.strip():
            self.fail(f"'{value}' is not slot=value, such as place=Narva", param, ctx)
        return slot.strip(), content


@click.command()
@click.option("--redline", metavar="ID", help="Red line that the text must carry.")
@click.option("--audience", metavar="WORD", help="Audience, such as press.")
@click.option("--channel", metavar="WORD", help="Channel, such as x or holding-statement.")
@click.option(
    "--attribution",
    type=click.Choice(["before", "after", "false-alarm"]),
    help="What is known about who did it.",
)
@language_option
@json_option
def choose(
    redline: str | None,
    audience: str | None,
    channel: str | None,
    attribution: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """List the templates that fit, best first, with the reason; exit 1 where none does.

    \b
    Example:
      redline message choose --channel x --lang lv --attribution before
    """
    from bot.advice.messages import Wish  # noqa: PLC0415 - keeps --help fast
    from bot.advice.messages import choose as select  # noqa: PLC0415

    snapshot = open_snapshot()
    _known(snapshot, redline, audience, channel)
    wish = Wish(redline, audience, channel, language, attribution)
    found = select(snapshot, wish=wish)
    if as_json:
        rows = [
            {
                "id": each.template.id,
                "title": each.template.title,
                "exact": each.exact,
                "reason": each.reason,
                "languages": list(each.template.variants),
            }
            for each in found
        ]
        click.echo(json_text(rows, indent=2))
    else:
        table = Table("Template", "Title", "Why", box=None, pad_edge=False)
        for each in found:
            style = "" if each.exact else "dim"
            table.add_row(each.template.id, each.template.title, Text(each.reason), style=style)
        console().print(table)
    sys.exit(0 if found else 1)


@click.command()
@click.argument("template_id", metavar="TEMPLATE")
@click.option(
    "--set", "values", multiple=True, type=SlotValue(), help="A slot's value; once for each slot."
)
@click.option("--examples", "with_examples", is_flag=True, help="Fill what is not set by examples.")
@click.option("--zone", metavar="ZONE", help="Zone of times that name none, such as EET.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a text file with marking and origin there.",
)
@language_option
@json_option
def fill(
    template_id: str,
    values: tuple[tuple[str, str], ...],
    with_examples: bool,
    zone: str | None,
    output: Path | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Fill a template and check the text; exit 1 where something is missing, too long or blocked.

    The text goes to standard output, all remarks to standard error.

    \b
    Example:
      redline message fill tpl-post-presence --lang et --set link=https://www.nato.int
    """
    from bot.advice import messages  # noqa: PLC0415 - keeps --help fast

    snapshot = open_snapshot()
    template = _template(snapshot, template_id)
    given = {**(messages.examples(template) if with_examples else {}), **dict(values)}
    try:
        prepared = messages.prepare(
            snapshot,
            template,
            language or "en",
            given,
            zone=zone,
            today=dt.datetime.now().astimezone().date(),
        )
    except messages.NoSuchVariant as error:
        fail(str(error), 2)
    message = prepared.message
    if as_json:
        click.echo(json_text(_data(prepared)))
    else:
        _show(prepared)
    if output is not None:
        language_name = {**snapshot.vocabulary.languages}.get(message.language, message.language)
        try:
            output.write_text(
                messages.plain_text(message, language_name=language_name), encoding="utf-8"
            )
        except OSError as error:
            fail(f"{output}: {error.strerror}.", 2)
    sys.exit(0 if prepared.ready else 1)


def _template(snapshot: Snapshot, template_id: str) -> Template:
    wanted = template_id.strip().lower()
    entry = snapshot.get(wanted) or snapshot.get(f"tpl-{wanted}")
    if not isinstance(entry, Template):
        from bot.knowledge.words import nearest  # noqa: PLC0415

        near = nearest(wanted, [each.id for each in snapshot.of_kind("template")])
        fail(f"There is no template '{template_id}'. Near: {', '.join(near)}.", 2)
    return entry


def _known(
    snapshot: Snapshot, redline: str | None, audience: str | None, channel: str | None
) -> None:
    """Exit with 2 for a word that is on no list: it would silently find nothing."""
    lists = (
        ("red line", redline, [entry.id for entry in snapshot.of_kind("redline")]),
        ("audience", audience, list(snapshot.vocabulary.audiences)),
        ("channel", channel, list(snapshot.vocabulary.channels)),
    )
    for name, word, known in lists:
        if word is not None and word not in known:
            fail(f"There is no {name} '{word}': choose one of {', '.join(known)}.", 2)


def _data(prepared: Prepared) -> dict[str, Any]:
    message = prepared.message
    return {
        "ready": prepared.ready,
        "text": message.text,
        "template": message.reference,
        "language": message.language,
        "review": message.review,
        "marking": message.marking,
        "channel": message.channel,
        "length": message.length,
        "limit": message.limit,
        "fits": message.fits,
        "sha256": message.sha256,
        "problems": [asdict(problem) for problem in message.problems],
        "findings": [asdict(finding) for finding in prepared.findings],
    }


def _show(prepared: Prepared) -> None:
    from bot.advice.messages import review_note  # noqa: PLC0415

    message = prepared.message
    click.echo(message.text)
    remarks = [message.marking, message.measure.label, review_note(message)]
    if not message.fits:
        remarks.append("TOO LONG")
    click.echo("", err=True)
    click.echo("; ".join(remark for remark in remarks if remark), err=True)
    for problem in message.problems:
        click.echo(f"{problem.slot or 'text'}: {problem}", err=True)
    for finding in prepared.findings:
        click.secho(
            f"{finding.severity}: {finding.message} {finding.suggestion}",
            err=True,
            fg="red" if finding.severity == "block" else "yellow",
        )
