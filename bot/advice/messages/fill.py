"""A template filled: the finished text, or what is missing to finish it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.advice.clearance import label
from bot.advice.messages.channels import Measure, measure
from bot.advice.messages.cleaning import mention, spoofed_marking
from bot.advice.messages.slots import (
    Reading,
    SlotError,
    SlotProblem,
    problem_of,
    read_value,
    slot_text,
)
from bot.knowledge import words
from bot.knowledge.kinds.template import SLOT, Slot, Template
from bot.knowledge.snapshot import Snapshot

LINE = re.compile(r"[^\n]*\n?")


class NoSuchVariant(ValueError):  # noqa: N818 - it is no fault, it is an answer
    """The template has no text in that language; `languages` are those that it has."""

    def __init__(self, template_id: str, language: str, languages: tuple[str, ...]) -> None:
        super().__init__(
            f"{template_id} has no text in '{language}': choose {words.either(languages)}"
        )
        self.languages = languages


@dataclass(frozen=True, slots=True)
class FilledMessage:
    """A text with all that must travel with it.

    While values are missing or wrong (`problems`), their places show the slot's label in square
    brackets: good for a preview, and never `ready`.
    """

    text: str
    template_id: str
    title: str
    redlines: tuple[str, ...]
    channel: str
    channel_title: str
    language: str
    review: str
    """`original`, `native-reviewed` or `awaiting-native-review`."""
    tlp: str
    revision: str
    """Revision of the knowledge base that the text was made from."""
    measure: Measure
    problems: tuple[SlotProblem, ...]
    values: Mapping[str, str]
    """What was typed, slot by slot, so that a form can show it again."""
    do_not: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can go on: all slots filled, and it fits the channel."""
        return not self.problems and self.measure.fits

    @property
    def marking(self) -> str:
        """`TLP:CLEAR` and so on."""
        return label(self.tlp)

    @property
    def reference(self) -> str:
        """What the text was made from: template id and revision."""
        return f"{self.template_id}@{self.revision}"

    @property
    def length(self) -> int:
        return self.measure.length

    @property
    def limit(self) -> int:
        return self.measure.limit

    @property
    def fits(self) -> bool:
        return self.measure.fits

    @property
    def sha256(self) -> str:
        """Fingerprint of the exact text, to which an approval is bound."""
        return fingerprint(self.text)


def fingerprint(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def fill(
    snapshot: Snapshot,
    template: Template,
    language: str,
    values: Mapping[str, str],
    *,
    zone: str | None = None,
    today: dt.date | None = None,
) -> FilledMessage:
    """The template's text in this language with the values in its slots.

    `zone` is the time zone of times that name none, `today` the day of those that name no day;
    without the two, both must be typed. A value is put in once and never read as a template
    itself. Raises NoSuchVariant, and KeyError for a channel outside the vocabulary.
    """
    variant = next((each for key, each in template.variants.items() if key == language), None)
    if variant is None:
        raise NoSuchVariant(template.id, language, tuple(template.variants))
    reading = Reading(language, zone, today)
    written, problems = _read_all(template.slots, values, reading)
    text = put_in(variant.text, written, template.slots, language)
    problems = problems or _seams(text)
    channel = snapshot.vocabulary.channels[template.channel]
    translation = next(
        (each for key, each in template.translations.items() if key == language), None
    )
    return FilledMessage(
        text=text,
        template_id=template.id,
        title=translation.title if translation else template.title,
        redlines=template.redlines,
        channel=template.channel,
        channel_title=channel.title,
        language=language,
        review=variant.review,
        tlp=template.tlp,
        revision=snapshot.revision,
        measure=measure(text, channel),
        problems=problems,
        values=dict(values),
        do_not=template.do_not,
    )


def examples(template: Template) -> dict[str, str]:
    """The example of every slot: what a form suggests and a preview shows."""
    return {name: slot.example for name, slot in template.slots.items()}


def _seams(text: str) -> tuple[SlotProblem, ...]:
    """Whether values that are harmless one by one make a marking or a mention side by side."""
    if spoof := spoofed_marking(text):
        message = f"put together, the values read '{spoof}'; only Redline sets markings"
        return (SlotProblem("marking", "", "Text", message, ""),)
    if live := mention(text):
        message = f"put together, the values read '{live}', a mention on Discord"
        return (SlotProblem("mention", "", "Text", message, ""),)
    return ()


def _read_all(
    slots: Mapping[str, Slot], values: Mapping[str, str], reading: Reading
) -> tuple[dict[str, str], tuple[SlotProblem, ...]]:
    problems: list[SlotProblem] = []
    written: dict[str, str] = {}
    for name in values:
        if name not in slots:
            near = words.nearest(name, slots, limit=1)
            hint = f"did you mean '{near[0]}'" if near else f"it has {words.either(list(slots))}"
            if not slots:
                hint = "it has none"
            problems.append(
                SlotProblem(
                    "unknown-slot", name, name, f"the template has no such slot; {hint}", ""
                )
            )
    for name, slot in slots.items():
        try:
            written[name] = read_value(slot, values.get(name, ""), reading)
        except SlotError as error:
            problems.append(problem_of(name, slot, error, reading.language))
    return written, tuple(problems)


def put_in(
    text: str, written: Mapping[str, str], slots: Mapping[str, Slot], language: str = "en"
) -> str:
    """The text with each slot's value; `[Label]` where there is none yet.

    A line that has nothing but empty optional slots, and words around them, is left out whole.
    """

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name in written:
            return written[name]
        return f"[{slot_text(slots[name], language).label}]" if name in slots else found[0]

    kept: list[str] = []
    for line in LINE.findall(text):
        names = SLOT.findall(line)
        empty = [name for name in names if written.get(name) == ""]
        if names and len(empty) == len(names):
            continue
        filled = SLOT.sub(value, line)
        if empty:
            filled = re.sub(r" +([.,;:!?])", r"\1", re.sub(r"(?<=\S) {2,}", " ", filled))
        kept.append(filled)
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()
