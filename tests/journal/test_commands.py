"""`redline journal` and `redline db` as processes: output, exit codes, and a bot beside them."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from desk import ANNA, BORIS, GUILD, asked, change, everything

from bot.journal import Journal
from bot.terminal.journal import db, journal


class Redline:
    """The command, on one database."""

    def __init__(self, url: str, data_dir: Path) -> None:
        self.env = {**os.environ, "DATABASE_URL": url, "REDLINE_DATA_DIR": str(data_dir)}

    def __call__(self, *words: str, **more: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            **more,  # type: ignore[call-overload]
        )


@pytest.fixture
def redline(database: str, data_dir: Path) -> Redline:
    return Redline(database, data_dir)


async def test_commands_work_beside_a_running_bot(
    database: str, data_dir: Path, redline: Redline, tmp_path: Path
) -> None:
    running = await Journal.open(database, data_dir)
    await running.record_interaction(asked("cable, cut?", command="discuss start"))
    await running.record_interaction(asked("the gap", outcome="nothing-on-file", entries=()))
    await running.record_interaction(asked("kept", user_id=BORIS))

    async def beside(*arguments: str) -> subprocess.CompletedProcess[str]:
        """In a thread: the bot's own transactions must be able to end meanwhile."""
        return await asyncio.to_thread(redline, *arguments)

    exported = await beside("journal", "export", "--format", "jsonl")
    assert exported.returncode == 0
    rows = [json.loads(line) for line in exported.stdout.splitlines()]
    assert [row["command"] for row in rows] == ["discuss start", "ask", "ask"]
    assert exported.stderr == ""

    found = await beside("journal", "search", "cables", "--json")
    assert found.returncode == 0
    assert [hit["seq"] for hit in json.loads(found.stdout)] == [1]
    assert (await beside("journal", "search", "zeppelin")).returncode == 1

    stats = await beside("journal", "stats", "--json", "--server", GUILD)
    assert json.loads(stats.stdout)["outcomes"] == {"answered": 2, "nothing-on-file": 1}
    (gap,) = json.loads((await beside("journal", "gaps", "--json")).stdout)
    assert gap["examples"] == ["the gap"]
    assert json.loads((await beside("journal", "about", ANNA, "--json")).stdout)["records"] == {
        "interaction": 2
    }

    forgotten = await beside("journal", "forget", ANNA)
    assert (forgotten.returncode, forgotten.stderr) == (0, "")
    assert (await beside("journal", "about", ANNA)).returncode == 1
    await running.record_interaction(asked("goes on", user_id=BORIS))
    checked = await beside("journal", "verify", "--json")
    verdict = json.loads(checked.stdout)
    assert (checked.returncode, verdict["ok"], verdict["checked"]) == (0, True, 5)

    await change(running, "UPDATE record SET private = '{}' WHERE seq = 3")
    broken = await beside("journal", "verify")
    assert broken.returncode == 1
    assert "Record 3 does not fit" in broken.stdout
    await running.close()


async def test_an_end_noted_elsewhere_is_checked(
    database: str, data_dir: Path, redline: Redline
) -> None:
    running = await Journal.open(database, data_dir)
    await running.record_interaction(asked())
    await running.close()
    end = json.loads(redline("journal", "verify", "--json").stdout)["end"]

    assert redline("journal", "verify", "--known", end).returncode == 0
    other = f"1:{'0' * 64}"
    assert redline("journal", "verify", "--known", other).returncode == 1
    assert redline("journal", "verify", "--known", "gestern").returncode == 2


async def test_csv_and_files(database: str, data_dir: Path, redline: Redline) -> None:
    running = await Journal.open(database, data_dir)
    await running.record_interaction(asked("=1+1"))
    await running.close()
    target = data_dir / "out.csv"

    assert redline("journal", "export", "--format", "csv", "--output", str(target)).returncode == 0
    with target.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["text"] == "'=1+1"
    again = redline("journal", "export", "--format", "csv", "--output", str(target))
    assert again.returncode == 2
    assert "already" in again.stderr
    page = redline("journal", "export", "--format", "md").stdout
    assert page.startswith("# Journal")
    assert io.StringIO(page).readline() == "# Journal\n"


def test_the_database_is_brought_up_to_date(redline: Redline) -> None:
    empty = redline("db", "current", "--json")
    assert json.loads(empty.stdout) == {"ok": False, "current": None, "head": "0002"}
    assert "is now 0002" in redline("db", "upgrade").stdout
    assert "already" in redline("db", "upgrade").stdout
    assert json.loads(redline("db", "current", "--json").stdout)["ok"] is True


async def test_a_newer_database_is_left_alone(
    database: str, data_dir: Path, redline: Redline
) -> None:
    running = await Journal.open(database, data_dir)
    await change(running, "UPDATE alembic_version SET version_num = '9999'")
    await running.close()
    for words in (("journal", "stats"), ("db", "upgrade"), ("db", "current")):
        ended = redline(*words)
        assert ended.returncode == 1
        assert "pgrade Redline" in ended.stderr
        assert "Traceback" not in ended.stderr


async def test_copies_and_the_way_back(sqlite_url: str, data_dir: Path, tmp_path: Path) -> None:
    redline, copy = Redline(sqlite_url, data_dir), str(tmp_path / "copy.sqlite3")
    running = await Journal.open(sqlite_url, data_dir)
    await running.record_interaction(asked("first"))
    assert redline("journal", "backup", copy).returncode == 0
    await running.record_interaction(asked("second"))
    in_use = redline("journal", "restore", copy)
    assert in_use.returncode == 1
    assert "Stop the bot" in in_use.stderr
    await running.close()

    assert redline("journal", "restore", copy).returncode == 0
    assert redline("journal", "verify").returncode == 0
    again = await Journal.open(sqlite_url, data_dir)
    kinds = [record.type for record in await everything(again)]
    assert kinds == ["interaction", "accepted"]
    await again.close()


@pytest.mark.parametrize(
    "words",
    [
        ("journal", "export"),
        ("journal", "export", "--format", "xml"),
        ("journal", "export", "--format", "csv", "--since", "yesterday"),
        ("journal", "forget", "anna"),
        ("journal", "forget"),
        ("journal", "nonsense"),
    ],
)
def test_wrong_use_ends_with_two(sqlite_url: str, data_dir: Path, words: tuple[str, ...]) -> None:
    ended = Redline(sqlite_url, data_dir)(*words)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr


def test_a_database_that_is_away_is_named(data_dir: Path) -> None:
    redline = Redline("postgresql+asyncpg://me:hunter2@127.0.0.1:9/none", data_dir)
    ended = redline("journal", "stats")
    assert ended.returncode == 1
    assert "DATABASE_URL" in ended.stderr
    assert "hunter2" not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_reader_that_has_enough_is_no_fault(sqlite_url: str, data_dir: Path) -> None:
    redline = Redline(sqlite_url, data_dir)
    command = f"{sys.executable} -m bot journal export --format md | true"
    ended = subprocess.run(
        command, shell=True, env=redline.env, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in ended.stderr
    assert "database" not in ended.stderr


@pytest.mark.parametrize("group", [journal, db], ids=["journal", "db"])
def test_every_command_shows_an_example(group: object) -> None:
    commands = {"": group, **group.commands}  # type: ignore[attr-defined]
    assert len(commands) > 2
    for name, command in commands.items():
        assert "Example" in command.help, name
