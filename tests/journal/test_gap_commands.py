"""`redline journal gaps`, `kb new --from-gap` and `journal stats --pictures`, as processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from desk import ANNA, BORIS, GUILD, asked
from PIL import Image

from bot.journal import OTHERS, Journal
from bot.knowledge.reading import load

ROOT = Path(__file__).parents[2]


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(ROOT / "tests/unit/knowledge/good", tmp_path / "knowledge"))
    for path in (ROOT / "knowledge").glob("*.yaml"):
        if path.name != "questions.yaml":
            shutil.copy(path, folder / path.name)
    return folder


def redline(
    database: str, data_dir: Path, knowledge: Path, *words: str
) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "DATABASE_URL": database,
        "REDLINE_DATA_DIR": str(data_dir),
        "KNOWLEDGE_DIR": str(knowledge),
    }
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


async def unanswered(journal: Journal, *questions: str) -> None:
    for question in questions:
        await journal.record_interaction(asked(question, outcome="nothing-on-file", entries=()))


async def test_an_entry_begins_from_a_gap_and_lacks_only_its_blanks(
    database: str, data_dir: Path, knowledge: Path
) -> None:
    journal = await Journal.open(database, data_dir)
    await unanswered(
        journal,
        "Who guards the undersea cables?",
        "undersea cables damage: who pays",
        "кто охраняет подводные кабели",
        'undersea cables "quoted": # and {braces}',
    )
    await journal.close()
    listed = redline(database, data_dir, knowledge, "journal", "gaps", "--json")
    gap = max(json.loads(listed.stdout), key=lambda one: one["count"])
    assert gap["count"] >= 3
    shown = redline(database, data_dir, knowledge, "journal", "gaps")
    assert f"--from-gap {gap['number']}" in shown.stdout
    command = next(line for line in shown.stdout.splitlines() if "kb new" in line).split()[1:]
    made = redline(database, data_dir, knowledge, *command)
    assert made.returncode == 0, made.stderr
    path = Path(made.stdout.strip())
    text = path.read_text(encoding="utf-8")
    assert "status: draft" in text
    assert "Who guards the undersea cables?" in text
    assert f"From gap {gap['number']}" in text
    own = [one for one in load(knowledge).findings if path.name in one.file]
    assert {one.code for one in own} == {"KB102"}
    again = redline(database, data_dir, knowledge, *command)
    assert again.returncode == 1
    assert "taken" in again.stderr
    none = redline(
        database, data_dir, knowledge, "kb", "new", "law", "law-other", "--from-gap", "99999"
    )
    assert none.returncode == 1
    assert "no gap 99999" in none.stderr


async def test_a_gap_keeps_its_number_when_more_questions_join(journal: Journal) -> None:
    await unanswered(journal, "who guards undersea cables", "undersea cables damage")
    (before,) = await journal.insight.gaps(GUILD)
    await unanswered(journal, "guards of undersea cables", "price of gas in Vilnius")
    after = await journal.insight.gap(before.number, GUILD)
    assert after is not None
    assert after.number == before.number
    assert after.count == 3
    assert await journal.insight.gap(before.number, "another server") is None


async def test_mentions_are_no_part_of_a_question(journal: Journal) -> None:
    await unanswered(journal, "<@123456789012345678> undersea cables @everyone", "<@!1>")
    (gap,) = await journal.insight.gaps(GUILD)
    assert gap.texts == ("undersea cables",)
    assert set(gap.topic) == {"undersea", "cables"}


async def test_values_of_too_few_people_are_counted_together(journal: Journal) -> None:
    for number in range(12):
        own = number % 3
        await journal.record_interaction(
            asked(user_id=str(100 + own), language="en", entries=("one",))
        )
    for _ in range(5):
        await journal.record_interaction(asked(user_id="100", language="lt", entries=("two",)))
    alone = await journal.insight.stats(GUILD)
    assert alone.languages == {"en": 12, "lt": 5}
    together = await journal.insight.stats(GUILD, least_people=3)
    assert together.languages == {"en": 12, OTHERS: 5}
    assert together.entries == {"one": 12, OTHERS: 5}
    assert together.people == 3


async def test_questions_are_told_apart_from_clicks(journal: Journal) -> None:
    await journal.record_interaction(asked("a"))
    await journal.record_interaction(asked("b", outcome="nothing-on-file", entries=()))
    await journal.record_interaction(asked("c", command="button open"))
    stats = await journal.insight.stats(GUILD)
    assert (stats.interactions, stats.clicks) == (3, 1)
    assert stats.question_outcomes == {"answered": 1, "nothing-on-file": 1}
    assert stats.nothing_rate == 0.5
    assert (await journal.insight.stats("no server")).nothing_rate is None


async def test_the_numbers_are_drawn(database: str, data_dir: Path, knowledge: Path) -> None:
    journal = await Journal.open(database, data_dir)
    for number in range(20):
        await journal.record_interaction(asked(user_id=ANNA if number % 2 else BORIS))
    await journal.close()
    folder = data_dir / "pictures" / "new"
    done = redline(database, data_dir, knowledge, "journal", "stats", "--pictures", str(folder))
    assert done.returncode == 0, done.stderr
    drawn = sorted(folder.glob("*.png"))
    assert [path.name for path in drawn] == [
        "redline-answers.png",
        "redline-times.png",
        "redline-topics.png",
    ]
    for path in drawn:
        with Image.open(path) as picture:
            assert picture.width == 2000
    as_json = redline(
        database, data_dir, knowledge, "journal", "stats", "--json", "--pictures", str(folder)
    )
    assert json.loads(as_json.stdout)["nothing_rate"] == 0.0
