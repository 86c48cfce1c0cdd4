"""`redline kb evaluate` and `redline kb calibrate`: the search, measured and tuned."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.knowledge.search.calibration import Calibration, Measures, ModeCalibration
    from bot.knowledge.search.engine import SearchEngine
    from bot.knowledge.search.evaluation import Outcome
    from bot.knowledge.search.questions import Questions
    from bot.knowledge.snapshot import Snapshot

MODES = ("hybrid", "lexical")
NAMES = {
    "success_at_1": "success@1",
    "success_at_3": "success@3",
    "ndcg_at_5": "nDCG@5",
    "abstention": "abstention",
    "false_abstention": "false abst.",
}
"""Column by measure."""

mode_option = click.option(
    "--mode",
    type=click.Choice(MODES),
    help="Only this mode; both where the extra `semantic` is installed.",
)
questions_option = click.option(
    "--questions",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another file of questions than that of the knowledge base.",
)


@click.command()
@mode_option
@questions_option
@click.option("--json", "as_json", is_flag=True, help="JSON and nothing else.")
@click.option("--failures", is_flag=True, help="List the questions that were not answered.")
def evaluate(mode: str | None, file: Path | None, as_json: bool, failures: bool) -> None:
    """Ask the golden questions and measure the answers; exit 1 where too few are right.

    Too few: a measure lies further below the one in calibration.yaml than its margin.

    \b
    Example:
      redline kb evaluate --failures
    """
    from bot.knowledge.search import evaluation  # noqa: PLC0415 - keeps --help fast
    from bot.knowledge.search.engine import SearchEngine  # noqa: PLC0415

    settings, snapshot, questions = _open(file)
    report: dict[str, Any] = {}
    short: list[str] = []
    for name in _modes(mode):
        engine = SearchEngine(
            snapshot, cache_dir=settings.cache_dir, semantic=name == "hybrid" or False
        )
        outcomes = evaluation.ask_all(engine, questions.questions)
        tuned = engine.tuned
        short += [f"{name}: {line}" for line in evaluation.shortfalls(outcomes, tuned)]
        if as_json:
            report[name] = _data(outcomes)
        else:
            _table(name, outcomes, failures)
    if as_json:
        click.echo(json.dumps({"ok": not short, "modes": report, "shortfalls": short}, indent=2))
    for line in short:
        click.echo(line, err=True)
    sys.exit(1 if short else 0)


@click.command()
@mode_option
@questions_option
@click.option("--dry-run", is_flag=True, help="Say what would be stored, and store nothing.")
@click.option(
    "--vectors", is_flag=True, help="Store the vectors that ship with the bot too (in a checkout)."
)
def calibrate(mode: str | None, file: Path | None, dry_run: bool, vectors: bool) -> None:
    """Work out the numbers of the search on the golden questions and store them.

    Run it when entries, questions or examples off topic have changed much; it writes
    calibration.yaml, wording.npz and meaning.npz beside them. What it measures are questions
    left out of the working out.

    \b
    Example:
      redline kb calibrate
    """
    from bot.knowledge.search import calibrating, learnt  # noqa: PLC0415 - keeps --help fast
    from bot.knowledge.search.engine import SearchEngine  # noqa: PLC0415

    settings, snapshot, questions = _open(file)
    result = snapshot.calibration
    plain = replace(snapshot, taught=None, wording=None)
    for name in _modes(mode):
        engine = SearchEngine(
            plain, cache_dir=settings.cache_dir, semantic=name == "hybrid" or False
        )
        result = _calibrated(engine, questions, result)
        lesson = calibrating.learn(engine, settings.cache_dir)
        if lesson is not None:
            engine.learn(lesson)
            result = _calibrated(engine, questions, result)
            if not dry_run:
                for path in learnt.store(lesson, settings.knowledge_dir):
                    click.echo(f"stored in {path}")
        if vectors and not dry_run and engine.semantic is not None:
            for path in engine.semantic.ship():
                click.echo(f"stored in {path}")
    if result is None:
        return
    if dry_run:
        click.echo(calibrating.as_yaml(result))
        return
    target = settings.knowledge_dir / "calibration.yaml"
    target.write_text(calibrating.as_yaml(result), encoding="utf-8")
    click.echo(f"stored in {target}")


def _open(file: Path | None) -> tuple[Any, Snapshot, Questions]:
    """Settings, snapshot and questions; exits with 1 where questions name unknown entries."""
    from bot.knowledge.search import questions as golden  # noqa: PLC0415
    from bot.settings import Settings  # noqa: PLC0415
    from bot.terminal.desk import fail, open_snapshot  # noqa: PLC0415

    settings = Settings.load()
    snapshot = open_snapshot(settings)
    path = file or settings.knowledge_dir / "questions.yaml"
    try:
        questions = golden.read(path)
    except golden.QuestionsError as error:
        fail(str(error))
    unknown = questions.unknown(snapshot.entries)
    if unknown:
        for entry_id, asks in unknown.items():
            click.echo(f"{path.name}: no entry {entry_id!r}, named by {asks[0]!r}", err=True)
        fail("Mend these questions: their entries are not there (see `redline kb list`).")
    return settings, snapshot, questions


def _modes(mode: str | None) -> Sequence[str]:
    """The modes to run; says so where the extra is missing."""
    from bot.knowledge.search.semantic import encoder  # noqa: PLC0415
    from bot.terminal.desk import fail  # noqa: PLC0415

    if encoder() is not None:
        return (mode,) if mode else MODES
    if mode == "hybrid":
        fail("Search by meaning is not installed: pip install 'redline-bot[semantic]'")
    click.echo("Search by meaning is not installed: words only.", err=True)
    return ("lexical",)


def _calibrated(
    engine: SearchEngine, questions: Questions, before: Calibration | None
) -> Calibration:
    from bot.knowledge.search import calibrating  # noqa: PLC0415

    tuned = calibrating.calibrate(engine, questions, lambda line: click.echo(line, err=True))
    click.echo(f"{engine.rule}: {_in_words(tuned)}")
    return calibrating.combined(before, engine.rule, tuned, len(questions.questions))


def _in_words(tuned: ModeCalibration) -> str:
    measured = tuned.measured
    shares = _cells(measured) if measured else {}
    return ", ".join(f"{name} {share}" for name, share in shares.items())


def _cells(measures: Measures) -> dict[str, str]:
    return {title: f"{getattr(measures, name):.3f}" for name, title in NAMES.items()}


def _data(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    from bot.knowledge.search import evaluation  # noqa: PLC0415

    return {
        "overall": evaluation.measure(outcomes).model_dump(),
        **{
            what: {
                name: evaluation.measure(many).model_dump()
                for name, many in evaluation.by(outcomes, what).items()
            }
            for what in ("type", "language")
        },
        "failures": [
            {"ask": outcome.question.ask, "found": list(outcome.found)}
            for outcome in outcomes
            if not outcome.right
        ],
    }


def _table(mode: str, outcomes: Sequence[Outcome], failures: bool) -> None:
    from rich.table import Table  # noqa: PLC0415

    from bot.knowledge.search import evaluation  # noqa: PLC0415
    from bot.terminal.desk import console  # noqa: PLC0415

    screen = console()
    table = Table(title=f"Golden questions, {mode} search", title_justify="left")
    table.add_column("")
    for title in ("n", *NAMES.values()):
        table.add_column(title, justify="right")
    groups = {
        **evaluation.by(outcomes, "type"),
        **evaluation.by(outcomes, "language"),
        "overall": outcomes,
    }
    for name, many in groups.items():
        inside = any(outcome.question.in_scope for outcome in many)
        outside = not all(outcome.question.in_scope for outcome in many)
        cells = _cells(evaluation.measure(many))
        table.add_row(
            name,
            str(len(many)),
            *(
                cell if (outside if title == "abstention" else inside) else "–"
                for title, cell in cells.items()
            ),
        )
    screen.print(table)
    for outcome in outcomes if failures else ():
        if not outcome.right:
            click.echo(f"{outcome.question.ask}\n    → {', '.join(outcome.found) or 'nothing'}")
