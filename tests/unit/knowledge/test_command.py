"""`redline kb …` as a process: exit codes, streams, and JSON alone where it is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from bot.knowledge.kinds import MODELS


def run(base, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "KNOWLEDGE_DIR": str(base.root),
        "REDLINE_DATA_DIR": str(base.root.parent / "data"),
        "COLUMNS": "200",
    }
    return subprocess.run(
        [sys.executable, "-m", "bot", "kb", *arguments],
        env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


def test_check_of_a_good_base(base):
    done = run(base, "check")
    assert (done.returncode, done.stdout, done.stderr) == (
        0, "16 entries checked: nothing found.\n", "",
    )  # fmt: skip
    done = run(base, "check", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"ok": True, "entries": 16, "findings": []}


def test_check_of_a_broken_base(base):
    base.edit("view-estonia", "voice:", "voise:")
    done = run(base, "check", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "ok": False,
        "entries": 16,
        "findings": [
            {
                "code": "KB101",
                "severity": "error",
                "file": "knowledge/perspectives/view-estonia.yaml",
                "line": 17,
                "column": 1,
                "message": "unknown key 'voise'",
                "hint": "did you mean 'voice'?",
            }
        ],
    }
    done = run(base, "check")
    assert done.returncode == 1
    assert done.stdout == (
        "knowledge/perspectives/view-estonia.yaml:17:1: error KB101: unknown key 'voise'\n"
        "     17 | voise: analyst-reconstruction\n"
        "        | ^\n"
        "        = hint: did you mean 'voice'?\n"
        "16 entries checked: 1 error. See redline kb explain KB101\n"
    )
    done = run(base, "check", "--format", "github")
    assert done.returncode == 1
    assert done.stdout == (
        "::error file=knowledge/perspectives/view-estonia.yaml,line=17,col=1,title=KB101"
        "::unknown key 'voise'. did you mean 'voice'?\n"
    )


def test_warning_alone_is_no_failure(base):
    base.edit("analysis-why-now", "confidence: moderate", "confidence: high")
    done = run(base, "check", "--json")
    assert done.returncode == 0
    data = json.loads(done.stdout)
    assert data["ok"] is True
    assert [each["code"] for each in data["findings"]] == ["KB504"]


def test_show(base):
    done = run(base, "show", "view-estonia", "--json")
    assert done.returncode == 0
    data = json.loads(done.stdout)
    assert (data["id"], data["reviewed"], data["voice"]) == (
        "view-estonia", "2026-01-01", "analyst-reconstruction",
    )  # fmt: skip
    assert "A presence that stays." in run(base, "show", "view-estonia").stdout
    done = run(base, "show", "view-estonja")
    assert (done.returncode, done.stdout) == (1, "")
    assert "view-estonia" in done.stderr


def test_list(base):
    done = run(base, "list", "--kind", "law", "--json")
    assert done.returncode == 0
    assert [each["id"] for each in json.loads(done.stdout)] == [
        "law-retired-rule", "law-washington-treaty",
    ]  # fmt: skip
    done = run(base, "list")
    assert "16 entries" in done.stdout
    assert run(base, "list", "--kind", "rumour").returncode == 2


def test_coverage(base):
    done = run(base, "coverage", "--json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert data.keys() == {"passages", "uncovered"}
    assert data["passages"]["P067"] == ["precedent-berlin-1958"]
    assert "P001" in data["uncovered"]
    assert "P067" not in data["uncovered"]


@pytest.mark.parametrize("kind", ["redline", "template"])
def test_new_then_check_finds_only_the_blanks(base, kind: str):
    done = run(base, "new", kind, "entry-to-fill-in")
    assert done.returncode == 0
    assert done.stdout.strip().endswith("entry-to-fill-in.yaml")
    assert {code for code in base.codes() if code != "KB212"} == {"KB102"}
    again = run(base, "new", kind, "entry-to-fill-in")
    assert (again.returncode, again.stdout) == (1, "")


def test_new_refuses_what_is_no_id(base):
    for entry_id in ("Not_An_Id", "../escape", "a", "x" * 61):
        assert run(base, "new", "law", entry_id).returncode == 2
    assert not (base.root.parent / "escape.yaml").exists()


def test_schema(base):
    done = run(base, "schema")
    assert done.returncode == 0
    assert len(done.stdout.split()) == len(MODELS)
    assert json.loads((base.root / "_schema" / "law.json").read_text(encoding="utf-8"))
    assert run(base, "check").returncode == 0


def test_format(base):
    path = base.edit("view-estonia", "voice: analyst", "voice:    analyst")
    before = path.read_bytes()
    assert run(base, "format", "--check").returncode == 1
    assert path.read_bytes() == before
    assert run(base, "format").returncode == 0
    assert b"voice: analyst" in path.read_bytes()
    assert run(base, "format", "--check").returncode == 0


def test_diff_outside_a_repository_is_a_clear_no(base):
    done = run(base, "diff", "HEAD~1")
    assert (done.returncode, done.stdout) == (1, "")
    assert "not in a git repository" in done.stderr


def test_explain(base):
    done = run(base, "explain", "kb201")
    assert done.returncode == 0
    assert "src-washington-treety" in done.stdout
    assert run(base, "explain", "KB9999").returncode == 1


def test_every_command_has_help_with_an_example(base):
    for command in ("check", "show", "list", "coverage", "schema", "new", "format", "diff",
                    "explain"):  # fmt: skip
        done = run(base, command, "--help")
        assert done.returncode == 0
        assert f"redline kb {command}" in done.stdout


def test_directory_that_is_not_there_is_wrong_use(base):
    assert run(base, "check", "--dir", str(base.root / "nowhere")).returncode == 2
