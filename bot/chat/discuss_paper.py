"""A discussion as a document: decisions first, then what is to do, then everything as it went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.advice.clearance import label
from bot.chat.text import plain
from bot.documents import Block, Heading, Paper, Paragraph, Quote, Table
from bot.journal import ActionItem, Discussion, TimelineEvent

Names = Mapping[str, str]
"""Display names by Discord id."""


def paper_of(discussion: Discussion, names: Names, zone: ZoneInfo, language: str) -> Paper:
    """The document of a discussion, with times in one zone, which it names."""
    scribe = _Scribe(names, zone, language)
    say = scribe.say
    facts = [
        (say("paper.opened"), f"{scribe.time(discussion.started_at)}, "
                              f"{scribe.name(discussion.user_id)}"),
        (say("paper.closed"), scribe.time(discussion.closed_at) if discussion.closed_at
                              else say("discuss.is-open")),
        (say("paper.people"), ", ".join(map(scribe.name, discussion.people))),
        (say("paper.entries"), ", ".join(discussion.consulted) or say("discuss.none")),
        (say("paper.revision"), discussion.knowledge_revision),
        (say("paper.zone"), zone.key),
    ]  # fmt: skip
    blocks: list[Block] = [Heading(say("paper.decisions"))]
    blocks += [scribe.said(one) for one in discussion.decisions] or [scribe.nothing()]
    blocks.append(Heading(say("paper.actions")))
    blocks.append(scribe.actions(discussion.actions) if discussion.actions else scribe.nothing())
    blocks.append(Heading(say("paper.timeline")))
    blocks += [scribe.said(one, discussion.about(one)) for one in discussion.timeline] or [
        scribe.nothing()
    ]
    return Paper(
        discussion.title or say("discuss.erased"),
        label(discussion.tlp),
        subtitle=say("discuss.kind"),
        facts=tuple(facts),
        blocks=tuple(blocks),
        language=language,
        made_at=dt.datetime.now(dt.UTC),
    )


class _Scribe:
    """Writes names, times and system texts in the way of one document."""

    def __init__(self, names: Names, zone: ZoneInfo, language: str) -> None:
        self.names = names
        self.zone = zone
        self.language = language

    def say(self, key: str, **values: object) -> str:
        return plain(key, self.language, **values)

    def name(self, user_id: str | None) -> str:
        if user_id is None:
            return self.say("discuss.somebody")
        return self.names.get(user_id, user_id)

    def time(self, at: str) -> str:
        return dt.datetime.fromisoformat(at).astimezone(self.zone).strftime("%Y-%m-%d %H:%M")

    def nothing(self) -> Paragraph:
        return Paragraph(self.say("discuss.none"))

    def said(self, event: TimelineEvent, about: str | None = None) -> Quote:
        caption = [
            self.time(event.occurred_at),
            self.say(f"event.{event.event}"),
            *([self.name(event.user_id)] if event.user_id else []),
            *([event.message_link] if event.message_link else []),
        ]
        lines = [self.say("discuss.erased") if event.text is None else event.text or about or ""]
        if note := event.details.get("note"):
            lines.append(self.say("discuss.note-on-it", note=note))
        if event.now_text is not None:
            lines.append(self.say("discuss.edited", text=event.now_text))
        if event.deleted_at:
            lines.append(self.say("discuss.deleted", at=self.time(event.deleted_at)))
        return Quote("\n".join(line for line in lines if line), caption=" · ".join(caption))

    def actions(self, actions: tuple[ActionItem, ...]) -> Table:
        header = ("action", "owner", "due", "state")
        rows = tuple(
            (
                action.text or self.say("discuss.erased"),
                self.name(action.owner_id) if action.owner_id else self.say("discuss.no-owner"),
                self.time(action.due_at) if action.due_at else "",
                self.time(action.done_at) if action.done_at else self.say("paper.open"),
            )
            for action in actions
        )
        return Table(tuple(self.say(f"paper.{name}") for name in header), rows, (5, 2, 2, 2))
