"""A database of a later version: every command that opens it says so, and touches nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from desk import asked, change, everything
from test_commands import Redline

from bot.journal import Journal
from bot.journal.database import make_engine

ROOT = Path(__file__).parents[2]

COMMANDS = (
    ("run",),
    ("preview", "--no-open"),
    ("journal", "verify"),
    ("journal", "export", "--format", "md"),
    ("journal", "stats"),
    ("db", "upgrade"),
)


@pytest.fixture
async def newer(sqlite_url: str, data_dir: Path) -> Redline:
    """The commands on a database whose schema is of a later version."""
    journal = await Journal.open(sqlite_url, data_dir)
    await journal.record_interaction(asked("kept as it is"))
    await change(journal, "UPDATE alembic_version SET version_num = '9999'")
    await journal.close()
    found = Redline(sqlite_url, data_dir)
    found.env["DISCORD_TOKEN"] = "MTIz.not-a-token.at-all"
    found.env["KNOWLEDGE_DIR"] = str(knowledge(data_dir.parent / "knowledge"))
    return found


def knowledge(target: Path) -> Path:
    """A small knowledge base without errors: the refusal is the journal's alone."""
    shutil.copytree(ROOT / "tests" / "unit" / "knowledge" / "good", target)
    for path in (ROOT / "knowledge").glob("*.yaml"):
        if path.name != "questions.yaml":
            shutil.copy(path, target / path.name)
    return target


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
async def test_it_is_refused_with_a_sentence_and_an_exit_code(
    newer: Redline, words: tuple[str, ...]
) -> None:
    result = newer(*words, timeout=60)
    said = result.stdout + result.stderr
    assert result.returncode == 1
    assert "The journal's schema is 9999, this Redline knows 0002" in said
    assert "Upgrade Redline" in said
    assert "Traceback" not in said


async def test_what_is_in_it_stays(newer: Redline, sqlite_url: str, data_dir: Path) -> None:
    newer("run", timeout=60)
    newer("db", "upgrade", timeout=60)
    journal = Journal(make_engine(sqlite_url), data_dir)
    assert len(await everything(journal)) == 1
    await journal.log.close()
