"""The rules of red lines tested by their own examples, and patterns that can't be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.advice.wording.checking import check
from bot.advice.wording.rulebook import KINDS, Fault, rulebook
from bot.knowledge.kinds import Redline
from bot.knowledge.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example that its rule gets wrong: a bad text that it misses, a good one that it hits."""

    redline: str
    rule: str
    path: tuple[str | int, ...]
    """Keys and list positions from the top of the entry to the example."""
    text: str
    missed: bool
    """True for a bad example that is not hit, false for a good one that is."""


def failures(snapshot: Snapshot) -> list[ExampleFailure]:
    """All examples of all red lines that their rules get wrong.

    A rule on what must be said takes its examples the other way round: the bad text lacks it.
    """
    return [
        failure
        for redline in snapshot.of_kind("redline")
        if isinstance(redline, Redline)
        for failure in _of_redline(redline, snapshot)
    ]


def faults(snapshot: Snapshot) -> list[Fault]:
    """All patterns of all red lines that can't be read; the check passes over them."""
    return list(rulebook(snapshot).faults)


def _of_redline(redline: Redline, snapshot: Snapshot) -> Iterator[ExampleFailure]:
    for name, _ in KINDS:
        for position, rule in enumerate(getattr(redline, name)):
            for language, examples in rule.examples.items():
                for key, texts in (("bad", examples.bad), ("good", examples.good)):
                    for at, text in enumerate(texts):
                        report = check(text, snapshot, redline_id=redline.id, language=language)
                        hit = any(each.rule == rule.id for each in report.findings)
                        if hit != (key == "bad"):
                            path = (name, position, "examples", language, key, at)
                            yield ExampleFailure(
                                redline.id, rule.id, path, text, missed=key == "bad"
                            )
