"""Parts of a briefing that are lists and tables: options, messages, voices, what is contested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.advice.brief_data import Brief, BriefMessage, BriefOption, BriefPoint, Term
from bot.advice.sections import time_span
from bot.advice.sections import words as spoken
from bot.documents.inline import escaped
from bot.documents.paper import Block, Bullets, Heading, Paragraph, Quote, Table
from bot.documents.words_of import word


def options(brief: Brief, language: str) -> Iterator[Block]:
    """The options side by side."""
    if not brief.options:
        return
    yield Heading(word("options", language))
    yield Paragraph(word("options-lead", language))
    keys = ("measure", "effect", "risk", "undone", "time-to-effect", "legal-footing")
    yield Table(
        tuple(word(key, language) for key in keys),
        tuple(_option(brief, option, language) for option in brief.options),
    )
    yield from left_out(brief, "countermeasure", language)


def _option(brief: Brief, option: BriefOption, language: str) -> tuple[str, ...]:
    row = option.row
    return (
        f"{row.title}{cited(brief, option.sources)}",
        ", ".join(_term("effect", effect, language) for effect in option.effects),
        word(f"level.{row.escalation_risk}", language),
        word(f"reversible.{row.reversibility}", language),
        _span(row.min_hours, row.max_hours, language),
        _term("footing", Term(row.legal_footing, spoken(row.legal_footing)), language),
    )


def _span(min_hours: int, max_hours: int, language: str) -> str:
    low, high, unit = time_span(min_hours, max_hours)
    return word(f"span.{unit}", language, span=f"{low}–{high}" if low != high else str(high))


def messages(brief: Brief, language: str) -> Iterator[Block]:
    """The templates that apply, each as it is to be copied."""
    if not brief.messages:
        return
    yield Heading(word("messages", language))
    yield Paragraph(word("slots-lead", language))
    for message in brief.messages:
        yield Quote(message.text, _caption(brief, message, language), message.language)
        if message.review == "awaiting-native-review":
            yield note(word("awaiting-review", language))
    yield from left_out(brief, "template", language)


def _caption(brief: Brief, message: BriefMessage, language: str) -> str:
    audiences = ", ".join(_term("audience", each, language) for each in message.audiences)
    return " · ".join(
        (
            f"{message.title}{cited(brief, message.sources)}",
            _term("channel", message.channel, language),
            word("audiences", language, audiences=audiences),
        )
    )


def points(
    brief: Brief, points: Iterable[BriefPoint], title: str, caution: str, language: str
) -> Iterator[Block]:
    """Laws or actors, a line each."""
    items = tuple(
        f"**{escaped(point.about.title)}.** {point.about.summary}"
        f"{cited(brief, point.about.sources)} "
        f"*{word(caution, language, words=point.caution.replace('*', ''))}*"
        for point in points
    )
    if items:
        yield Heading(word(title, language))
        yield Bullets(items)
        yield from left_out(brief, {"law": "law"}.get(title, "perspective"), language)


def contested(brief: Brief, language: str) -> Iterator[Block]:
    """What is said and what is right."""
    if not brief.contested:
        return
    yield Heading(word("contested", language))
    if language != "en":
        yield note(word("in-english", language))
    yield Bullets(
        tuple(
            f"**{word('claimed', language)}:** “{item.claim}” "
            f"**{word('correct', language)}:** {item.correction}{cited(brief, item.sources)}"
            for item in brief.contested
        )
    )


def left_out(brief: Brief, kind: str, language: str) -> Iterator[Block]:
    """How many more of a kind are on file."""
    count = dict(brief.left_out).get(kind, 0)
    if count:
        yield note(word("more", language, count=count))


def cited(brief: Brief, source_ids: Iterable[str]) -> str:
    """The numbers of the sources, kept on one line: ` [1, 4]`; empty where there is none."""
    numbers = brief.numbers(source_ids)
    listed = ",\u00a0".join(map(str, numbers))
    return f" [{listed}]" if numbers else ""


def _term(group: str, term: Term, language: str) -> str:
    """A word of the vocabulary in the reader's language, else as the vocabulary has it."""
    return word(f"{group}.{term.id}", language, default=term.title)


def note(text: str) -> Paragraph:
    """A remark of the document itself, set apart from what the entry says."""
    return Paragraph(f"*{escaped(text)}*")
