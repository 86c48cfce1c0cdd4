"""One fault of every code, and the whole text that a maintainer sees for it.

After a deliberate change of a sentence: REDLINE_UPDATE_GOLDEN=1 pytest tests/unit/knowledge
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rich.console import Console

from bot.knowledge.codes import CODES
from bot.terminal.kb_findings import as_text

GOLDEN = Path(__file__).parent / "golden"
NOT_IN_A_FILE = {"KB017", "KB507", "KB508", "KB509", "KB999"}
"""Too many files, rules against their examples, a fault of the checker: tested on their own."""


@pytest.mark.parametrize("code", sorted(CODES.keys() - NOT_IN_A_FILE))
def test_message_of_each_code(base, break_it, code: str):
    break_it(code)
    found = [finding for finding in base.findings() if finding.code == code]
    assert found, base.codes()
    console = Console(width=400, color_system=None, file=None)
    with console.capture() as capture:
        console.print(as_text(found, 1, base.root), soft_wrap=True)
    shown = capture.get()
    path = GOLDEN / f"{code}.txt"
    if os.environ.get("REDLINE_UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == path.read_text(encoding="utf-8")


def test_no_golden_text_without_its_code():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == CODES.keys() - NOT_IN_A_FILE
