"""`redline assess`: which phase of the escalation ladder observed indicators point to."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click
from rich.console import Console
from rich.text import Text

from bot.knowledge.kinds.common import Language

if TYPE_CHECKING:
    from bot.advice.answer import Link
    from bot.advice.assessment import Assessment

SURE = {
    "low": "one indicator, or one place where it was seen: look for a second, independent one",
    "moderate": "several indicators from different places point the same way",
    "high": "many strong indicators from different places point the same way",
}


@click.command()
@click.argument("indicators", nargs=-1, metavar="[INDICATOR]...")
@click.option(
    "--lang",
    "language",
    type=click.Choice(get_args(Language)),
    default="en",
    help="Language of titles, where they are translated.",
)
@click.option(
    "--picture",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also draw the ladder as a PNG.",
)
@click.option("--json", "as_json", is_flag=True, help="The whole assessment as JSON.")
def assess(indicators: tuple[str, ...], language: str, picture: Path | None, as_json: bool) -> None:
    """Weigh what was observed; exit 1 where it carries no phase.

    Without an indicator: list them all, by phase.

    \b
    Example:
      redline assess p1-satnav-jamming p2-cable-damage --picture ladder.png
    """
    from bot.advice.assessment import assess as weigh  # noqa: PLC0415 - keeps --help fast
    from bot.knowledge import words  # noqa: PLC0415
    from bot.terminal.desk import console, fail, open_snapshot  # noqa: PLC0415

    found = weigh(open_snapshot(), indicators, language=language)
    if found.unknown:
        known = [sign.id for rung in found.rungs for sign in rung.signs]
        hint = words.meant(found.unknown[0], known, otherwise="`redline assess` lists them")
        fail(f"There is no indicator '{found.unknown[0]}': {hint}", 2)
    if as_json:
        click.echo(json.dumps(assessment_data(found), ensure_ascii=False, indent=2))
    elif not indicators:
        _list(found, console())
    else:
        _show(found, console())
    if picture is not None:
        _draw(found, language, picture)
    sys.exit(0 if found.phase or not indicators else 1)


def assessment_data(found: Assessment) -> dict[str, Any]:
    """The whole assessment as JSON-ready data; dates as ISO 8601."""
    data = asdict(found)
    for source, line in zip(data["sources"], found.sources, strict=True):
        source["published"] = line.published.isoformat() if line.published else None
    for rung, known in zip(data["rungs"], found.rungs, strict=True):
        rung |= {"seen": known.seen, "total": known.total}
    return data


def _draw(found: Assessment, language: str, path: Path) -> None:
    from bot.chat.cards.assess import draw  # noqa: PLC0415
    from bot.terminal.desk import fail  # noqa: PLC0415

    drawn = draw(found, language)
    if drawn is None:
        fail("A picture needs an extra: pip install 'redline-bot[documents]'")
    try:
        path.write_bytes(drawn.png)
    except OSError as error:
        fail(f"{path}: {error.strerror}.")
    click.echo(str(path), err=True)


def _list(found: Assessment, out: Console) -> None:
    for rung in found.rungs:
        title = rung.title if rung.level else f"{rung.title} (points to no phase)"
        out.print(Text(title, style="bold"))
        for sign in rung.signs:
            out.print(Text.assemble(f"  {sign.id}  ", (f"weight {sign.weight}", "dim")))
            out.print(Text(f"    {sign.text} ({sign.where})"))


def _show(found: Assessment, out: Console) -> None:
    out.print(Text(found.phase_title or "No phase yet", style="bold"))
    if found.phase:
        out.print(Text(found.summary))
        sure = f"{found.evidence} evidence ({SURE[found.evidence or 'low']})"
        out.print(Text(f"Confidence: {found.confidence}. Observed: {sure}.", "dim"))
    else:
        out.print(Text("What was observed does not carry a phase.", "dim"))
    for rung in reversed(found.rungs):
        if rung.observed:
            head = f"{len(rung.observed)} of {len(rung.signs)}, weight {rung.seen} of {rung.total}"
            _points(out, f"{rung.title}: {head}", [sign.text for sign in rung.observed])
    _points(
        out,
        "Would move it up",
        [f"{sign.text}{' (enough by itself)' if sign.alone else ''}" for sign in found.would_raise],
    )
    linchpins = [f"If this proves false, it falls: {sign.text}" for sign in found.linchpins]
    _points(out, "Would move it down", [*linchpins, *found.would_lower])
    _points(out, "Rule out first", found.rule_out)
    if not found.phase:
        return
    _points(out, "Red lines", _titles(found.redlines))
    _points(out, "Say", _titles(found.say))
    _points(out, "Do not say", [f"{one.reason} Instead: {one.instead}" for one in found.never_say])
    _points(out, "Do", _titles(found.do))
    _points(out, "Not in this phase", _titles(found.not_do))
    _points(out, "Sources", [f"{one.title}, {one.publisher}" for one in found.sources])
    out.print(Text(f"TLP:{found.tlp.upper()} · {found.phase}@{found.revision}", "dim"))


def _titles(links: tuple[Link, ...]) -> list[str]:
    return [f"{link.title}  [{link.id}]" for link in links]


def _points(out: Console, title: str, points: list[str] | tuple[str, ...]) -> None:
    if points:
        out.print(Text(f"\n{title}", style="bold cyan"))
        for point in points:
            out.print(Text(f"  • {point}"))
