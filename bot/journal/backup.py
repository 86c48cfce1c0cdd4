"""Copies of the database while the bot runs, and the way back.

SQLite: `backup` copies one unchanging view of the database, whatever is written meanwhile, and
checks the copy. To go back, stop the bot and `restore`: it refuses while anything else has the
database open, copies in one transaction, and puts on record which records were lost.

PostgreSQL has its own tools, which see the whole server: `pg_dump --format=custom` for a copy,
`pg_restore --clean --if-exists` to go back.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from sqlalchemy.engine import make_url


class BackupError(Exception):
    """No copy was made or put back; the message says why and what to do."""


def sqlite_file(url: str) -> Path:
    """The database's file. Raises BackupError for another database, with the tool to use."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise BackupError(
            "The journal is in PostgreSQL. Copy it with its own tools: "
            f"pg_dump --format=custom --file=redline.dump {parsed.database}; "
            f"and back: pg_restore --clean --if-exists --dbname={parsed.database} redline.dump"
        )
    if not parsed.database or parsed.database == ":memory:":
        raise BackupError("The journal is in memory only: there is no file to copy.")
    return Path(parsed.database)


def backup(database: Path, target: Path) -> int:
    """Copy a database to a new file. Returns its size in bytes. Raises BackupError."""
    if not database.is_file():
        raise BackupError(f"There is no database at {database}.")
    if target.exists():
        raise BackupError(f"{target} is there already: name a new file.")
    part = target.with_name(f"{target.name}.part")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        with _open(database) as source, _open(part) as copy:
            source.backup(copy)  # in one go: a slow copy would begin anew at each write
            copy.execute("PRAGMA journal_mode=DELETE")
            _check(copy, part)
        part.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"No copy was made: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size


def restore(copy: Path, database: Path) -> None:
    """Put a copy in the place of the database. Raises BackupError while that is in use."""
    if not copy.is_file():
        raise BackupError(f"There is no copy at {copy}.")
    database.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _open(copy) as source, _open(database) as target:
            _check(source, copy)
            target.execute("PRAGMA busy_timeout=2000")
            target.execute("PRAGMA locking_mode=EXCLUSIVE")
            target.execute("PRAGMA journal_mode=DELETE")  # refused while others have it open
            target.execute("BEGIN EXCLUSIVE")
            target.execute("COMMIT")
            source.backup(target)
    except sqlite3.OperationalError as error:
        raise BackupError(
            f"The database can't be replaced ({error}). Stop the bot, then try again."
        ) from error
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"The copy can't be put back: {error}") from error


def _check(connection: sqlite3.Connection, path: Path) -> None:
    found = connection.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise BackupError(f"{path} is damaged: {found}")
    tables = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'record'").fetchone()
    if tables is None:
        raise BackupError(f"{path} holds no journal.")


def _open(path: Path) -> contextlib.closing[sqlite3.Connection]:
    return contextlib.closing(sqlite3.connect(path, isolation_level=None))
