"""`redline journal discussions` and `redline journal pack` as processes."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from desk import ANNA, CHANNEL, GUILD, THREAD

from bot.journal import Journal, NewDiscussion, NewEvent


@pytest.fixture
async def redline(database: str, data_dir: Path):
    journal = await Journal.open(database, data_dir)
    await journal.discussions.start(
        NewDiscussion("d1", "Who \x1b[31manswers?", ANNA, GUILD, THREAD, CHANNEL)
    )
    await journal.discussions.add(NewEvent("d1", "decision", "We answer.", ANNA))
    await journal.close()
    env = {**os.environ, "DATABASE_URL": database, "REDLINE_DATA_DIR": str(data_dir)}

    async def run(*words: str) -> subprocess.CompletedProcess[str]:
        return await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "bot", "journal", *words],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


async def test_discussions_are_listed_by_server_and_state(redline) -> None:
    listed = await redline("discussions", "--server", GUILD)
    assert listed.returncode == 0
    assert "d1" in listed.stdout
    assert "\x1b[31m" not in listed.stdout
    (row,) = json.loads((await redline("discussions", "--server", GUILD, "--json")).stdout)
    assert (row["discussion_id"], row["state"]) == ("d1", "open")
    none = await redline("discussions", "--server", GUILD, "--state", "closed")
    assert none.returncode == 1
    assert none.stdout == ""


async def test_a_pack_is_written_to_a_new_file_and_never_over_another(
    redline, tmp_path: Path
) -> None:
    path = tmp_path / "pack.zip"
    written = await redline("pack", "d1", str(path), "--zone", "Europe/Riga")
    assert written.returncode == 0, written.stderr
    assert "1 events" in written.stdout
    with zipfile.ZipFile(path) as pack:
        assert "We answer" in pack.read("report.md").decode()
    again = await redline("pack", "d1", str(path))
    assert again.returncode == 2
    assert "there already" in again.stderr


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("d9", "new.zip"), 1, "no discussion d9"),
        (("d1", "new.zip", "--zone", "Mars/Base"), 2, "no time zone"),
        (("d1", "nowhere/new.zip"), 1, "No such file"),
    ],
)
async def test_a_pack_that_cannot_be_made_is_told(
    redline, tmp_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    place = [words[0], str(tmp_path / words[1]), *words[2:]]
    failed = await redline("pack", *place)
    assert failed.returncode == code
    assert told in failed.stderr
    assert "Traceback" not in failed.stderr
