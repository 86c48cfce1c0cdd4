"""Which text of an entry is searched, by field and language, and how much each field counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.knowledge.kinds import Entry, Glossary, Narrative, Redline, Template
from bot.knowledge.kinds.countermeasure import Countermeasure
from bot.knowledge.kinds.escalation import Escalation
from bot.knowledge.kinds.law import Law
from bot.knowledge.kinds.perspective import Perspective
from bot.knowledge.kinds.precedent import Precedent

FIELDS = ("title", "alias", "question", "claim", "summary", "points", "body", "details")
"""Fields in order of weight. `claim` are a narrative's claim and variants, `details` what a kind
adds: indicators, steps, lessons, template texts."""

WEIGHTS = {
    "title": 3.0,
    "alias": 2.6,
    "question": 2.4,
    "claim": 2.4,
    "summary": 1.8,
    "points": 1.0,
    "body": 0.6,
    "details": 0.5,
}

LENGTH_NORM = {
    "title": 0.4,
    "alias": 0.3,
    "question": 0.3,
    "claim": 0.3,
    "summary": 0.5,
    "points": 0.7,
    "body": 0.75,
    "details": 0.8,
}
"""BM25's b: how far a long field dilutes a word in it. Low where authors list many phrasings."""


class FieldText(NamedTuple):
    """One field's text in one language; `translated` where it is a translation of the original."""

    field: str
    language: str
    text: str
    translated: bool = False


def texts(entry: Entry) -> Iterator[FieldText]:
    """Every searched text of the entry. An entry's own texts are English."""
    yield FieldText("title", "en", entry.title)
    yield FieldText("title", "en", entry.id.replace("-", " "))
    yield FieldText("summary", "en", entry.summary)
    if entry.key_points:
        yield FieldText("points", "en", "\n".join(entry.key_points))
    yield FieldText("body", "en", entry.body)
    for language, phrases in entry.aliases.items():
        yield FieldText("alias", language, "\n".join(phrases), language != "en")
    for language, phrases in entry.questions.items():
        yield FieldText("question", language, "\n".join(phrases), language != "en")
    for language, translation in entry.translations.items():
        yield FieldText("title", language, translation.title, True)
        yield FieldText("summary", language, translation.summary, True)
        if translation.key_points:
            yield FieldText("points", language, "\n".join(translation.key_points), True)
        if translation.body:
            yield FieldText("body", language, translation.body, True)
    yield from _details(entry)


def _details(entry: Entry) -> Iterator[FieldText]:
    lines: list[str] = []
    if isinstance(entry, Narrative):
        yield FieldText("claim", "en", entry.claim)
        for language, phrases in entry.variants.items():
            yield FieldText("claim", language, "\n".join(phrases), language != "en")
        lines += [entry.rebuttal.fact, entry.rebuttal.fallacy]
    elif isinstance(entry, Redline):
        yield FieldText("summary", "en", entry.line)
        lines += [*entry.crossed_when]
    elif isinstance(entry, Template):
        lines += [slot.label for slot in entry.slots.values()]
        for language, variant in entry.variants.items():
            yield FieldText("details", language, variant.text, language != "en")
        lines += [entry.channel, *entry.audiences, entry.purpose, entry.tone]
    elif isinstance(entry, Glossary):
        for language, term in entry.term.items():
            yield FieldText("alias", language, term, language != "en")
    elif isinstance(entry, Countermeasure):
        lines += [entry.domain, *entry.effects, *entry.steps]
    elif isinstance(entry, Escalation):
        lines += [indicator.observe for indicator in entry.indicators]
    elif isinstance(entry, Law):
        lines += [entry.instrument, *entry.provisions, entry.applies]
    elif isinstance(entry, Precedent):
        lines += [entry.demanded, entry.answered, entry.outcome, entry.lesson]
    elif isinstance(entry, Perspective):
        lines += [entry.actor, *entry.interests, *entry.concerns, *entry.speak_to]
    if lines:
        yield FieldText("details", "en", "\n".join(lines))
