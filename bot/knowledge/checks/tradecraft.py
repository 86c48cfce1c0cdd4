"""Analytic tradecraft: likelihood apart from confidence (ICD 203), sources that carry weight."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.knowledge.checks.base import Base, Issue, Record
from bot.knowledge.findings import Path
from bot.knowledge.kinds import Analysis, Escalation, Perspective, Source
from bot.knowledge.reading.paths import select

SENTENCE = re.compile(r"[^.!?\n]+")
CONFIDENCE = re.compile(r"\b(?:high|moderate|low) confidence\b|\bconfidence is\b", re.IGNORECASE)
ESTIMATES: tuple[tuple[str, frozenset[str]], ...] = (
    (r"almost no chance|remote(?: chance)?", frozenset({"almost-no-chance"})),
    (r"(?:very|highly) (?:unlikely|improbabl[ey])", frozenset({"very-unlikely"})),
    (r"(?:un|not )likely|improbabl[ey]", frozenset({"unlikely", "very-unlikely"})),
    (r"roughly even(?: chance| odds)?", frozenset({"roughly-even"})),
    (r"(?:very|highly) (?:likely|probabl[ey])", frozenset({"very-likely"})),
    (r"almost certain(?:ly)?|nearly certain", frozenset({"almost-certain"})),
    (r"likely|probabl[ey]", frozenset({"likely", "very-likely"})),
)
"""The estimative words of ICD 203 and what each may stand for; the longer phrase comes first."""

ESTIMATE = re.compile(
    "|".join(rf"(?P<e{number}>\b(?:{words})\b)" for number, (words, _) in enumerate(ESTIMATES)),
    re.IGNORECASE,
)
PROSE = ("summary", "body", "key_points.*", "judgements.*.text", "judgements.*.basis")

WEIGHED = frozenset(
    {"analysis", "countermeasure", "precedent", "perspective", "narrative", "law", "redline"}
)
"""Kinds whose confidence rests on their sources."""

AUTHORITATIVE = frozenset({"treaty", "official-document"})
"""A text of this type is itself what it reports."""


def check_entry(record: Record) -> Iterator[Issue]:
    entry = record.entry
    if isinstance(entry, Perspective) and entry.voice == "own-words" and not entry.quotes:
        yield record.issue(
            "KB501",
            ("voice",),
            "the actor is said to speak in its own words, but there is no quote",
            "add 'quotes:', or write 'voice: analyst-reconstruction'",
        )
    for pattern in PROSE:
        for path, text in select(record.node, pattern):
            if isinstance(text, str):
                yield from _mixed_estimate(record, path, text)
    if isinstance(entry, Analysis):
        for position, judgement in enumerate(entry.judgements):
            yield from _contradiction(
                record, ("judgements", position, "text"), judgement.text, judgement.likelihood
            )
    if isinstance(entry, Escalation) and entry.level > 0:
        for name, what in (("say", "template"), ("do", "countermeasure")):
            if not getattr(entry, name):
                yield record.issue(
                    "KB506",
                    (name,),
                    f"the phase names no {what}: whoever reaches it is told nothing under '{name}'",
                    f"add '{name}:' with the id of a {what}",
                )


def _mixed_estimate(record: Record, path: Path, text: str) -> Iterator[Issue]:
    if not CONFIDENCE.search(text):
        return
    for sentence in SENTENCE.findall(text):
        said, estimate = CONFIDENCE.search(sentence), ESTIMATE.search(sentence)
        if said and estimate:
            yield record.issue(
                "KB502",
                path,
                f"one sentence gives both a likelihood ('{estimate.group()}') and a confidence "
                f"('{said.group()}')",
                "make two sentences of it, or leave the confidence to its own field",
                needle=said.group(),
            )


def _contradiction(record: Record, path: Path, text: str, likelihood: str) -> Iterator[Issue]:
    for found in ESTIMATE.finditer(text):
        allowed = ESTIMATES[int(str(found.lastgroup)[1:])][1]
        if likelihood not in allowed:
            yield record.issue(
                "KB503",
                path,
                f"the text says '{found.group()}', but the likelihood is '{likelihood}'",
                "make the two agree, or take the word out of the text",
                needle=found.group(),
            )


def check(base: Base) -> Iterator[Issue]:
    """Whether the sources carry the confidence."""
    for record in base.records:
        entry = record.entry
        if entry is None or entry.confidence != "high" or entry.kind not in WEIGHED:
            continue
        sources = [
            found.entry
            for each in dict.fromkeys(entry.sources)
            if (found := base.by_id.get(each)) and isinstance(found.entry, Source)
        ]
        if len(sources) != len(set(entry.sources)):
            continue
        if not sources:
            yield record.issue(
                "KB504",
                ("confidence",),
                "the confidence is high, but no source is named",
                "name the sources, or lower the confidence",
            )
        elif all(source.reliability in ("E", "F") for source in sources):
            yield record.issue(
                "KB505",
                ("confidence",),
                "the confidence is high, but every source is unreliable or cannot be judged",
                "add a source of reliability A to D, or lower the confidence",
            )
        elif len(sources) == 1 and sources[0].type not in AUTHORITATIVE:
            yield record.issue(
                "KB504",
                ("confidence",),
                f"the confidence is high on a single source ('{sources[0].id}')",
                "add a second, independent source, or lower the confidence",
            )
