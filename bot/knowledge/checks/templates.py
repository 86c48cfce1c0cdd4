"""Templates: what is declared is used, in every language, and fits the channel."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.knowledge import words
from bot.knowledge.checks.base import Base, Issue, Record
from bot.knowledge.kinds import Template
from bot.knowledge.kinds.template import Slot
from bot.knowledge.lengths import length

SLOT = re.compile(r"\{([a-z][a-z0-9_]{1,30})\}")
BRACE = re.compile(r"\{[^{}\n]{0,40}\}?|\}")
UNITS = {
    "characters": "characters",
    "x-weighted": "characters as X counts them",
    "sms-segments": "SMS",
}


def check_entry(record: Record) -> Iterator[Issue]:
    """What the template alone tells."""
    template = record.entry
    if not isinstance(template, Template):
        return
    used = {
        language: list(dict.fromkeys(SLOT.findall(variant.text)))
        for language, variant in template.variants.items()
    }
    yield from _slots(record, template, {key: list(value) for key, value in used.items()})
    yield from _braces(record, template)
    for name, slot in template.slots.items():
        yield from _slot(record, name, slot)
    originals = [
        language for language, each in template.variants.items() if each.review == "original"
    ]
    if len(originals) != 1:
        yield record.issue(
            "KB404",
            ("variants",),
            f"{words.count(len(originals), 'variant is', 'variants are')} marked 'original'",
            "mark the one that the others were translated from with 'review: original'",
            key=True,
        )


def _slots(record: Record, template: Template, used: dict[str, list[str]]) -> Iterator[Issue]:
    everywhere = {name for names in used.values() for name in names}
    for language, names in used.items():
        path = ("variants", language, "text")
        for name in names:
            if name not in template.slots:
                near = words.nearest(name, template.slots, limit=1)
                hint = f"did you mean '{{{near[0]}}}'? otherwise declare" if near else "declare"
                yield record.issue(
                    "KB401",
                    path,
                    f"the text has a slot '{{{name}}}' that is not declared under 'slots'",
                    f"{hint} '{name}:' under 'slots'",
                    needle=f"{{{name}}}",
                )
        for name in template.slots:
            if name in everywhere and name not in names:
                others = [other for other, theirs in used.items() if name in theirs]
                yield record.issue(
                    "KB403",
                    path,
                    f"the slot '{{{name}}}' is used in {words.either(others)}, "
                    f"but not in '{language}'",
                    f"write '{{{name}}}' in this text too, or delete it from the others",
                )
    for name in template.slots:
        if name not in everywhere:
            yield record.issue(
                "KB402",
                ("slots", name),
                f"the slot '{name}' is declared, but no text uses it",
                f"write '{{{name}}}' in the text, or delete the slot",
                key=True,
            )


def _braces(record: Record, template: Template) -> Iterator[Issue]:
    for language, variant in template.variants.items():
        for found in BRACE.findall(SLOT.sub("", variant.text)):
            yield record.issue(
                "KB410",
                ("variants", language, "text"),
                f"'{found}' is not a slot: a slot is a name in lower-case letters, digits and _ "
                "between { and }",
                "correct the name, or take the bracket out",
                needle=found,
            )


def _slot(record: Record, name: str, slot: Slot) -> Iterator[Issue]:
    path = ("slots", name)
    if (slot.type == "choice") != bool(slot.choices):
        yield record.issue(
            "KB405",
            path,
            f"the slot '{name}' is of type choice, but has no choices"
            if slot.type == "choice"
            else f"the slot '{name}' has choices, but its type is '{slot.type}'",
            "add 'choices:' with a list" if slot.type == "choice" else "write 'type: choice'",
            key=True,
        )
    elif slot.choices and slot.example not in slot.choices:
        yield record.issue(
            "KB405",
            (*path, "example"),
            f"the example '{slot.example}' is not among the choices of '{name}'",
            "write one of the choices",
        )
    longest = max((slot.example, *slot.choices), key=len)
    if len(longest) > slot.max_length:
        yield record.issue(
            "KB405",
            (*path, "example"),
            f"'{longest}' is longer than the {slot.max_length} characters that '{name}' allows",
            f"shorten it, or write 'max_length: {len(longest)}'",
        )
    if slot.type == "link" and not slot.example.startswith("https://"):
        yield record.issue(
            "KB405",
            (*path, "example"),
            f"the example of the link '{name}' is not a link",
            "write an example that begins with https://",
        )


def longest_filling(template: Template, text: str) -> str:
    """The text with every slot filled by its longest example or choice."""

    def fill(found: re.Match[str]) -> str:
        slot = template.slots.get(found[1])
        return max((slot.example, *slot.choices), key=len) if slot else found[0]

    return SLOT.sub(fill, text)


def check(base: Base) -> Iterator[Issue]:
    """Whether each text fits its channel when it is filled."""
    if base.vocabulary is None:
        return
    for record in base.records:
        template = record.entry
        if not isinstance(template, Template):
            continue
        channel = base.vocabulary.channels.get(template.channel)
        if channel is None:
            continue
        for language, variant in template.variants.items():
            actual = length(longest_filling(template, variant.text), channel.count)
            if actual > channel.length:
                unit = UNITS[channel.count]
                yield record.issue(
                    "KB406",
                    ("variants", language, "text"),
                    f"filled with its longest examples the text has {actual:,} {unit}; "
                    f"the channel '{template.channel}' takes {channel.length:,}",
                    "shorten the text"
                    + (
                        ": an SMS has room for 160 plain letters, or 70 with any other"
                        if channel.count == "sms-segments"
                        else f" by {actual - channel.length:,}"
                    ),
                )
