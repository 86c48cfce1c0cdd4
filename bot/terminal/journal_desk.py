"""What the commands of the journal share: opening it, and telling what is wrong with it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Awaitable, Callable, Generator
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.settings import Settings
from bot.terminal.desk import fail

if TYPE_CHECKING:
    from bot.journal import Journal

T = TypeVar("T")


def with_journal(work: Callable[[Journal], Awaitable[T]]) -> T:
    """Do something with the journal that is set, beside a bot that may be running.

    Exits with 1 where the database can't be used, and with 2 for a value that is none.
    """
    from bot.journal import Journal, schema  # noqa: PLC0415 - keeps --help fast

    async def whole() -> T:
        settings = Settings.load()
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        await schema.upgrade(settings.database_url)
        journal = await Journal.attach(settings.database_url, settings.data_dir)
        try:
            return await work(journal)
        finally:
            await journal.close()

    with explained():
        return asyncio.run(whole())


@contextlib.contextmanager
def explained() -> Generator[None]:
    """Turn what a database raises into a sentence and an exit code."""
    from bot.journal import FAULTS, DriverMissing, SchemaTooNew, SchemaTooOld  # noqa: PLC0415

    try:
        yield
    except BrokenPipeError:  # whoever reads the output has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (SchemaTooNew, SchemaTooOld, DriverMissing) as error:
        fail(str(error))
    except ValueError as error:
        fail(f"{error}. Times are ISO 8601 with a zone, such as 2026-11-03T00:00Z.", 2)
    except FAULTS as error:
        cause = getattr(error, "orig", None) or error
        fail(
            f"The journal's database can't be used: {cause} ({type(error).__name__}). "
            "Check DATABASE_URL and REDLINE_DATA_DIR; `redline doctor` tells more."
        )


@contextlib.contextmanager
def progress(label: str) -> Generator[Callable[[int, int], None]]:
    """A bar on stderr where that is a terminal; called with what is done and the whole."""
    bar = Progress(
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task(label)
        yield lambda done, total: bar.update(task, completed=done, total=total)
