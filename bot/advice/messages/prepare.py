"""A message filled and checked in one go: no text leaves the house without both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.advice import wording
from bot.advice.messages.fill import FilledMessage, fill
from bot.advice.wording import WordingFinding
from bot.knowledge.kinds.template import Template
from bot.knowledge.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Prepared:
    """The text, and what the red lines say about it."""

    message: FilledMessage
    findings: tuple[WordingFinding, ...]

    @property
    def blockers(self) -> tuple[str, ...]:
        """Ids of the blocking rules that the text breaks, each once."""
        return tuple(
            dict.fromkeys(found.rule for found in self.findings if found.severity == "block")
        )

    @property
    def ready(self) -> bool:
        """Whether it may go on: filled, fitting, and nothing blocks it."""
        return self.message.ready and not self.blockers


def prepare(
    snapshot: Snapshot,
    template: Template,
    language: str,
    values: Mapping[str, str],
    *,
    zone: str | None = None,
    today: dt.date | None = None,
) -> Prepared:
    """Fill the template and check the text: against what its own red lines ask for, and against
    what any red line forbids. Raises what `fill` raises."""
    message = fill(snapshot, template, language, values, zone=zone, today=today)
    return Prepared(message, examine(snapshot, message.text, message.redlines, language))


def examine(
    snapshot: Snapshot, text: str, redlines: tuple[str, ...], language: str
) -> tuple[WordingFinding, ...]:
    """The findings in any text that is to carry these red lines, each once, by place: also for a
    draft that was edited after it was filled. Red lines that are not on file are passed over."""
    known = [each for each in redlines if (found := snapshot.get(each)) and found.kind == "redline"]
    found = {
        (finding.redline, finding.rule, finding.start, finding.end): finding
        for redline in (*known, None)
        for finding in wording.check(text, snapshot, redline_id=redline, language=language).findings
    }
    return tuple(sorted(found.values(), key=lambda each: (each.start, each.end, each.rule)))
