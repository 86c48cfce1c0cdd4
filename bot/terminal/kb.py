"""`redline kb`: check, show, list, cover, scaffold, format and compare the knowledge base."""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from bot.knowledge import formatting, schema_export, words
from bot.knowledge.codes import CODES
from bot.knowledge.coverage import coverage as cover
from bot.knowledge.diff import RevisionError, check_out, compare
from bot.knowledge.kinds import FOLDERS, MODELS
from bot.knowledge.reading import Loaded, load
from bot.knowledge.reading.files import KIND_OF_FOLDER, list_files
from bot.knowledge.scaffold import scaffold
from bot.knowledge.snapshot import Snapshot
from bot.settings import Settings
from bot.terminal.desk import console, fail
from bot.terminal.evaluation import calibrate, evaluate
from bot.terminal.gaps import seed_from_gap
from bot.terminal.kb_findings import as_github, as_json, as_text
from bot.terminal.kb_rules import rule_findings
from bot.terminal.kb_texts import as_lines, diff_data, diff_text

ENTRY_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
COLOURS = {"high": "green", "moderate": "yellow", "low": "red"}


class Directory(click.ParamType[Path]):
    """The knowledge directory: `--dir`, or the one that is set."""

    name = "directory"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        if not path.is_dir():
            self.fail(f"there is no directory {value}", param, ctx)
        return path


def directory_option(command: Any) -> Any:
    return click.option(
        "--dir",
        "directory",
        type=Directory(),
        default=lambda: Settings.load().knowledge_dir,
        show_default="KNOWLEDGE_DIR, or the knowledge base that ships",
        help="Knowledge directory to work on.",
    )(command)


json_option = click.option("--json", "as_data", is_flag=True, help="JSON and nothing else.")


@click.group()
def kb() -> None:
    """The knowledge base: check it, read it, add to it.

    \b
    Example:
      redline kb check
    """


def _load(directory: Path) -> Loaded:
    return load(directory, cache_dir=Settings.load().cache_dir)


def _readable(directory: Path) -> Snapshot:
    """The entries that can be read, even if others are broken; says so on stderr."""
    loaded = _load(directory)
    if loaded.readable is None:
        fail("The knowledge base cannot be read: `redline kb check` says why.")
    if loaded.snapshot is None:
        click.echo("The knowledge base has errors: `redline kb check` shows them.", err=True)
    return loaded.readable


@kb.command()
@directory_option
@json_option
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "github"]),
    default="text",
    help="`github` makes annotations in a pull request.",
)
def check(directory: Path, as_data: bool, style: str) -> None:
    """Check every file and tell all that is wrong. Exits with 1 if there is an error.

    \b
    Example:
      redline kb check --format github
    """
    loaded = _load(directory)
    findings = sorted([*loaded.findings, *rule_findings(loaded)], key=lambda each: each.order)
    ok = not any(finding.severity == "error" for finding in findings)
    if as_data:
        click.echo(as_json(ok, loaded.entries, findings))
    elif style == "github":
        for finding in findings:
            click.echo(as_github(finding))
    else:
        console().print(as_text(findings, loaded.entries, loaded.directory))
    if not ok:
        raise SystemExit(1)


@kb.command()
@click.argument("entry_id", metavar="ID")
@directory_option
@json_option
def show(entry_id: str, directory: Path, as_data: bool) -> None:
    """Show one entry as it is on file.

    \b
    Example:
      redline kb show redline-presence-not-negotiable
    """
    snapshot = _readable(directory)
    entry = snapshot.get(entry_id.strip().lower())
    if entry is None:
        near = words.nearest(entry_id, snapshot.entries)
        fail(f"There is no entry '{entry_id}'." + (f" Near: {', '.join(near)}." if near else ""))
    data = entry.model_dump(mode="json")
    if as_data:
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    out = console()
    for name, value in data.items():
        if value in (None, [], {}, ""):
            continue
        out.print(Text(name, style="bold cyan"))
        out.print(Text(as_lines(value)))
    if used := snapshot.referrers.get(entry.id):
        out.print(Text("named by", style="bold cyan"))
        out.print(Text(as_lines(list(used))))


@kb.command("list")
@click.option("--kind", type=click.Choice(list(MODELS)), help="Only entries of this kind.")
@directory_option
@json_option
def list_entries(kind: str | None, directory: Path, as_data: bool) -> None:
    """List the entries with status, marking and confidence.

    \b
    Example:
      redline kb list --kind redline
    """
    snapshot = _readable(directory)
    found = [each for each in snapshot.entries.values() if kind in (None, each.kind)]
    if as_data:
        fields = {
            "id", "kind", "title", "summary", "status", "tlp", "confidence", "reviewed",
            "review_by", "situation",
        }  # fmt: skip
        data = [entry.model_dump(mode="json", include=fields) for entry in found]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        out = console()
        for name in MODELS:
            group = [entry for entry in found if entry.kind == name]
            if not group:
                continue
            out.print(Text(f"{name} ({len(group)})", style="bold"))
            for entry in group:
                line = Text(f"  {entry.id}  ")
                line.append(entry.title, style="dim")
                line.append(f"  {entry.confidence}", style=COLOURS[entry.confidence])
                line.append(f"  TLP:{entry.tlp.upper()}  {entry.status}")
                out.print(line)
        out.print(f"{words.count(len(found), 'entry', 'entries')}, revision {snapshot.revision}")
    if not found:
        raise SystemExit(1)


@kb.command()
@directory_option
@json_option
def coverage(directory: Path, as_data: bool) -> None:
    """Which passages of the source brief are restated, and by which entries.

    Exits with 1 if an entry is missing for a passage that has content.

    \b
    Example:
      redline kb coverage
    """
    loaded = _load(directory)
    if loaded.readable is None or loaded.passages is None:
        fail("The knowledge base cannot be read: `redline kb check` says why.")
    found = cover(loaded.readable, loaded.passages)
    if as_data:
        data = {
            "passages": {number: list(ids) for number, ids in found.passages.items()},
            "uncovered": list(found.uncovered),
        }
        click.echo(json.dumps(data, indent=2))
    else:
        for number, ids in found.passages.items():
            heading = "" if number in loaded.passages.content else " (heading)"
            click.echo(f"{number}{heading}: {', '.join(ids) or '-'}")
        content = len(loaded.passages.content)
        covered = content - len(found.uncovered)
        click.echo(f"{covered} of {content} passages with content are covered.")
        if found.uncovered:
            click.echo(f"Uncovered: {', '.join(found.uncovered)}")
    if found.uncovered:
        raise SystemExit(1)


@kb.command()
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write; by default _schema in the knowledge directory.",
)
@directory_option
def schema(output: Path | None, directory: Path) -> None:
    """Write a JSON Schema a kind, so that an editor completes and checks while you type.

    The editor (VS Code with the YAML extension, or any other with yaml-language-server) finds the
    schema by the first line of an entry, which `redline kb new` writes:

    \b
      # yaml-language-server: $schema=../_schema/redline.json

    \b
    Example:
      redline kb schema
    """
    loaded = _load(directory)
    vocabulary = loaded.readable.vocabulary if loaded.readable else None
    target = output or directory / schema_export.FOLDER
    for path in schema_export.write(target, vocabulary):
        click.echo(str(path))


@kb.command()
@click.argument("kind", type=click.Choice(list(MODELS)))
@click.argument("entry_id", metavar="ID")
@click.option(
    "--from-gap",
    "gap",
    type=click.IntRange(1),
    metavar="N",
    help="Fill in title, aliases and questions from a gap that `redline journal gaps` lists.",
)
@directory_option
def new(kind: str, entry_id: str, gap: int | None, directory: Path) -> None:
    """Write a new entry to fill in, with a comment above each key.

    \b
    Example:
      redline kb new countermeasure option-open-the-archives
      redline kb new analysis analysis-undersea-cables --from-gap 1204
    """
    if not ENTRY_ID.fullmatch(entry_id) or not 3 <= len(entry_id) <= 60:
        raise click.BadParameter(
            f"'{entry_id}' is not an id: lower-case words joined by hyphens, 3 to 60 characters",
            param_hint="ID",
        )
    loaded = _load(directory)
    if loaded.readable is None:
        fail("The vocabulary cannot be read: `redline kb check` says why.")
    if entry_id in loaded.files:
        fail(f"The id '{entry_id}' is taken: {loaded.files[entry_id]}")
    today = dt.datetime.now(dt.UTC).date()
    seed = seed_from_gap(gap) if gap is not None else None
    text = scaffold(kind, entry_id, loaded.readable.vocabulary, today, seed)
    path = directory / FOLDERS[kind] / f"{entry_id}.yaml"
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    click.echo(str(path))
    click.echo("Fill in what is blank, then run: redline kb check", err=True)


@kb.command("format")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 if needed.")
@directory_option
def format_entries(files: tuple[Path, ...], only_check: bool, directory: Path) -> None:
    """Put entries into one style: key order, spacing, quotation marks. Comments stay.

    \b
    Example:
      redline kb format knowledge/laws/law-un-charter.yaml
    """
    chosen = files or tuple(
        file.path for file in list_files(directory)[0] if file.folder in KIND_OF_FOLDER
    )
    changed = 0
    for path in chosen:
        result = formatting.format_entry(path.read_bytes())
        if result.reason:
            click.echo(f"{path}: left alone: {result.reason}", err=True)
        if result.changed:
            changed += 1
            click.echo(f"{path}: {'would change' if only_check else 'changed'}")
            if not only_check:
                path.write_bytes(result.text.encode())
    click.echo(f"{words.count(changed, 'file')} of {len(chosen)} changed.", err=True)
    if only_check and changed:
        raise SystemExit(1)


@kb.command()
@click.argument("revision", metavar="REV")
@directory_option
@json_option
def diff(revision: str, directory: Path, as_data: bool) -> None:
    """Tell in words what changed since a revision: a commit, a tag, or HEAD~1.

    \b
    Example:
      redline kb diff HEAD~1
    """
    with tempfile.TemporaryDirectory() as scratch:
        try:
            old = load(check_out(directory, revision, Path(scratch))).readable
        except RevisionError as error:
            fail(str(error))
    if old is None:
        fail(f"The knowledge base of revision {revision} has no readable vocabulary.")
    difference = compare(old, _readable(directory))
    if as_data:
        click.echo(json.dumps(diff_data(difference), ensure_ascii=False, indent=2))
    else:
        click.echo(diff_text(difference))


@kb.command()
@click.argument("code", metavar="CODE")
def explain(code: str) -> None:
    """What a code of `kb check` means, with a wrong and a right example.

    \b
    Example:
      redline kb explain KB201
    """
    known = CODES.get(code.strip().upper())
    if known is None:
        near = words.nearest(code.strip().upper(), CODES)
        fail(f"There is no code '{code}'." + (f" Near: {', '.join(near)}." if near else ""))
    out = console()
    out.print(Text(f"{known.code} ({known.severity}): {known.title}", style="bold"))
    out.print(Text(known.why))
    for label, example in (("Wrong", known.wrong), ("Right", known.right)):
        if example:
            out.print(Text(f"\n{label}:", style="bold"))
            out.print(Text("\n".join(f"  {line}" for line in example.split("\n"))))


kb.add_command(evaluate)
kb.add_command(calibrate)
