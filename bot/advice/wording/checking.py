"""A text against the red lines: what must never be said, what is ambiguous, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.advice.wording.matching import Match, Text
from bot.advice.wording.negation import Negation
from bot.advice.wording.report import WordingFinding, WordingReport
from bot.advice.wording.rulebook import LANGUAGES, Rule, Rulebook, rulebook
from bot.knowledge.kinds import Redline
from bot.knowledge.search.language import detect, stopwords
from bot.knowledge.snapshot import Snapshot

BESIDE = 3
"""Words that may stand between a hit and an `unless` that excuses it."""


class UnknownRedline(Exception):  # noqa: N818 - named for what it says
    """There is no red line with this id."""


def check(
    text: str, snapshot: Snapshot, *, redline_id: str | None = None, language: str | None = None
) -> WordingReport:
    """Check a text against one red line, or against all.

    Against all, what must be said does not count: no text says everything. What must never be
    said is looked for in every language, for a text may mix them; what must be said in `language`
    and in English. Raises UnknownRedline.
    """
    book = rulebook(snapshot)
    chosen = _chosen(book, snapshot, redline_id)
    prepared = Text(text)
    language = language or detect(text)
    hits = _hits(prepared, book, chosen, language)
    findings: list[WordingFinding] = []
    for number in sorted(chosen):
        rule = book.rules[number]
        if rule.kind != "must-say":
            findings += _found(prepared, rule, hits.get(number, ()))
        elif redline_id is not None and not {language, "en"} & {
            found for found, _ in hits.get(number, ())
        }:
            findings.append(_finding(rule, 0, 0, ""))
    findings.sort(key=lambda found: (found.start, found.end, found.redline, found.rule))
    return WordingReport(tuple(findings), language)


def _chosen(book: Rulebook, snapshot: Snapshot, redline_id: str | None) -> frozenset[int]:
    """Numbers of the rules that count."""
    if redline_id is None:
        return frozenset(
            number for number, rule in enumerate(book.rules) if rule.kind != "must-say"
        )
    if not isinstance(snapshot.get(redline_id), Redline):
        raise UnknownRedline(redline_id)
    return frozenset(
        number for number, rule in enumerate(book.rules) if rule.redline.id == redline_id
    )


def _hits(
    text: Text, book: Rulebook, chosen: frozenset[int], language: str
) -> dict[int, list[tuple[str, Match]]]:
    """Language and match of each hit that stands, by the number of its rule."""
    found: list[tuple[int, str, bool, Match]] = []
    exceptions: dict[tuple[int, str], list[Match]] = {}
    for each in LANGUAGES:
        for order, match in book.matches(text, each, chosen):
            if order.exception:
                exceptions.setdefault((order.rule, each), []).append(match)
            else:
                found.append((order.rule, each, order.guarded, match))
    negations: dict[str, Negation] = {}
    hits: dict[int, list[tuple[str, Match]]] = {}
    for number, each, guarded, match in found:
        if each not in (language, "en") and _foreign(text, match, each, language):
            continue
        spoken = dict.fromkeys((each, language))
        if any(_excepted(text, match, exceptions.get((number, name), ())) for name in spoken):
            continue
        if guarded and book.rules[number].kind != "must-say":
            # A word may be the same in two languages, and then the negation is in the text's.
            for name in spoken:
                negations[name] = negations.get(name) or Negation(text, name)
            if any(negations[name].voids(match) for name in spoken):
                continue
        hits.setdefault(number, []).append((each, match))
    return hits


def _foreign(text: Text, match: Match, each: str, language: str) -> bool:
    """Whether the sentence of the match speaks the text's language or English, but not `each`.

    A word may be the same in several languages: the small words around it tell which it is.
    """
    sentence = text.tokens[match.start].sentence
    small = stopwords()
    counts = {
        name: sum(
            not small[name].isdisjoint(token.forms(name))
            for token in text.tokens
            if token.sentence == sentence
        )
        for name in (each, language, "en")
    }
    return counts[each] < max(counts[language], counts["en"])


def _excepted(text: Text, match: Match, exceptions: Iterable[Match]) -> bool:
    """Whether an `unless` of the rule stands in or beside the match, in its sentence."""
    sentence = text.tokens[match.start].sentence
    return any(
        text.tokens[each.start].sentence == sentence
        and each.start - match.end <= BESIDE
        and match.start - each.end <= BESIDE
        for each in exceptions
    )


def _found(text: Text, rule: Rule, hits: Sequence[tuple[str, Match]]) -> Iterator[WordingFinding]:
    for first, last in _merged((match.start, match.end) for _, match in hits):
        start, end = text.tokens[first].start, text.tokens[last - 1].end
        yield _finding(rule, start, end, text.text[start:end])


def _finding(rule: Rule, start: int, end: int, excerpt: str) -> WordingFinding:
    return WordingFinding(
        rule=rule.rule.id,
        redline=rule.redline.id,
        severity=rule.rule.severity,
        kind=rule.kind,
        start=start,
        end=end,
        excerpt=excerpt,
        message=rule.rule.reason,
        suggestion=rule.rule.say_instead,
    )


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap made into one, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
