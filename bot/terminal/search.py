"""`redline search`: ranked entries for one query, or for many from stdin."""

from __future__ import annotations

import json
import sys
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click
from rich.markup import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.knowledge.search.engine import SearchEngine
    from bot.knowledge.search.result import Hit, SearchResult

SHOWN_REASONS = 3
REASON = 60
"""Characters of a reason that are shown: what matched can be a whole text."""


@click.command()
@click.argument("query", nargs=-1)
@click.option(
    "--limit",
    type=click.IntRange(1, 50),
    default=5,
    show_default=True,
    help="The most results.",
)
@click.option("--json", "as_json", is_flag=True, help="The whole result as JSON.")
@click.option(
    "--batch",
    is_flag=True,
    help='Read JSON Lines {"qid", "query"} on stdin; write one line of results for each.',
)
@click.option("--lexical", is_flag=True, help="Search words only, even if meaning is installed.")
def search(query: tuple[str, ...], limit: int, as_json: bool, batch: bool, lexical: bool) -> None:
    """Rank the entries that answer a query; exit 1 where nothing is on file.

    \b
    Examples:
      redline search "what if we say nothing?"
      redline search --batch < questions.jsonl > results.jsonl
    """
    text = " ".join(query).strip()
    if batch and text:
        raise click.UsageError("--batch reads its queries on stdin: leave the query out.")
    if not batch and not text:
        raise click.UsageError('Missing QUERY. Example: redline search "buffer zone"')
    from bot.terminal.desk import open_engine  # noqa: PLC0415 - keeps --help fast
    from bot.terminal.screen import json_text  # noqa: PLC0415

    asked = list(_read_batch(sys.stdin)) if batch else []
    engine = open_engine(semantic=False if lexical else None)
    if batch:
        for qid, line in asked:
            hits = engine.search(line, limit=limit).hits
            row = {"qid": qid, "results": [_result(hit) for hit in hits]}
            click.echo(json_text(row))
        return
    result = engine.search(text, limit=limit)
    if as_json:
        click.echo(json_text(_whole(result), indent=2))
    else:
        _show(result, engine)
    sys.exit(0 if result.hits else 1)


def _read_batch(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of id and query. A line that is not one ends the command with exit code 2."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row: Any = json.loads(line)
        except json.JSONDecodeError as error:
            raise click.UsageError(f"stdin, line {number}: not JSON: {error}") from None
        if not isinstance(row, dict) or not all(
            isinstance(row.get(key), str)  # pyright: ignore[reportUnknownMemberType]
            for key in ("qid", "query")
        ):
            raise click.UsageError(
                f'stdin, line {number}: expected {{"qid": "…", "query": "…"}}, both texts'
            )
        yield str(row["qid"]), str(row["query"])  # pyright: ignore[reportUnknownArgumentType]


def _result(hit: Hit) -> dict[str, Any]:
    entry = hit.entry
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "score": round(hit.score, 4),
        "passages": list(entry.passages),
        "sources": list(entry.sources),
    }


def _whole(result: SearchResult) -> dict[str, Any]:
    return {
        "query": result.query,
        "mode": result.mode,
        "language": result.language,
        "intent": result.intent,
        "confidence": round(result.confidence, 4),
        "results": [
            {**_result(hit), "why": [{"by": why.by, "text": why.text} for why in hit.why]}
            for hit in result.hits
        ],
        "suggestions": [
            {"id": entry.id, "kind": entry.kind, "title": entry.title}
            for entry in result.suggestions
        ],
    }


def _show(result: SearchResult, engine: SearchEngine) -> None:
    from bot.terminal.desk import console  # noqa: PLC0415

    screen = console()
    if not result.hits:
        screen.print("[bold]Nothing on file.[/bold] Topics to browse:")
        for entry in result.suggestions or engine.complete("", limit=3):
            screen.print(f"  {escape(entry.title)} [dim]{entry.kind} · {entry.id}[/dim]")
        return
    for number, hit in enumerate(result.hits, 1):
        screen.print(
            f"[bold]{number}. {escape(hit.entry.title)}[/bold] "
            f"[dim]{hit.entry.kind} · {hit.entry.id} · {hit.score:.2f}[/dim]"
        )
        screen.print(f"   {escape(hit.entry.summary)}")
        if hit.why:
            reasons = "; ".join(
                f"{why.by}: {shorten(why.text, REASON, placeholder='…')}"
                for why in hit.why[:SHOWN_REASONS]
            )
            screen.print(f"   [dim]matched {escape(reasons)}[/dim]")
