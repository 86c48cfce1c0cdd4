"""Findings as text with the line and a caret, as JSON, and as annotations of a pull request."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from rich.text import Text

from bot.knowledge import words
from bot.knowledge.findings import Finding
from bot.knowledge.yaml.text import LINE_BREAK

STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
WIDEST = 110
"""Characters of a line that are shown around the caret."""


def as_json(ok: bool, entries: int, findings: Sequence[Finding]) -> str:
    data = {"ok": ok, "entries": entries, "findings": [each.as_json() for each in findings]}
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_github(finding: Finding) -> str:
    """A workflow command: an annotation at the line in question."""
    level = {"error": "error", "warning": "warning", "info": "notice"}[finding.severity]
    message = f"{finding.message}. {finding.hint}"
    return (
        f"::{level} file={_property(finding.file)},line={finding.line},col={finding.column},"
        f"title={finding.code}::{_data(message)}"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_text(findings: Sequence[Finding], entries: int, directory: Path) -> Text:
    """Every finding with its line, and a count at the end."""
    text = Text()
    for finding in findings:
        text.append(f"{finding.file}:{finding.line}:{finding.column}: ")
        text.append(finding.severity, style=STYLES[finding.severity])
        text.append(f" {finding.code}: {finding.message}\n")
        for line in _excerpt(finding, directory):
            text.append(line + "\n", style="dim")
        text.append(f"        = hint: {finding.hint}\n")
    text.append(_count(findings, entries))
    return text


def _excerpt(finding: Finding, directory: Path) -> list[str]:
    lines = _lines(directory.parent / finding.file)
    if not 0 < finding.line <= len(lines) or not lines[finding.line - 1].strip():
        return []
    line = lines[finding.line - 1].replace("\t", " ")
    line = "".join(letter if letter.isprintable() else "·" for letter in line)
    start = max(0, finding.column - 1 - WIDEST // 2) if len(line) > WIDEST else 0
    shown = line[start : start + WIDEST]
    caret = min(finding.column - 1 - start, len(shown))
    return [f"  {finding.line:>5} | {shown}", f"        | {' ' * caret}^"]


@lru_cache(maxsize=4)
def _lines(path: Path) -> list[str]:
    try:
        return LINE_BREAK.split(path.read_bytes()[: 1 << 20].decode("utf-8-sig", errors="replace"))
    except OSError:
        return []


def _count(findings: Sequence[Finding], entries: int) -> str:
    checked = words.count(entries, "entry", "entries") + " checked"
    if not findings:
        return f"{checked}: nothing found."
    by_severity = Counter(finding.severity for finding in findings)
    named = [
        words.count(by_severity[severity], one)
        for severity, one in (("error", "error"), ("warning", "warning"), ("info", "remark"))
        if by_severity[severity]
    ]
    return f"{checked}: {', '.join(named)}. See redline kb explain {findings[0].code}"
