"""`redline message choose` and `fill`, on the knowledge base that ships."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.terminal.message_fill import choose, fill


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


def test_fill_writes_the_text_alone_to_stdout(runner: CliRunner) -> None:
    link = "https://www.nato.int"
    result = runner.invoke(fill, ["tpl-post-presence", "--lang", "et", "--set", f"link={link}"])
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Liitlasväed on Eestis")
    assert result.stdout.endswith(link + "\n")
    assert "TLP:CLEAR" in result.stderr
    assert "not yet reviewed by a native speaker" in result.stderr


def test_fill_names_what_is_missing(runner: CliRunner) -> None:
    result = runner.invoke(fill, ["tpl-holding-presence", "--set", "speaker=Anna"])
    assert result.exit_code == 1
    assert "speaker: Spokesperson: name and office are needed" in result.stderr
    assert "event: What it is about: it is empty" in result.stderr


def test_fill_as_json_with_examples_and_a_file(runner: CliRunner, tmp_path: Path) -> None:
    target = tmp_path / "text.txt"
    result = runner.invoke(
        fill,
        ["cable-before-attribution", "--examples", "--json", "--output", str(target)],
    )
    assert result.exit_code == 0, result.stderr
    data = json.loads(result.stdout)
    assert data["ready"] is True
    assert data["problems"] == data["findings"] == []
    written = target.read_text(encoding="utf-8")
    assert data["text"] in written
    assert written.startswith("TLP:CLEAR\n")
    assert "NOT APPROVED" in written


def test_fill_stops_at_a_blocker(runner: CliRunner) -> None:
    result = runner.invoke(
        fill,
        [
            "tpl-holding-presence",
            "--examples",
            "--json",
            "--set",
            "event=The allied presence is negotiable",
        ],
    )
    assert result.exit_code == 1
    assert any(finding["severity"] == "block" for finding in json.loads(result.stdout)["findings"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tpl-holding-presnce"], "Near: tpl-holding-presence"),
        (["tpl-holding-hybrid", "--lang", "fr"], "has no text in 'fr'"),
        (["tpl-holding-hybrid", "--set", "speaker"], "'speaker' is not slot=value"),
        (["tpl-holding-hybrid", "--lang", "xx"], "'xx' is not one of"),
    ],
)
def test_wrong_use_says_how(runner: CliRunner, arguments: list[str], said: str) -> None:
    result = runner.invoke(fill, arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_choose_ranks_with_reasons(runner: CliRunner) -> None:
    result = runner.invoke(
        choose,
        ["--redline", "redline-no-third-country-veto", "--channel", "x", "--lang", "lv", "--json"],
    )
    assert result.exit_code == 0, result.stderr
    first = json.loads(result.stdout)[0]
    assert (first["id"], first["exact"]) == ("tpl-post-host-nation", True)
    assert "awaiting native review" in first["reason"]
    shown = runner.invoke(choose, ["--channel", "sms"])
    assert "tpl-sms-team" in shown.stdout


def test_choose_refuses_a_word_that_is_on_no_list(runner: CliRunner) -> None:
    result = runner.invoke(choose, ["--channel", "fax"])
    assert result.exit_code == 2
    assert "There is no channel 'fax': choose one of x, press-line" in result.stderr
