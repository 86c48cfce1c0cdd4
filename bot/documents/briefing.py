"""A briefing laid out: bottom line first, sources last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from bot.advice.brief_data import (
    Brief,
    BriefMessage,
    BriefOption,
    BriefPoint,
    BriefRedline,
    Saying,
    Term,
)
from bot.advice.clearance import label
from bot.advice.messages.calendar import date_in_words
from bot.advice.sections import time_span
from bot.advice.sections import words as spoken
from bot.documents import Format
from bot.documents.inline import escaped
from bot.documents.paper import Block, Bullets, Heading, Paper, Paragraph, Quote, Table
from bot.documents.prose import blocks_of
from bot.documents.sources import source_item
from bot.documents.words_of import moment_in_words, word

SHOWN_ELSEWHERE = frozenset(
    {"body", "line", "must-say", "never-say", "crossed", "not-crossed", "text", "text-awaiting"}
)
"""Sections of the answer that have a place of their own in the briefing."""


def briefing_paper(
    brief: Brief,
    *,
    language_name: str,
    made_at: dt.datetime,
    prepared_for: str = "",
) -> Paper:
    """The paper of a briefing that was answered.

    `language_name` is what the briefing's language calls itself; `made_at` carries its zone.
    Raises ValueError for a briefing with nothing on file.
    """
    if brief.main is None:
        raise ValueError("there is nothing on file to brief on")
    language = brief.language
    return Paper(
        title=brief.main.title,
        marking=label(brief.tlp),
        subtitle=word("briefing", language),
        facts=tuple(_facts(brief, language, made_at, prepared_for)),
        blocks=tuple(_blocks(brief, language, language_name)),
        language=language,
        made_at=made_at,
    )


def file_name(brief: Brief, form: Format) -> str:
    """A name that every file system takes, such as `brief-analysis-why-now-lv.docx`."""
    return f"brief-{brief.answer.entry_id}-{brief.language}.{form}"


def _facts(
    brief: Brief, language: str, made_at: dt.datetime, prepared_for: str
) -> Iterator[tuple[str, str]]:
    answer = brief.answer
    if answer.query and answer.query != answer.entry_id:
        yield word("question", language), answer.query
    if prepared_for:
        yield word("prepared-for", language), prepared_for
    if answer.confidence:
        yield word("confidence", language), word(f"confidence.{answer.confidence}", language)
    if answer.status == "draft":
        yield word("reviewed", language), word("draft-status", language)
    elif answer.reviewed:
        date = date_in_words(answer.reviewed, language)
        overdue = word("review-overdue", language, date=date) if answer.review_overdue else date
        yield word("reviewed", language), overdue
    revision = word("revision", language, revision=answer.revision)
    yield word("knowledge", language), f"{answer.entry_id}, {revision}"
    yield word("made", language), moment_in_words(made_at, language)


def _blocks(brief: Brief, language: str, language_name: str) -> Iterator[Block]:
    answer = brief.answer
    if answer.language_note == "untranslated":
        yield _note(word("untranslated", language, name=language_name))
    elif answer.language_note:
        yield _note(word("awaiting-review", language))
    if brief.raised_by:
        titles = "; ".join(brief.raised_by)
        yield _note(word("raised", language, marking=label(brief.tlp), titles=titles))
    yield Heading(word("bottom-line", language))
    cited = _cited(brief, brief.main.sources if brief.main else ())
    yield Paragraph(f"**{answer.bottom_line.replace('**', '')}**{cited}")
    if answer.confidence:
        level = word(f"confidence.{answer.confidence}", language)
        yield Paragraph(word("confidence-sentence", language, level=f"**{level}**"))
    if answer.key_points:
        yield Heading(word("key-points", language))
        yield Bullets(answer.key_points)
    yield from _analysis(brief, language)
    yield from _redlines(brief, language)
    yield from _options(brief, language)
    yield from _messages(brief, language)
    yield from _points(brief, brief.perspectives, "perspectives", "speak-to", language)
    yield from _points(brief, brief.laws, "law", "limits", language)
    yield from _contested(brief, language)
    yield Heading(word("sources", language))
    if brief.sources:
        items = tuple(source_item(source, language) for source in brief.sources)
        yield Bullets(items, numbered=True)
    else:
        yield Paragraph(word("no-sources", language))


def _analysis(brief: Brief, language: str) -> Iterator[Block]:
    sections = brief.answer.sections
    body = next((section.text for section in sections if section.id == "body"), "")
    rest = [section for section in sections if section.id not in SHOWN_ELSEWHERE]
    if brief.answer.kind == "redline":
        rest = [section for section in rest if section.id != "ambiguity"]
    if body or rest:
        yield Heading(word("analysis", language))
    in_english = not brief.body_translated
    if in_english and (body or rest):
        yield _note(word("in-english", language))
    yield from blocks_of(body)
    for section in rest:
        if language != "en" and not in_english:
            yield _note(word("in-english", language))
            in_english = True
        yield Heading(section.title, 2)
        yield from blocks_of(section.text)
        if section.points:
            yield Bullets(section.points)


def _redlines(brief: Brief, language: str) -> Iterator[Block]:
    if not brief.redlines:
        return
    yield Heading(word("red-lines", language))
    if language != "en":
        yield _note(word("in-english", language))
    for redline in brief.redlines:
        yield from _redline(brief, redline, language)
    yield from _left_out(brief, "redline", language)


def _redline(brief: Brief, redline: BriefRedline, language: str) -> Iterator[Block]:
    yield Heading(redline.about.title, 2)
    cited = _cited(brief, redline.about.sources)
    yield Paragraph(f"**{word('the-line', language)}:** {redline.line}{cited}")
    yield Heading(word("must-say", language), 3)
    yield Bullets(tuple(saying.say for saying in redline.must_say))
    yield Heading(word("never-say", language), 3)
    yield Bullets(tuple(_forbidden(saying, language) for saying in redline.never_say))
    for key, points in (
        ("crossed", redline.crossed_when),
        ("not-crossed", redline.not_crossed_when),
    ):
        if points:
            yield Heading(word(key, language), 3)
            yield Bullets(points)


def _forbidden(saying: Saying, language: str) -> str:
    """What a rule is against; the rule's own examples would read as something to say."""
    return f"{saying.reason} *{word('instead', language, words=saying.say.replace('*', ''))}*"


def _options(brief: Brief, language: str) -> Iterator[Block]:
    if not brief.options:
        return
    yield Heading(word("options", language))
    yield Paragraph(word("options-lead", language))
    keys = ("measure", "effect", "risk", "undone", "time-to-effect", "legal-footing")
    yield Table(
        tuple(word(key, language) for key in keys),
        tuple(_option(brief, option, language) for option in brief.options),
    )
    yield from _left_out(brief, "countermeasure", language)


def _option(brief: Brief, option: BriefOption, language: str) -> tuple[str, ...]:
    row = option.row
    return (
        f"{row.title}{_cited(brief, option.sources)}",
        ", ".join(_term("effect", effect, language) for effect in option.effects),
        word(f"level.{row.escalation_risk}", language),
        word(f"reversible.{row.reversibility}", language),
        _span(row.min_hours, row.max_hours, language),
        _term("footing", Term(row.legal_footing, spoken(row.legal_footing)), language),
    )


def _span(min_hours: int, max_hours: int, language: str) -> str:
    low, high, unit = time_span(min_hours, max_hours)
    return word(f"span.{unit}", language, span=f"{low}–{high}" if low != high else str(high))


def _messages(brief: Brief, language: str) -> Iterator[Block]:
    if not brief.messages:
        return
    yield Heading(word("messages", language))
    yield Paragraph(word("slots-lead", language))
    for message in brief.messages:
        yield Quote(message.text, _caption(brief, message, language), message.language)
        if message.review == "awaiting-native-review":
            yield _note(word("awaiting-review", language))
    yield from _left_out(brief, "template", language)


def _caption(brief: Brief, message: BriefMessage, language: str) -> str:
    audiences = ", ".join(_term("audience", each, language) for each in message.audiences)
    return " · ".join(
        (
            f"{message.title}{_cited(brief, message.sources)}",
            _term("channel", message.channel, language),
            word("audiences", language, audiences=audiences),
        )
    )


def _points(
    brief: Brief, points: Iterable[BriefPoint], title: str, caution: str, language: str
) -> Iterator[Block]:
    items = tuple(
        f"**{escaped(point.about.title)}.** {point.about.summary}"
        f"{_cited(brief, point.about.sources)} "
        f"*{word(caution, language, words=point.caution.replace('*', ''))}*"
        for point in points
    )
    if items:
        yield Heading(word(title, language))
        yield Bullets(items)
        yield from _left_out(brief, {"law": "law"}.get(title, "perspective"), language)


def _contested(brief: Brief, language: str) -> Iterator[Block]:
    if not brief.contested:
        return
    yield Heading(word("contested", language))
    if language != "en":
        yield _note(word("in-english", language))
    yield Bullets(
        tuple(
            f"**{word('claimed', language)}:** “{item.claim}” "
            f"**{word('correct', language)}:** {item.correction}{_cited(brief, item.sources)}"
            for item in brief.contested
        )
    )


def _left_out(brief: Brief, kind: str, language: str) -> Iterator[Block]:
    count = dict(brief.left_out).get(kind, 0)
    if count:
        yield _note(word("more", language, count=count))


def _cited(brief: Brief, source_ids: Iterable[str]) -> str:
    """The numbers of the sources, kept on one line: ` [1, 4]`; empty where there is none."""
    numbers = brief.numbers(source_ids)
    listed = ",\u00a0".join(map(str, numbers))
    return f" [{listed}]" if numbers else ""


def _term(group: str, term: Term, language: str) -> str:
    """A word of the vocabulary in the reader's language, else as the vocabulary has it."""
    return word(f"{group}.{term.id}", language, default=term.title)


def _note(text: str) -> Paragraph:
    return Paragraph(f"*{escaped(text)}*")
