"""What a check of a text returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RuleKind = Literal["must-say", "never-say", "ambiguity"]


@dataclass(frozen=True, slots=True)
class WordingFinding:
    """One hit: `start` and `end` are characters of the text, `excerpt` what stands there.

    A thing that must be said and isn't has no place: `start` and `end` are 0, `excerpt` is empty.
    """

    rule: str
    redline: str
    severity: Literal["block", "warn", "advise"]
    kind: RuleKind
    start: int
    end: int
    excerpt: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class WordingReport:
    """All findings in order of place; `ok` is false where a blocker is among them."""

    findings: tuple[WordingFinding, ...]
    language: str

    @property
    def ok(self) -> bool:
        return not any(finding.severity == "block" for finding in self.findings)
