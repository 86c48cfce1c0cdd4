"""`redline message check`: findings, JSON, exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.terminal.message import message

ROOT = Path(__file__).parents[3]
SMALL = ROOT / "tests" / "unit" / "knowledge" / "good"
LINE = "redline-presence-not-negotiable"
KEYS = {"rule", "redline", "severity", "start", "end", "excerpt", "message", "suggestion"}


@pytest.fixture
def knowledge(tmp_path) -> Path:
    """A small knowledge base without errors."""
    directory = tmp_path / "knowledge"
    shutil.copytree(SMALL, directory)
    for path in (ROOT / "knowledge").glob("*.yaml"):
        shutil.copy(path, directory)
    (directory / "questions.yaml").unlink(missing_ok=True)
    return directory


@pytest.fixture
def run(monkeypatch, tmp_path, knowledge):
    monkeypatch.setenv("KNOWLEDGE_DIR", str(knowledge))
    monkeypatch.setenv("REDLINE_DATA_DIR", str(tmp_path / "data"))

    def invoke(*arguments: str, text: str | None = None) -> Result:
        return CliRunner().invoke(message, ["check", *arguments], input=text)

    return invoke


def test_blocker_is_told_with_its_place_and_exits_with_1(run) -> None:
    result = run("--text", "-", text="First line.\nWe are open to talks.")
    assert result.exit_code == 1
    assert "BLOCK line 2: “open to talks”" in result.stdout
    assert "Instead: The presence is not up for talks." in result.stdout
    assert "1 finding, 1 blocker." in result.stdout


def test_text_without_findings_exits_with_0(run) -> None:
    result = run("--text", "-", text="We stay.")
    assert (result.exit_code, result.stdout) == (0, "No findings.\n")


def test_json_is_alone_on_stdout_and_has_the_agreed_keys(run) -> None:
    text = "Õ 🇪🇪: we are open\u200b to talks."
    result = run("--text", "-", "--json", text=text)
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert set(answer) == {"ok", "findings"}
    assert answer["ok"] is False
    (finding,) = answer["findings"]
    assert set(finding) == KEYS
    assert finding["redline"] == LINE
    assert finding["severity"] == "block"
    assert text[finding["start"] : finding["end"]] == finding["excerpt"] == "open\u200b to talks"


def test_one_red_line_asks_for_what_must_be_said(run) -> None:
    result = run("--redline", LINE, "--text", "-", "--json", text="Good morning.")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["ok"] is True
    assert [(each["rule"], each["start"], each["end"]) for each in answer["findings"]] == [
        ("say-not-negotiable", 0, 0)
    ]
    assert "WARN missing" in run("--redline", LINE, "--text", "-", text="Good morning.").stdout


def test_file_with_byte_order_mark_is_read(run, tmp_path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text("Open to talks.", encoding="utf-8-sig")
    (finding,) = json.loads(run("--text", str(path), "--json").stdout)["findings"]
    assert finding["start"] == 0


def test_wrong_use_exits_with_2_and_says_so_on_stderr(run, tmp_path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Präsenz".encode("latin-1"))
    for arguments, told in [
        (("--redline", "redline-none", "--text", "-"), "There is no red line 'redline-none'"),
        (("--text", str(tmp_path / "none.txt")), "no such file"),
        (("--text", str(latin)), "not UTF-8 at byte 2"),
        ((), "--text"),
        (("--text", str(tmp_path)), "directory"),
    ]:
        result = run(*arguments, text="x")
        assert result.exit_code == 2, arguments
        assert told in result.stderr
        assert result.stdout == ""


def test_it_runs_as_a_process_on_utf_8(knowledge, tmp_path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "bot", "message", "check", "--text", "-", "--json"],
        input="Meie: open to talks — jah.".encode(),
        capture_output=True,
        cwd=ROOT,
        env={
            "KNOWLEDGE_DIR": str(knowledge),
            "REDLINE_DATA_DIR": str(tmp_path / "data"),
            "PYTHONIOENCODING": "utf-8",
            "PATH": "",
        },
        check=False,
    )
    assert result.returncode == 1, result.stderr.decode()
    assert json.loads(result.stdout)["findings"][0]["excerpt"] == "open to talks"
