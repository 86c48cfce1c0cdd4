"""`redline search`, `redline kb evaluate` and `redline kb calibrate`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from bot.knowledge.search.questions import read
from bot.terminal.evaluation import calibrate, evaluate
from bot.terminal.search import search

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    data = tmp_path_factory.getbasetemp() / "search-data"
    monkeypatch.setenv("REDLINE_DATA_DIR", str(data))
    monkeypatch.setenv("KNOWLEDGE_DIR", str(KNOWLEDGE))


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(search, ["--lexical", *arguments], input=text)


def test_results_in_words() -> None:
    result = run("reflexive control")
    assert result.exit_code == 0
    assert result.stdout.startswith("1. ")
    assert "analysis-reflexive-control" in result.stdout
    assert "matched " in result.stdout


def test_results_as_json() -> None:
    result = run("--json", "--limit", "3", "reflexive", "control")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["mode"] == "lexical"
    assert data["language"] == "en"
    assert 1 <= len(data["results"]) <= 3
    first = data["results"][0]
    assert {"id", "kind", "title", "score", "passages", "sources", "why"} <= set(first)
    assert first["why"][0].keys() == {"by", "text"}


def test_nothing_on_file_exits_1_and_suggests() -> None:
    result = run("a recipe for apple cake")
    assert result.exit_code == 1
    assert "Nothing on file" in result.stdout
    result = run("--json", "a recipe for apple cake")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["results"] == []


def test_batch_keeps_order_and_ids() -> None:
    rows = [
        {"qid": "b", "query": "buffer zone"},
        {"qid": "a", "query": "a recipe for apple cake"},
        {"qid": "ü", "query": "рефлексивное управление", "more": 1},
    ]
    lines = "\n".join(json.dumps(row) for row in rows) + "\n\n"
    result = run("--batch", text=lines)
    assert result.exit_code == 0
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["qid"] for row in found] == ["b", "a", "ü"]
    assert found[0]["results"]
    assert found[1]["results"] == []
    for entry in found[0]["results"]:
        assert set(entry) == {"id", "kind", "title", "score", "passages", "sources"}
        assert all(passage.startswith("P") for passage in entry["passages"])


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "line 1: not JSON"),
        ("[]", "line 1: expected"),
        ('{"qid": 1, "query": "x"}', "line 1: expected"),
        ('{"qid": "a"}', "line 1: expected"),
    ],
)
def test_a_broken_batch_names_the_line(line: str, fault: str) -> None:
    result = run("--batch", text=line)
    assert result.exit_code == 2
    assert fault in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("arguments", [(), ("--batch", "query"), ("--limit", "0", "x"), ("  ",)])
def test_wrong_use_exits_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_help_has_an_example() -> None:
    for command in (search, evaluate, calibrate):
        assert "redline" in CliRunner().invoke(command, ["--help"]).stdout


def test_evaluate_measures_and_lists_failures() -> None:
    result = CliRunner().invoke(evaluate, ["--mode", "lexical", "--failures"])
    assert result.exit_code == 0, result.stderr
    assert "overall" in result.stdout
    assert "outofscope" in result.stdout
    result = CliRunner().invoke(evaluate, ["--mode", "lexical", "--json"])
    data = json.loads(result.stdout)
    assert data["ok"] is True
    assert data["modes"]["lexical"]["overall"]["success_at_3"] > 0.5


def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge base of its own, to write to."""
    knowledge = tmp_path / "knowledge"
    shutil.copytree(KNOWLEDGE, knowledge)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(knowledge))
    return knowledge


def test_evaluate_fails_where_fewer_are_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge = copied(tmp_path, monkeypatch)
    wrong = [
        {"ask": f"an unanswerable question about kangaroo number {number}", "type": "question",
         "answers": ["analysis-reflexive-control"]}
        for number in range(20)
    ]  # fmt: skip
    (knowledge / "questions.yaml").write_text(yaml.safe_dump({"questions": wrong}))
    result = CliRunner().invoke(evaluate, ["--mode", "lexical"])
    assert result.exit_code == 1
    assert "when calibrated it was" in result.stderr


def test_questions_on_entries_that_are_not_there_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge = copied(tmp_path, monkeypatch)
    question = {"ask": "where is it?", "type": "question", "answers": ["analysis-no-such-thing"]}
    (knowledge / "questions.yaml").write_text(yaml.safe_dump({"questions": [question]}))
    result = CliRunner().invoke(evaluate, ["--mode", "lexical"])
    assert result.exit_code == 1
    assert "analysis-no-such-thing" in result.stderr


def test_calibrate_stores_numbers_that_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge = copied(tmp_path, monkeypatch)
    target = knowledge / "calibration.yaml"
    before = target.read_text()
    dry = CliRunner().invoke(calibrate, ["--mode", "lexical", "--dry-run"])
    assert dry.exit_code == 0, dry.stderr
    assert target.read_text() == before
    result = CliRunner().invoke(calibrate, ["--mode", "lexical"])
    assert result.exit_code == 0, result.stderr
    assert str(target) in result.stdout
    after = yaml.safe_load(target.read_text())
    assert after["questions"] == len(read(knowledge / "questions.yaml").questions)
    assert after["hybrid"] == yaml.safe_load(before)["hybrid"]
    assert CliRunner().invoke(evaluate, ["--mode", "lexical"]).exit_code == 0
