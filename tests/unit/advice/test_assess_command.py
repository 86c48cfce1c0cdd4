"""`redline assess`: the list of indicators, an assessment in words, as JSON and as a picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from bot.advice.ladder import escalations, phases_of
from bot.knowledge.snapshot import Snapshot
from bot.terminal.assess import assess

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    data = tmp_path_factory.getbasetemp() / "assess-data"
    monkeypatch.setenv("REDLINE_DATA_DIR", str(data))
    monkeypatch.setenv("KNOWLEDGE_DIR", str(KNOWLEDGE))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(assess, list(arguments))


def test_without_an_indicator_all_are_listed(snapshot: Snapshot) -> None:
    result = run()
    assert result.exit_code == 0
    for entry in escalations(snapshot, None):
        assert entry.title in result.stdout
        assert all(item.id in result.stdout for item in entry.indicators)


def test_an_assessment_says_phase_sureness_and_what_follows(snapshot: Snapshot) -> None:
    phase = phases_of(snapshot)[1]
    result = run(*(item.id for item in phase.indicators))
    assert result.exit_code == 0
    assert result.stdout.startswith(phase.title)
    assert "Confidence: moderate" in result.stdout
    for part in ("Would move it up", "Would move it down", "Rule out first", "Do not say", "Say"):
        assert f"\n{part}\n" in result.stdout
    assert f"[{phase.do[0]}]" in result.stdout


def test_too_little_is_no_result(snapshot: Snapshot) -> None:
    weak = next(
        item.id for phase in phases_of(snapshot) for item in phase.indicators if item.weight == 1
    )
    result = run(weak)
    assert result.exit_code == 1
    assert "No phase yet" in result.stdout


def test_json_is_json_alone(snapshot: Snapshot) -> None:
    phase = phases_of(snapshot)[0]
    result = run("--json", *(item.id for item in phase.indicators))
    data = json.loads(result.stdout)
    assert data["phase"] == phase.id
    assert data["rungs"][1]["seen"] == sum(item.weight for item in phase.indicators)
    assert data["confidence"] == "moderate"
    assert data["sources"]


def test_a_slip_of_the_fingers_is_wrong_use_and_told_what_was_meant(snapshot: Snapshot) -> None:
    known = phases_of(snapshot)[0].indicators[0].id
    result = run(known[:-1])
    assert result.exit_code == 2
    assert known in result.stderr
    assert result.stdout == ""


def test_the_ladder_is_drawn(snapshot: Snapshot, tmp_path: Path) -> None:
    target = tmp_path / "ladder.png"
    result = run("--picture", str(target), phases_of(snapshot)[0].indicators[0].id)
    assert result.exit_code == 0
    with Image.open(target) as picture:
        assert picture.size == (2000, 1120)
    missing = run("--picture", str(tmp_path / "no" / "where.png"), "p1-satnav-jamming")
    assert missing.exit_code == 1
    assert "where.png" in missing.stderr
