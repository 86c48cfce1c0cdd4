"""Words from closed lists: the vocabulary, DISARM identifiers, passage numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from bot.knowledge import words
from bot.knowledge.checks.base import Base, Issue, Record
from bot.knowledge.reading.forms import subject
from bot.knowledge.reading.paths import select

LISTS = {
    "situation": "situations",
    "domain": "domains",
    "effects.*": "effects",
    "audiences.*": "audiences",
    "tone": "tones",
    "channel": "channels",
}
"""List of the vocabulary by where a word of it stands."""

PASSAGE = re.compile(r"P\d{3}")
DISARM_ID = re.compile(r"C\d{5}|D\d{2}|T\d{4}(\.\d{3})?")
"""What has not even this form is told as a fault of its shape."""

DISARM_AT = {
    "disarm.counters.*": "counters",
    "disarm.response": "responses",
    "disarm.*": "techniques",
}
"""List of DISARM identifiers by where one stands; a narrative names techniques directly."""


def check(base: Base) -> Iterator[Issue]:
    for record in base.records:
        yield from _words(base, record)
        yield from _disarm(base, record)
        yield from _passages(base, record)


def _words(base: Base, record: Record) -> Iterator[Issue]:
    if base.vocabulary is None:
        return
    for pattern, name in LISTS.items():
        known: Collection[str] = getattr(base.vocabulary, name)
        for path, word in select(record.node, pattern):
            if word == "":
                yield record.issue(
                    "KB102",
                    path,
                    f"{subject(path)} is empty",
                    f"write one of these: {words.either(list(known))}",
                )
            elif isinstance(word, str) and word not in known:
                near = words.nearest(word, known, limit=1, cutoff=60)
                hint = f"did you mean '{near[0]}'? " if near else ""
                yield record.issue(
                    "KB206",
                    path,
                    f"'{word}' is not among the {name} of the vocabulary",
                    f"{hint}allowed: {words.either(list(known))}; "
                    "a new word needs a line in knowledge/vocabulary.yaml",
                )


def _disarm(base: Base, record: Record) -> Iterator[Issue]:
    if base.disarm is None:
        return
    for pattern, name in DISARM_AT.items():
        if (name == "techniques") != (record.kind == "narrative"):
            continue
        known: Mapping[str, str] = getattr(base.disarm, name)
        for path, identifier in select(record.node, pattern):
            if not isinstance(identifier, str) or not DISARM_ID.fullmatch(identifier):
                continue
            if identifier not in known:
                near = words.nearest(identifier, known)
                named = [f"{each} ({known[each]})" for each in near]
                yield record.issue(
                    "KB207",
                    path,
                    f"DISARM has no {name[:-1]} '{identifier}'",
                    (f"did you mean {words.either(named, quote=False)}? " if named else "")
                    + "choose one from knowledge/disarm.yaml, or delete it",
                )
            elif identifier in base.disarm.not_recommended:
                yield record.issue(
                    "KB208",
                    path,
                    f"DISARM advises against the counter '{identifier}' ({known[identifier]})",
                    "delete it; name another counter only if one fits",
                )


def _passages(base: Base, record: Record) -> Iterator[Issue]:
    if base.passages is None:
        return
    citable = base.passages.citable
    for path, number in select(record.node, "passages.*"):
        if isinstance(number, str) and PASSAGE.fullmatch(number) and number not in citable:
            reason = (
                "has no content" if number in base.passages.out else "is not in the source brief"
            )
            yield record.issue(
                "KB209",
                path,
                f"the passage '{number}' {reason}",
                f"write a number from {min(citable)} to {max(citable)}, or delete it",
            )
