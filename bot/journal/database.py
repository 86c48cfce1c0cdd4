"""The async engine, made once; for SQLite with the settings that durability asks for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # an acknowledged record survives a power cut, not only a kill
    "busy_timeout": "5000",
    "foreign_keys": "on",
}


def _faults() -> tuple[type[Exception], ...]:
    try:
        import asyncpg  # noqa: PLC0415 - an extra
    except ImportError:
        return (SQLAlchemyError, OSError)
    return (SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


FAULTS = _faults()
"""What a database that is full, locked, restarting or gone raises."""

UNFIT = ("22", "23")
"""SQLSTATE classes of data that does not fit: data exception, broken constraint."""


def refuses(error: Exception) -> bool:
    """Whether the database will not take this data at any time, in contrast to not now."""
    if isinstance(error, DataError | IntegrityError | OverflowError):
        return True
    cause = getattr(error, "orig", None)
    while cause is not None:
        if str(getattr(cause, "sqlstate", None) or "").startswith(UNFIT):
            return True
        if isinstance(cause, ValueError):  # the driver could not even encode it
            return True
        cause = cause.__cause__
    return False


PATIENT = {"timeout": 5, "command_timeout": 30}
"""PostgreSQL: seconds to connect and for one command; after that the server counts as gone."""


class DriverMissing(Exception):  # noqa: N818 - named for what it says
    """The database needs an extra that is not installed; the message names it."""


def make_engine(url: str) -> AsyncEngine:
    """An engine for this URL. SQLite transactions begin IMMEDIATE: two writers queue up.

    Raises DriverMissing.
    """
    sqlite = url.startswith("sqlite")
    try:
        engine = create_async_engine(
            url, pool_pre_ping=not sqlite, connect_args={} if sqlite else PATIENT
        )
    except ModuleNotFoundError as error:
        raise DriverMissing(
            "DATABASE_URL names a PostgreSQL database; its driver comes with an extra: "
            "pip install 'redline-bot[postgres]'"
        ) from error
    if sqlite:
        _set_up_sqlite(engine.sync_engine)
    return engine


def make_direct_engine(url: URL) -> Engine:
    """For the writer's own thread: the same SQLite database, without an event loop between."""
    engine = create_engine(url.set(drivername="sqlite"))
    _set_up_sqlite(engine)
    return engine


def _set_up_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:  # pyright: ignore[reportUnusedFunction]
        connection.isolation_level = None  # SQLAlchemy says when a transaction begins
        cursor = connection.cursor()
        for name, value in PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:  # pyright: ignore[reportUnusedFunction]
        mode = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
        connection.exec_driver_sql(f"BEGIN {mode}")


def reading(engine: AsyncEngine) -> AsyncEngine:
    """The same engine for reading: it takes no write lock."""
    return engine.execution_options(sqlite_begin="DEFERRED")
