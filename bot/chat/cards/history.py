"""What a search of the journal found, and one record in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.advice.clearance import Clearance, label
from bot.chat.cards.answer import Setting
from bot.chat.cards.discuss import MARKS, linked, person, when
from bot.chat.cards.layout import Card, CardButton, CardSelect, Choice, titled
from bot.chat.custom_ids import Ref
from bot.chat.text import Markdown, plain, prose, quote, safe_line, t, visible
from bot.journal import Found, Query, StoredRecord
from bot.journal.history import Reading
from bot.knowledge.snapshot import Snapshot

SIGNS = {"interaction": "❓", "discussion-start": "🟢", "draft-step": "✉️"}
KINDS = {
    "interaction": "history.question",
    "discussion-start": "history.discussion",
    "draft-step": "history.draft",
}
MOST_ENTRIES = 5


def history_card(
    found: Sequence[Found],
    setting: Setting,
    snapshot: Snapshot,
    clearance: Clearance,
    query: Query,
    *,
    full: bool,
) -> Card:
    """The records that were found, best first. `full`: there may be more than these."""
    language = setting.language
    card = Card(language=language, accent="clear")
    title = t("history.title", language)
    asked = f": {safe_line(query.text)}" if visible(query.text).strip() else ""
    count = t("history.count", language, count=len(found))
    narrowed = _filters(query, snapshot, clearance, language)
    card.header = f"## {title}{asked}\n-# {' · '.join([*narrowed, count])}"
    every = query.viewer is not None and query.viewer.all_questions
    scope = "history.scope-office" if every else "history.scope"
    card.footer = "-# " + t(scope, language)
    if not found:
        card.blocks = [t("history.none", language)]
        return card
    if full:
        card.header += "\n-# " + t("history.more", language)
    card.blocks = [
        _hit(place, one, language, snapshot, clearance) for place, one in enumerate(found, 1)
    ]
    reference = Ref("h-page", setting.origin, language)
    card.turn = reference
    choices = [
        Choice(
            f"{place} · {kind_name(one.record, language)} · {one.record.created_at[:10]}",
            str(one.record.seq),
            one.snippet.text,
        )
        for place, one in enumerate(found, 1)
    ]
    card.selects = [CardSelect(plain("history.read", language), reference.to("h-read"), choices)]
    return card


def record_card(
    reading: Reading, setting: Setting, snapshot: Snapshot, clearance: Clearance
) -> Card:
    """One record: what was said, what was answered, on which revision of the knowledge base."""
    language = setting.language
    record, public = reading.record, reading.record.public
    marking = str(public.get("tlp") or "CLEAR").lower()
    card = Card(language=language, accent=marking)
    card.header = f"{_head(record, language)}\n-# **{label(marking)}**"
    if revision := public.get("knowledge_revision"):
        card.header += " · " + t("card.revision", language, revision=str(revision)[:12])
    if reading.text:
        card.blocks.append(quote(reading.text))
    if link := linked(public.get("message_link"), language):
        card.blocks.append(link)
    if reading.given and clearance.admits(marking):
        card.blocks.append(titled(t("history.given", language), prose(reading.given)))
    elif record.type == "interaction":
        key = "history.not-kept" if clearance.admits(marking) else "history.withheld"
        card.blocks.append(Markdown("-# " + t(key, language)))
    if entries := _entries(record, snapshot, clearance, language):
        card.footer = f"-# {entries}"
    # The place stands in `entry`: pages of a record need its number, not the search alone.
    card.turn = Ref("h-turn", setting.origin, language, entry=str(record.seq))
    back = Ref("h-page", setting.origin, language)
    card.rows = [[CardButton(plain("card.back", language), back)]]
    return card


def kind_name(record: StoredRecord, language: str) -> str:
    """What kind of record it is, for people."""
    if record.type == "discussion-event":
        return plain(f"event.{record.public['event']}", language)
    return plain(KINDS[record.type], language)


def _filters(
    query: Query, snapshot: Snapshot, clearance: Clearance, language: str
) -> Iterable[str]:
    """What the search was narrowed by."""
    if query.person:
        yield person(query.person, language)
    if query.channel:
        yield f"<#{query.channel}>"
    if query.entry:
        entry = snapshot.get(query.entry)
        known = entry is not None and clearance.admits(entry.tlp)
        yield safe_line(entry.title if entry is not None and known else query.entry)
    if query.since:
        yield t("history.since", language, at=when(query.since))
    if query.until:
        yield t("history.until", language, at=when(query.until))


def _head(record: StoredRecord, language: str) -> str:
    sign = SIGNS.get(record.type) or MARKS[record.public["event"]]
    parts = [f"{sign} **{safe_line(kind_name(record, language))}**", when(record.created_at)]
    parts.append(person(record.user_id, language))
    if record.channel_id:
        parts.append(Markdown(f"<#{record.channel_id}>"))
    return " · ".join(parts)


def _hit(
    place: int, found: Found, language: str, snapshot: Snapshot, clearance: Clearance
) -> Markdown:
    lines = [f"**{place}.** {_head(found.record, language)}"]
    if found.snippet.text:
        lines.append(f"> {found.snippet.marked('**', '**', _inside)}")
    if entries := _entries(found.record, snapshot, clearance, language):
        lines.append(f"-# {entries}")
    return Markdown("\n".join(lines))


def _inside(text: str) -> str:
    """A stretch inside a line, escaped, with the blanks at its ends: they part it from a mark."""
    lead = " " if text[:1].isspace() else ""
    tail = " " if text.strip() and text[-1:].isspace() else ""
    return f"{lead}{safe_line(text)}{tail}"


def _entries(record: StoredRecord, snapshot: Snapshot, clearance: Clearance, language: str) -> str:
    """Titles of the entries that it is about; what the viewer may not see has no name."""
    told: list[str] = []
    ids: list[Any] = list(record.public.get("entries") or ())
    for entry_id in ids[:MOST_ENTRIES]:
        entry = snapshot.get(str(entry_id))
        if entry is None:
            told.append(safe_line(str(entry_id)))
        elif clearance.admits(entry.tlp):
            told.append(safe_line(entry.title))
    if len(ids) > MOST_ENTRIES:
        told.append(t("history.and-more", language, count=len(ids) - MOST_ENTRIES))
    return " · ".join(told)
