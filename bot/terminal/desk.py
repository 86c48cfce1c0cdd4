"""What the terminal's commands share: the adviser on the knowledge base that is set."""

from __future__ import annotations

import sys
from typing import NoReturn

import click
from rich.console import Console

from bot.advice.adviser import Adviser
from bot.knowledge.reading import load
from bot.knowledge.search.engine import SearchEngine
from bot.knowledge.snapshot import Snapshot
from bot.settings import Settings
from bot.terminal.screen import Screen, printable


def open_snapshot(settings: Settings | None = None) -> Snapshot:
    """The checked knowledge base. Exits with 1 and the first findings where it has errors."""
    settings = settings or Settings.load()
    loaded = load(settings.knowledge_dir, cache_dir=settings.cache_dir)
    if loaded.snapshot is None:
        errors = [finding for finding in loaded.findings if finding.severity == "error"]
        for finding in errors[:5]:
            click.echo(
                f"{finding.file}:{finding.line}:{finding.column}: {finding.code}: "
                f"{finding.message}",
                err=True,
            )
        fail(f"The knowledge base has {len(errors)} errors: `redline kb check` shows all.")
    return loaded.snapshot


def open_engine(*, semantic: bool | None = None) -> SearchEngine:
    """The search over the checked knowledge base; `semantic` as the engine takes it."""
    settings = Settings.load()
    snapshot = open_snapshot(settings)
    return SearchEngine(snapshot, cache_dir=settings.cache_dir, semantic=semantic)


def open_adviser(*, semantic: bool | None = None) -> Adviser:
    engine = open_engine(semantic=semantic)
    return Adviser(engine.snapshot, engine)


def console() -> Console:
    """A console on stdout that keeps the text whole where the output is not a terminal."""
    return Screen(soft_wrap=not sys.stdout.isatty(), highlight=False)


def fail(message: str, code: int = 1) -> NoReturn:
    click.echo(printable(message), err=True)
    sys.exit(code)
