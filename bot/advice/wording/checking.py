"""A text against the red lines: what must never be said, what is ambiguous, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.advice.wording.matching import Text
from bot.advice.wording.notation import PatternError, parse
from bot.advice.wording.report import RuleKind, WordingFinding, WordingReport
from bot.knowledge.kinds import Redline
from bot.knowledge.kinds.redline import WordingRule
from bot.knowledge.search.language import detect
from bot.knowledge.search.normalise import is_cyrillic
from bot.knowledge.snapshot import Snapshot


class UnknownRedline(Exception):  # noqa: N818 - named for what it says
    """There is no red line with this id."""


def check(
    text: str, snapshot: Snapshot, *, redline_id: str | None = None, language: str | None = None
) -> WordingReport:
    """Check a text against one red line, or against all.

    Against all, what must be said does not count: no text says everything. Raises
    UnknownRedline.
    """
    redlines = _redlines(snapshot, redline_id)
    language = language or detect(text)
    languages = _languages(text, language)
    prepared = Text(text)
    findings: list[WordingFinding] = []
    for redline in redlines:
        findings += _present(prepared, redline, "never-say", redline.never_say, languages)
        findings += _present(prepared, redline, "ambiguity", redline.ambiguity, languages)
        if redline_id is not None:
            findings += _missing(prepared, redline, languages)
    findings.sort(key=lambda found: (found.start, found.end, found.redline, found.rule))
    return WordingReport(tuple(findings), language)


def pattern_faults(rule: WordingRule) -> Iterator[tuple[str, int, str]]:
    """Language, position and fault of each pattern of the rule that can't be read."""
    for language, patterns in rule.patterns.items():
        for position, pattern in enumerate(patterns):
            try:
                parse(pattern)
            except PatternError as error:
                yield language, position, str(error)


def _redlines(snapshot: Snapshot, redline_id: str | None) -> Sequence[Redline]:
    if redline_id is None:
        return [
            entry
            for entry in snapshot.of_kind("redline")
            if isinstance(entry, Redline) and entry.status != "retired"
        ]
    entry = snapshot.get(redline_id)
    if not isinstance(entry, Redline):
        raise UnknownRedline(redline_id)
    return [entry]


def _languages(text: str, language: str) -> tuple[str, ...]:
    """The text's language, English, which slips into any text, and both of the Cyrillic ones."""
    cyrillic = ("ru", "uk") if is_cyrillic(text) else ()
    return tuple(dict.fromkeys((language, "en", *cyrillic)))


def _present(
    text: Text,
    redline: Redline,
    kind: RuleKind,
    rules: Iterable[WordingRule],
    languages: Sequence[str],
) -> Iterator[WordingFinding]:
    for rule in rules:
        for start, end in _merged(_spans(text, rule, languages)):
            first, last = text.tokens[start].start, text.tokens[end - 1].end
            yield WordingFinding(
                rule=rule.id,
                redline=redline.id,
                severity=rule.severity,
                kind=kind,
                start=first,
                end=last,
                excerpt=text.text[first:last],
                message=rule.reason,
                suggestion=rule.say_instead,
            )


def _missing(text: Text, redline: Redline, languages: Sequence[str]) -> Iterator[WordingFinding]:
    for rule in redline.must_say:
        if any(True for _ in _spans(text, rule, languages, guarded=False)):
            continue
        yield WordingFinding(
            rule=rule.id,
            redline=redline.id,
            severity=rule.severity,
            kind="must-say",
            start=0,
            end=0,
            excerpt="",
            message=rule.reason,
            suggestion=rule.say_instead,
        )


def _spans(
    text: Text, rule: WordingRule, languages: Sequence[str], *, guarded: bool = True
) -> Iterator[tuple[int, int]]:
    patterns: Mapping[str, tuple[str, ...]] = rule.patterns  # type: ignore[assignment]
    for language in languages:
        for pattern in patterns.get(language, ()):
            yield from text.find(parse(pattern), language, guarded=guarded)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap made into one, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
