"""Migrations: where the database stands, and how it is brought up to date."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData
from sqlalchemy.engine import Connection

from bot.journal import desk_tables
from bot.journal.database import make_engine, reading

METADATA: MetaData = desk_tables.DISCUSSION.metadata
"""Of all tables, as the models say; `migrations/` makes them so."""

PACKAGE = Path(__file__).parents[1]


class SchemaTooNew(Exception):  # noqa: N818 - named for what it says
    """The database was made by a newer Redline than this one."""

    def __init__(self, current: str, head: str) -> None:
        super().__init__(
            f"The journal's schema is {current}, this Redline knows {head}. "
            "Upgrade Redline, or set DATABASE_URL to a database made with this version."
        )


class SchemaTooOld(Exception):  # noqa: N818 - named for what it says
    """The database still has to be brought up to date."""

    def __init__(self, current: str | None, head: str) -> None:
        super().__init__(
            f"The journal's schema is {current or 'empty'}, this Redline needs {head}. "
            "Bring it up to date with `redline db upgrade`."
        )


@dataclass(frozen=True, slots=True)
class SchemaState:
    """`current` is None in an empty database; `head` is what this Redline needs."""

    current: str | None
    head: str
    too_new: bool


def migrations_dir() -> Path:
    """Beside the package in a checkout, inside it in a wheel."""
    beside = PACKAGE.parent / "migrations"
    return beside if beside.is_dir() else PACKAGE / "shipped" / "migrations"


def alembic_config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()))
    config.attributes["url"] = url
    return config


async def schema_state(url: str) -> SchemaState:
    """Where the database stands. Raises what the driver raises if it can't be reached."""
    engine = make_engine(url)
    try:
        async with reading(engine).connect() as connection:
            current = await connection.run_sync(_current)
    finally:
        await engine.dispose()
    scripts = ScriptDirectory.from_config(alembic_config(url))
    head = scripts.get_current_head()
    known = {script.revision for script in scripts.walk_revisions()}
    return SchemaState(current, str(head), current is not None and current not in known)


async def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database up to `revision`. Raises SchemaTooNew."""
    state = await schema_state(url)
    if state.too_new:
        raise SchemaTooNew(str(state.current), state.head)
    if state.current != state.head or revision != "head":
        await asyncio.to_thread(command.upgrade, alembic_config(url), revision)


async def require_current(url: str) -> None:
    """Raises SchemaTooNew or SchemaTooOld where this Redline can't work with the database."""
    state = await schema_state(url)
    if state.too_new:
        raise SchemaTooNew(str(state.current), state.head)
    if state.current != state.head:
        raise SchemaTooOld(state.current, state.head)


async def downgrade(url: str, revision: str) -> None:
    await asyncio.to_thread(command.downgrade, alembic_config(url), revision)


def _current(connection: Connection) -> Any:
    return MigrationContext.configure(connection).get_current_revision()
