"""Cards of discussions: what is discussed, what was added, what is to do, how it ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from discord import ButtonStyle

from bot.advice.answer import Answer
from bot.advice.clearance import SHAREABLE, label
from bot.chat.cards.layout import Card, CardButton, bullets, titled
from bot.chat.cards.pieces import LONG_LINE, source_text
from bot.chat.custom_ids import Ref
from bot.chat.text import Markdown, plain, quote, safe_line, shortened, t
from bot.journal import ActionItem, Discussion
from bot.knowledge.snapshot import Snapshot

MARKS = {
    "note": "📝", "decision": "✅", "action": "📌", "message": "💬", "fact": "🔎", "claim": "🗣️",
    "question": "❓", "edit": "✏️", "delete": "🗑️", "done": "☑️", "reopen": "🔁", "close": "🔒",
    "reminder": "⏰",
}  # fmt: skip

EXCERPT = 600
"""Units of a chosen message that its card shows; the link and the timeline have it whole."""

LISTED = 20
"""Decisions, actions or entries that a summary lists; the export has all."""

REMINDING = 1
"""In the buttons of a reminder's card, by which the bot finds out that it has sent one."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was added to a discussion, as its card shows it."""

    event: str
    text: str
    user_id: str | None
    at: str
    link: str | None = None
    note: str = ""
    recorded_by: str | None = None
    entry: str | None = None


def when(at: str | dt.datetime, style: str = "f") -> Markdown:
    """A moment that Discord shows in each reader's own zone."""
    moment = dt.datetime.fromisoformat(at) if isinstance(at, str) else at
    return Markdown(f"<t:{int(moment.timestamp())}:{style}>")


def person(user_id: str | None, language: str) -> Markdown:
    """A person by name; the sender's AllowedMentions see to it that this pings nobody."""
    if user_id is None or not user_id.isdecimal():
        return t("discuss.somebody", language)
    return Markdown(f"<@{user_id}>")


def opening_card(
    discussion_id: str,
    title: str,
    answer: Answer | None,
    *,
    starter: str,
    language: str,
    transcript: bool,
) -> Card:
    """What is discussed: title, bottom line, marking, sources; and how to add to it."""
    tlp = answer.tlp if answer else "clear"
    card = Card(language=language, accent=tlp)
    parts = [t("discuss.kind", language), Markdown(f"**{label(tlp)}**")]
    if answer and answer.confidence:
        parts.append(t(f"confidence.{answer.confidence}", language))
    card.header = f"-# {' · '.join(parts)}\n## {safe_line(title)}"
    card.blocks = [t("discuss.opened", language, name=person(starter, language))]
    if answer is not None:
        card.blocks += _about(answer, language)
    card.blocks.append(t("discuss.how", language))
    card.blocks.append(transcript_notice(on=transcript, language=language))
    if answer is not None:
        name = f"{answer.entry_id}@{answer.revision}" if answer.entry_id else answer.revision
        card.footer = f"-# `{name}`"
    reference = Ref("d-show", language=language, entry=discussion_id)
    card.turn = reference.to("d-open")
    card.rows = [
        [
            CardButton(plain("discuss.add-note", language), reference.to("d-note"), emoji="📝"),
            CardButton(plain("discuss.add-decision", language), reference.to("d-dec"), emoji="✅"),
            CardButton(plain("discuss.show", language), reference, emoji="🕑"),
            CardButton(plain("discuss.close", language), reference.to("d-close"), emoji="🔒"),
        ]
    ]
    if answer and answer.entry_id:
        opened = reference.to("open", entry=answer.entry_id)
        card.rows[0].append(CardButton(plain("discuss.entry", language), opened))
    return card


def _about(answer: Answer, language: str) -> Iterable[Markdown]:
    if answer.outcome == "nothing-on-file":
        yield t("discuss.nothing-on-file", language)
        return
    yield Markdown(f"**{safe_line(shortened(answer.bottom_line, 2 * LONG_LINE))}**")
    if answer.sources:
        lines = (source_text(source, language) for source in answer.sources)
        yield titled(t("card.sources", language), bullets(lines))


def transcript_notice(*, on: bool, language: str) -> Markdown:
    """Whether all that is written in the thread is logged, or only what is added."""
    return t("discuss.transcript-on" if on else "discuss.transcript-off", language)


def said_card(said: Said, language: str, entry_title: str = "") -> Card:
    """Something that was added: type, who, when, words."""
    card = Card(language=language, accent="green" if said.event == "decision" else "notice")
    card.header = _line(said, language)
    chosen = said.link is not None
    text = shortened(said.text, EXCERPT) if chosen else said.text
    if text:
        card.blocks.append(quote(text))
    if said.note:
        card.blocks.append(t("discuss.note-on-it", language, note=said.note))
    if said.entry:
        card.blocks.append(t("discuss.about-entry", language, title=entry_title or said.entry))
    return card


def _line(said: Said, language: str) -> Markdown:
    parts = [
        Markdown(f"{MARKS[said.event]} **{t(f'event.{said.event}', language)}**"),
        person(said.user_id, language),
        when(said.at),
    ]
    if said.recorded_by:
        name = person(said.recorded_by, language)
        parts.append(t("discuss.recorded-by", language, name=name))
    if link := linked(said.link, language):
        parts.append(link)
    return Markdown(" · ".join(parts))


def linked(url: str | None, language: str) -> Markdown:
    """A link to a Discord message; nothing for any other address."""
    start = "https://discord.com/channels/"
    if url is None or not url.startswith(start):
        return Markdown("")
    if not url.removeprefix(start).replace("/", "").replace("@me", "").isalnum():
        return Markdown("")
    return Markdown(f"[{t('discuss.message', language)}](<{url}>)")


def action_card(action: ActionItem, language: str, page: int = 0) -> Card:
    """Something to do: who until when, and the button for where it stands.

    `page` tells a reminder's card (REMINDING) from the first one: it stays in the buttons.
    """
    done = action.done_at is not None
    card = Card(language=language, accent="green" if done else "amber")
    mark = "☑️" if done else "📌"
    card.header = f"{mark} **{t('event.done' if done else 'event.action', language)}**"
    card.blocks = [action_text(action, language)]
    reference = Ref("d-done", language=language, page=page, entry=action.action_id)
    undo = reference.to("d-undo", page=page)
    card.rows = [
        [
            CardButton(plain("discuss.reopen", language), undo)
            if done
            else CardButton(
                plain("discuss.done", language), reference, style=ButtonStyle.success, emoji="☑️"
            )
        ]
    ]
    return card


def action_text(action: ActionItem, language: str, *, listed: bool = False) -> Markdown:
    """Words, owner, due date, and when it was done."""
    written = safe_line if listed else quote
    text = t("discuss.erased", language) if action.text is None else written(action.text)
    owner = (
        t("discuss.owner", language, name=person(action.owner_id, language))
        if action.owner_id
        else t("discuss.no-owner", language)
    )
    facts = [owner]
    if action.due_at:
        facts.append(
            t("discuss.due", language, at=when(action.due_at), left=when(action.due_at, "R"))
        )
    if action.remind_at and not action.done_at and not action.reminded_at:
        facts.append(t("discuss.reminder-at", language, at=when(action.remind_at)))
    if action.done_at:
        facts.append(t("discuss.done-at", language, at=when(action.done_at)))
    return Markdown(f"{text}\n-# {' · '.join(facts)}")


def reminder_card(action: ActionItem, title: str, language: str) -> Card:
    """The one card that calls somebody: the owner of an action that is due."""
    card = action_card(action, language, REMINDING)
    heading = t("discuss.reminder", language, title=shortened(title, 100))
    owner = f"{person(action.owner_id, language)} " if action.owner_id else ""
    card.header = f"⏰ {owner}{heading}"
    return card


def summary_card(discussion: Discussion, snapshot: Snapshot, language: str) -> Card:
    """How a discussion went: duration, people, decisions, open actions, entries consulted."""
    card = Card(language=language, accent=discussion.tlp.lower())
    title = safe_line(discussion.title) if discussion.title else t("discuss.erased", language)
    state = "discuss.is-open" if discussion.state == "open" else "discuss.is-closed"
    card.header = f"-# {t(state, language)} · **{label(discussion.tlp)}**\n## {title}"
    people = ", ".join(person(one, language) for one in discussion.people[: 2 * LISTED])
    facts = [
        t("discuss.from", language, at=when(discussion.started_at)),
        t("discuss.lasted", language, span=span(discussion.lasted, language)),
        t("discuss.people", language, count=len(discussion.people), names=Markdown(people)),
    ]
    card.blocks = [bullets(facts)]
    closing = next((one for one in reversed(discussion.timeline) if one.event == "close"), None)
    if closing is not None and closing.text:
        card.blocks.append(titled(t("discuss.summary", language), quote(closing.text)))
    still = [action for action in discussion.actions if action.done_at is None]
    decisions = [
        Markdown(f"{_text(one.text, language)}\n-# {person(one.user_id, language)} · "
                 f"{when(one.occurred_at)}")
        for one in discussion.decisions
    ]  # fmt: skip
    entries = [
        Markdown(f"{safe_line(entry.title)} `{entry.id}`")
        for key in discussion.consulted
        if (entry := snapshot.get(key)) is not None and entry.tlp in SHAREABLE
    ]
    undone = [action_text(action, language, listed=True) for action in still]
    card.blocks += [
        _listed("discuss.decisions", decisions, language),
        _listed("discuss.open-actions", undone, language),
        _listed("discuss.consulted", entries, language),
    ]
    card.footer = "-# " + t("card.revision", language, revision=discussion.knowledge_revision)
    reference = Ref("d-show", language=language, entry=discussion.discussion_id)
    card.turn = reference.to("d-sum")
    card.rows = [
        [
            CardButton(plain("discuss.show", language), reference, emoji="🕑"),
            CardButton(plain("discuss.export-pack", language), reference.to("d-pack"), emoji="🗂️"),
        ]
    ]
    return card


def _listed(key: str, points: Sequence[str], language: str) -> Markdown:
    shown = [*points[:LISTED]]
    if len(points) > LISTED:
        shown.append(t("discuss.more", language, count=len(points) - LISTED))
    title = t(key, language, count=len(points))
    return titled(title, bullets(shown) if shown else t("discuss.none", language))


def _text(text: str | None, language: str) -> Markdown:
    if text is None:
        return t("discuss.erased", language)
    return safe_line(text)


def span(lasted: dt.timedelta, language: str) -> Markdown:
    """A length of time in days, hours and minutes."""
    minutes = max(0, round(lasted.total_seconds() / 60))
    days, minutes = divmod(minutes, 1440)
    hours, minutes = divmod(minutes, 60)
    parts = [
        t(f"span.{unit}", language, count=count)
        for unit, count in (("days", days), ("hours", hours), ("minutes", minutes))
        if count
    ]
    return Markdown(" ".join(parts)) if parts else t("span.less", language)
