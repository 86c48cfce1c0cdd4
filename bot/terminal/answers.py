"""An answer in the terminal, and the same answer as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from textwrap import shorten
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from bot.advice.answer import Answer, Link, Section
from bot.advice.clearance import label

CONFIDENCE = {
    "high": "High confidence: good sources agree.",
    "moderate": "Moderate confidence: plausible and sourced, with gaps.",
    "low": "Low confidence: thin or contested sources.",
}
NOTES = {
    "untranslated": "Not translated yet: given in English.",
    "awaiting-native-review": "Translation awaiting review by a native speaker.",
}
REASON = 60
"""Characters of a reason that are shown: what matched can be a whole text."""

LINK_TITLES = {
    "redline": "Red lines",
    "template": "Templates",
    "countermeasure": "Options",
    "narrative": "Narratives",
    "escalation": "Escalation",
    "law": "Law",
    "precedent": "Precedents",
    "perspective": "Perspectives",
    "analysis": "Analyses",
    "glossary": "Terms",
}


def answer_data(answer: Answer) -> dict[str, Any]:
    """The whole answer as JSON-ready data; dates as ISO 8601."""
    data = asdict(answer)
    data["reviewed"] = answer.reviewed.isoformat() if answer.reviewed else None
    for source, line in zip(data["sources"], answer.sources, strict=True):
        source["published"] = line.published.isoformat() if line.published else None
    return data


def show_answer(answer: Answer, out: Console) -> None:
    if answer.outcome != "answered":
        _show_nothing(answer, out)
        return
    head = f"{label(answer.tlp)} · {answer.kind} · {answer.entry_id}@{answer.revision}"
    card = Panel(Group(*_body(answer)), title=Text(answer.title, "bold"), subtitle=head)
    out.print(card, soft_wrap=False)  # a frame wraps its text; without wrapping it would cut it


def _show_nothing(answer: Answer, out: Console) -> None:
    out.print(Text("Nothing on file.", "bold"))
    out.print(Text("Redline answers only from its knowledge base, and nothing there fits."))
    if answer.links:
        out.print(Text("Topics to browse (not an answer):"))
        for link in answer.links:
            out.print(Text(f"  {link.title}  ({link.id})"))
    out.print(Text(f"Knowledge revision {answer.revision}", "dim"))


def _body(answer: Answer) -> Iterable[RenderableType]:
    yield Text(answer.bottom_line, "bold")
    if note := NOTES.get(answer.language_note):
        yield Text(note, "italic yellow")
    yield Text("")
    if answer.key_points:
        yield _points(answer.key_points)
        yield Text("")
    if answer.confidence:
        yield Text(CONFIDENCE[answer.confidence])
    if answer.review_overdue:
        yield Text("The review of this entry is overdue.", "yellow")
    if answer.status == "draft":
        yield Text("Draft: not reviewed yet.", "yellow")
    for caveat in answer.caveats:
        yield Text(f"Caveat: {caveat}", "yellow")
    for section in answer.sections:
        yield from _section(section)
    yield from _links(answer.links)
    yield Rule("Sources", align="left", style="dim")
    for source in answer.sources:
        published = f", {source.published.isoformat()}" if source.published else ""
        link = f" {source.url}" if source.url else ""
        yield Text(
            f"[{source.reliability}] {source.title} ({source.publisher}{published}){link}", "dim"
        )
    if answer.passages:
        yield Text(f"Passages of the brief: {', '.join(answer.passages)}", "dim")
    if answer.why:
        reasons = ", ".join(
            f"{reason.by} “{shorten(reason.text, REASON, placeholder='…')}”"
            for reason in answer.why
        )
        yield Text(f"Matched by: {reasons}", "dim")


def _section(section: Section) -> Iterable[RenderableType]:
    yield Rule(section.title, align="left", style="dim")
    if section.text:
        yield Markdown(section.text) if section.id == "body" else Text(section.text)
    if section.points:
        yield _points(section.points)


def _points(points: Iterable[str]) -> Text:
    return Text("\n".join(f"• {point}" for point in points))


def _links(links: tuple[Link, ...]) -> Iterable[RenderableType]:
    groups: dict[str, list[Link]] = {}
    for link in links:
        title = "Other matches" if link.relation == "match" else LINK_TITLES.get(link.kind, "")
        groups.setdefault(title, []).append(link)
    for title, members in groups.items():
        yield Rule(title, align="left", style="dim")
        yield Text("\n".join(f"{link.title}  ({link.id})" for link in members))
