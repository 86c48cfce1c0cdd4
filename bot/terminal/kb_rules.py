"""The red lines' rules against their own examples, as findings of `kb check`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from bot.knowledge.codes import severity
from bot.knowledge.findings import Finding, Path
from bot.knowledge.kinds import Redline
from bot.knowledge.reading import Loaded

LISTS = ("must_say", "never_say", "ambiguity")
CHECKER = "bot.advice.wording"

Hits = Callable[[str, str, str, str], bool]
"""Whether a text is hit by a rule: (text, language, id of the red line, id of the rule)."""


def rule_findings(loaded: Loaded) -> list[Finding]:
    """Examples that a rule should hit and does not, or should leave alone and hits."""
    snapshot = loaded.readable
    if snapshot is None or find_spec(CHECKER) is None:
        return []
    check: Callable[..., Any] = import_module(CHECKER).check

    def hits(text: str, language: str, redline: str, rule: str) -> bool:
        report = check(text, snapshot, redline_id=redline, language=language)
        return any(each.rule == rule and each.redline == redline for each in report.findings)

    return [
        finding
        for redline in snapshot.of_kind("redline")
        if isinstance(redline, Redline)
        for finding in _of_redline(loaded, redline, hits)
    ]


def _of_redline(loaded: Loaded, redline: Redline, hits: Hits) -> Iterator[Finding]:
    for name in LISTS:
        for position, rule in enumerate(getattr(redline, name)):
            for language, examples in rule.examples.items():
                path: Path = (name, position, "examples", language)
                for at, text in enumerate(examples.bad):
                    if not hits(text, language, redline.id, rule.id):
                        yield _finding(
                            loaded,
                            redline.id,
                            (*path, "bad", at),
                            "KB507",
                            f"the rule '{rule.id}' does not hit this bad example",
                            f"correct the patterns for '{language}', or the example",
                        )
                for at, text in enumerate(examples.good):
                    if hits(text, language, redline.id, rule.id):
                        yield _finding(
                            loaded,
                            redline.id,
                            (*path, "good", at),
                            "KB508",
                            f"the rule '{rule.id}' hits this good example",
                            f"narrow the patterns for '{language}', or correct the example",
                        )


def _finding(
    loaded: Loaded, entry_id: str, path: Path, code: str, message: str, hint: str
) -> Finding:
    place = loaded.locate(entry_id, path)
    return Finding(code, severity(code), place.file, place.line, place.column, message, hint)
