"""The red lines' rules against their own examples, as findings of `kb check`."""

from __future__ import annotations

from collections.abc import Iterator

from bot.advice.wording import ExampleFailure, Fault, failures, faults
from bot.knowledge.codes import severity
from bot.knowledge.findings import Finding
from bot.knowledge.reading import Loaded


def rule_findings(loaded: Loaded) -> list[Finding]:
    """Patterns that can't be read, and examples that a rule gets wrong."""
    snapshot = loaded.readable
    if snapshot is None:
        return []
    return list(_findings(loaded, faults(snapshot), failures(snapshot)))


def _findings(
    loaded: Loaded, broken: list[Fault], wrong: list[ExampleFailure]
) -> Iterator[Finding]:
    for fault in broken:
        yield _finding(
            loaded,
            fault,
            "KB509",
            f"a pattern can't be read: {fault.message}",
            "the README beside the red lines explains the notation",
        )
    for failure in wrong:
        language = failure.path[3]
        if failure.missed:
            yield _finding(
                loaded,
                failure,
                "KB507",
                f"the rule '{failure.rule}' does not hit this bad example",
                f"correct the patterns for '{language}', or the example",
            )
        else:
            yield _finding(
                loaded,
                failure,
                "KB508",
                f"the rule '{failure.rule}' hits this good example",
                f"narrow the patterns for '{language}', or correct the example",
            )


def _finding(
    loaded: Loaded, about: Fault | ExampleFailure, code: str, message: str, hint: str
) -> Finding:
    place = loaded.locate(about.redline, about.path)
    return Finding(code, severity(code), place.file, place.line, place.column, message, hint)
