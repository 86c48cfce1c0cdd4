"""A briefing laid out: bottom line first, sources last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bot.advice.brief_data import (
    Brief,
    BriefRedline,
    Saying,
)
from bot.advice.clearance import label
from bot.advice.messages.calendar import date_in_words
from bot.documents import Format
from bot.documents.briefing_parts import (
    cited,
    contested,
    left_out,
    messages,
    note,
    options,
    points,
)
from bot.documents.paper import Block, Bullets, Heading, Paper, Paragraph
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
        yield note(word("untranslated", language, name=language_name))
    elif answer.language_note:
        yield note(word("awaiting-review", language))
    if brief.raised_by:
        titles = "; ".join(brief.raised_by)
        yield note(word("raised", language, marking=label(brief.tlp), titles=titles))
    yield Heading(word("bottom-line", language))
    numbers = cited(brief, brief.main.sources if brief.main else ())
    yield Paragraph(f"**{answer.bottom_line.replace('**', '')}**{numbers}")
    if answer.confidence:
        level = word(f"confidence.{answer.confidence}", language)
        yield Paragraph(word("confidence-sentence", language, level=f"**{level}**"))
    if answer.key_points:
        yield Heading(word("key-points", language))
        yield Bullets(answer.key_points)
    yield from _analysis(brief, language)
    yield from _redlines(brief, language)
    yield from options(brief, language)
    yield from messages(brief, language)
    yield from points(brief, brief.perspectives, "perspectives", "speak-to", language)
    yield from points(brief, brief.laws, "law", "limits", language)
    yield from contested(brief, language)
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
        yield note(word("in-english", language))
    yield from blocks_of(body)
    for section in rest:
        if language != "en" and not in_english:
            yield note(word("in-english", language))
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
        yield note(word("in-english", language))
    for redline in brief.redlines:
        yield from _redline(brief, redline, language)
    yield from left_out(brief, "redline", language)


def _redline(brief: Brief, redline: BriefRedline, language: str) -> Iterator[Block]:
    yield Heading(redline.about.title, 2)
    numbers = cited(brief, redline.about.sources)
    yield Paragraph(f"**{word('the-line', language)}:** {redline.line}{numbers}")
    yield Heading(word("must-say", language), 3)
    yield Bullets(tuple(saying.say for saying in redline.must_say))
    yield Heading(word("never-say", language), 3)
    yield Bullets(tuple(_forbidden(saying, language) for saying in redline.never_say))
    for key, crossing in (
        ("crossed", redline.crossed_when),
        ("not-crossed", redline.not_crossed_when),
    ):
        if crossing:
            yield Heading(word(key, language), 3)
            yield Bullets(crossing)


def _forbidden(saying: Saying, language: str) -> str:
    """What a rule is against; the rule's own examples would read as something to say."""
    return f"{saying.reason} *{word('instead', language, words=saying.say.replace('*', ''))}*"
