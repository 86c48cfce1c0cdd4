"""Copies while the journal is in use, and the way back."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from pathlib import Path

import pytest
from desk import asked, everything

from bot.journal import BackupError, Journal
from bot.journal.backup import backup, restore, sqlite_file


async def test_a_copy_of_a_journal_in_use_is_whole(
    sqlite_url: str, data_dir: Path, tmp_path: Path
) -> None:
    journal = await Journal.open(sqlite_url, data_dir)
    for _ in range(50):
        await journal.record_interaction(asked())
    writes = [asyncio.create_task(journal.record_interaction(asked())) for _ in range(500)]
    await asyncio.sleep(0)
    size = await journal.backup(tmp_path / "copy.sqlite3")
    await asyncio.gather(*writes)

    copy = await Journal.open(f"sqlite+aiosqlite:///{tmp_path / 'copy.sqlite3'}", tmp_path / "c")
    verdict = await copy.verify()
    assert verdict.ok
    assert 50 <= verdict.checked <= 550
    assert size > 0
    assert stat.S_IMODE((tmp_path / "copy.sqlite3").stat().st_mode) == 0o600
    await copy.close()
    await journal.close()


async def test_there_is_a_way_back(sqlite_url: str, data_dir: Path, tmp_path: Path) -> None:
    database, target = sqlite_file(sqlite_url), tmp_path / "copy.sqlite3"
    journal = await Journal.open(sqlite_url, data_dir)
    for _ in range(10):
        await journal.record_interaction(asked())
    await journal.backup(target)
    for _ in range(5):
        await journal.record_interaction(asked())
    with pytest.raises(BackupError, match="Stop the bot"):
        await asyncio.to_thread(restore, target, database)
    assert len(await everything(journal)) == 15
    await journal.close()

    restore(target, database)

    again = await Journal.attach(sqlite_url, data_dir)
    assert len(await everything(again)) == 10
    lost = await again.verify()
    assert (lost.ok, lost.broken_seq) == (False, 11)
    await again.accept("the copy of today was put back")
    assert (await again.verify()).ok
    await again.close()
    after = await Journal.open(sqlite_url, data_dir)
    await after.record_interaction(asked())
    assert (await after.verify()).checked == 12
    await after.close()


async def test_a_copy_comes_back_where_the_database_is_lost(
    sqlite_url: str, data_dir: Path, tmp_path: Path
) -> None:
    database, target = sqlite_file(sqlite_url), tmp_path / "copy.sqlite3"
    journal = await Journal.open(sqlite_url, data_dir)
    await journal.record_interaction(asked())
    await journal.backup(target)
    await journal.close()
    for path in database.parent.glob("journal.sqlite3*"):
        path.unlink()

    restore(target, database)

    again = await Journal.open(sqlite_url, data_dir)
    assert (await again.verify()).ok
    assert len(await everything(again)) == 1
    await again.close()


def test_what_can_not_be_copied_says_why(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no database"):
        backup(tmp_path / "none.sqlite3", tmp_path / "copy")
    there = tmp_path / "there"
    there.write_text("")
    database = tmp_path / "other.sqlite3"
    sqlite3.connect(database).execute("CREATE TABLE t (x)").connection.close()
    with pytest.raises(BackupError, match="already"):
        backup(database, there)
    with pytest.raises(BackupError, match="no journal"):
        backup(database, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    assert not list(tmp_path.glob("*.part"))
    with pytest.raises(BackupError, match="no copy"):
        restore(tmp_path / "none", database)
    (tmp_path / "rubbish").write_bytes(b"not a database, but long enough to look" * 50)
    with pytest.raises(BackupError, match="put back"):
        restore(tmp_path / "rubbish", database)


def test_postgresql_is_told_its_own_tools() -> None:
    with pytest.raises(BackupError, match=r"pg_dump .*redline.*pg_restore") as raised:
        sqlite_file("postgresql+asyncpg://me:secret@host/redline")
    assert "secret" not in str(raised.value)
