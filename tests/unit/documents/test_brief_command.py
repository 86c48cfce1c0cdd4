"""`redline brief`: the same briefing from the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from bot.terminal import redline

ENTRY = "analysis-the-withdrawal-demand"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all: reading the knowledge base for the first time takes seconds."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(autouse=True)
def own_data(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDLINE_DATA_DIR", str(data))
    monkeypatch.delenv("KNOWLEDGE_DIR", raising=False)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(redline, ["brief", *arguments])


def test_markdown_goes_to_standard_output() -> None:
    result = run(ENTRY, "--lang", "lv")
    assert result.exit_code == 0
    assert result.stdout.startswith("**TLP:")
    assert "## Avoti" in result.stdout


def test_the_name_of_the_file_says_the_format(tmp_path: Path) -> None:
    for name in ("a.docx", "a.pdf", "a.md"):
        result = run(ENTRY, "--output", str(tmp_path / name))
        assert result.exit_code == 0
        assert result.stdout == ""
        assert "TLP:" in result.stderr
    assert docx.Document(str(tmp_path / "a.docx")).core_properties.title
    assert len(PdfReader(tmp_path / "a.pdf").pages) > 1
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("**TLP:")


def test_a_question_in_several_words(tmp_path: Path) -> None:
    out = tmp_path / "b.bin"
    result = run("may", "Russia", "veto", "NATO", "--format", "md", "--output", str(out))
    assert result.exit_code == 0
    assert "may Russia veto NATO" in out.read_text(encoding="utf-8")


def test_nothing_on_file_is_exit_1_and_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "c.md"
    result = run("best recipe for sourdough bread", "--output", str(out))
    assert result.exit_code == 1
    assert "Nothing on file" in result.stderr
    assert not out.exists()


def test_wrong_use_is_exit_2(tmp_path: Path) -> None:
    assert run("").exit_code == 2
    assert run(ENTRY, "--format", "odt").exit_code == 2
    assert run(ENTRY, "--output", str(tmp_path)).exit_code == 2


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    result = run(ENTRY, "--output", str(tmp_path / "no" / "such" / "x.md"))
    assert result.exit_code == 1
    assert "x.md" in result.stderr


def test_a_missing_extra_is_named_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "bot.documents.word_file", raising=False)
    monkeypatch.setitem(sys.modules, "docx", None)
    result = run(ENTRY, "--format", "docx")
    assert result.exit_code == 1
    assert "redline-bot[documents]" in result.stderr
    assert "--format md" in result.stderr
