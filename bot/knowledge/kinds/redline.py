"""Red line: the line in one sentence, what crosses it, and what must and must never be said."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.knowledge.kinds.common import Entry, EntryId, Language, Model, ShortText

Pattern = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=900)]
Example = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=400)]
Severity = Literal["block", "warn", "advise"]


class RuleExamples(Model):
    """Unit tests of the rule: every bad text must be hit, no good text may be."""

    bad: tuple[Example, ...] = Field(min_length=1)
    good: tuple[Example, ...] = Field(min_length=1)


class WordingRule(Model):
    """One rule on wording. `patterns` use the notation of the wording checker, per language."""

    id: EntryId
    severity: Severity
    patterns: dict[Language, tuple[Pattern, ...]] = Field(min_length=1)
    unless: dict[Language, tuple[Pattern, ...]] = Field(
        default_factory=dict[Language, tuple[Pattern, ...]]
    )
    """Patterns that, in or beside the hit, show that something else is meant."""
    reason: ShortText
    say_instead: ShortText
    examples: dict[Language, RuleExamples] = Field(min_length=1)


class Redline(Entry):
    kind: Literal["redline"]
    line: ShortText
    crossed_when: tuple[ShortText, ...] = Field(min_length=1)
    not_crossed_when: tuple[ShortText, ...] = ()
    basis: tuple[EntryId, ...] = Field(min_length=1)
    """`law` entries behind the line."""
    must_say: tuple[WordingRule, ...] = Field(min_length=1)
    never_say: tuple[WordingRule, ...] = Field(min_length=1)
    ambiguity: tuple[WordingRule, ...] = ()
