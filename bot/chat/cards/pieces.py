"""The pieces of text that an answer's card is put together from."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.answer import Answer, Section, SourceLine
from bot.advice.clearance import label
from bot.chat.cards.layout import bullets, titled
from bot.chat.text import (
    Markdown,
    has,
    prose,
    safe,
    safe_line,
    shortened,
    t,
    units,
    visible,
)
from bot.knowledge.search.result import Reason

MARKDOWN_SECTIONS = frozenset({"body"})
"""Parts that entries write in Markdown; all others are plain text."""

LONG_TITLE = 160
LONG_LINE = 500
"""Beyond these the header only begins, and the whole text stands in the first block."""


def status_line(answer: Answer, language: str) -> Markdown:
    """Kind, marking and confidence on one line."""
    parts: list[str] = []
    if answer.kind:
        parts.append(t(f"kind.{answer.kind}", language))
    parts.append(f"**{label(answer.tlp)}**")
    if answer.confidence:
        parts.append(t(f"confidence.{answer.confidence}", language))
    return Markdown("-# " + " · ".join(parts))


def footer(answer: Answer, language: str) -> Markdown:
    """Which entry at which revision, reviewed when, and why it matched."""
    lines: list[str] = []
    if answer.why:
        lines.append(t("card.matched", language, reasons=reasons(answer.why, language)))
    facts = [f"`{answer.entry_id}@{answer.revision}`"]
    if answer.reviewed:
        facts.append(t("card.reviewed", language, date=answer.reviewed.isoformat()))
    lines.append(" · ".join(facts))
    return Markdown("\n".join(f"-# {line}" for line in lines))


def reasons(why: Sequence[Reason], language: str) -> Markdown:
    """Why an entry matched, in words; the first few reasons, for they come best first."""
    told = [t(f"why.{reason.by}", language, text=shortened(reason.text, 60)) for reason in why[:4]]
    return Markdown(", ".join(told))


def source_text(source: SourceLine, language: str) -> Markdown:
    """A source as one point of a list: title (linked), publisher, date, reliability."""
    title = safe_line(source.title)
    if source.url and (url := _linkable(source.url)):
        title = Markdown(f"[{title}]({url})")
    parts: list[str] = [title, safe_line(source.publisher)]
    if source.published:
        parts.append(source.published.isoformat())
    letter = source.reliability
    meaning = t(f"reliability.{letter}", language) if has(f"reliability.{letter}") else ""
    parts.append(t("card.reliability", language, letter=letter[:1], meaning=meaning))
    return Markdown(" · ".join(part for part in parts if part))


def header(answer: Answer, language: str) -> tuple[Markdown, list[Markdown]]:
    overlong: list[Markdown] = []
    title, line = safe_line(answer.title), safe_line(answer.bottom_line)
    if units(title) > LONG_TITLE * 2:
        overlong.append(title)
        title = safe(shortened(answer.title, LONG_TITLE))
    if units(line) > LONG_LINE * 2:
        overlong.append(line)
        line = safe(shortened(answer.bottom_line, LONG_LINE))
    lines = [status_line(answer, language), f"## {title}", f"**{line}**" if line else ""]
    return Markdown("\n".join(part for part in lines if part)), overlong


def warnings(answer: Answer, language: str) -> Markdown:
    """What the reader must know before relying on the entry."""
    lines: list[str] = []
    if answer.status == "draft":
        lines.append(t("card.draft", language))
    if answer.review_overdue:
        lines.append(t("card.overdue", language))
    if answer.language_note:
        lines.append(t(f"card.{answer.language_note}", language))
    return Markdown("\n".join(f"> ⚠️ {line}" for line in lines))


def section_text(section: Section, language: str) -> Markdown:
    key = f"section.{section.id}"
    title = t(key, language) if has(key) else safe_line(section.title)
    text = prose(section.text) if section.id in MARKDOWN_SECTIONS else safe(section.text)
    points = bullets(safe_line(point) for point in section.points)
    return titled(title, "\n".join(part for part in (text.strip(), points) if part))


def _linkable(url: str) -> str | None:
    """The address where it can stand in a Markdown link without ending it, else None."""
    address = visible(url).strip()
    if not address.lower().startswith(("https://", "http://")):
        return None
    for character in ("(", ")", "<", ">", " ", "\n", "\t", "\\", '"', "[", "]", "`", "@", "|"):
        address = address.replace(character, f"%{ord(character):02X}")
    return address
