"""A discussion as it is read back: plain data for cards, pages and files."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.journal.records import Json, StoredRecord


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One event. `text` is None where it was erased; `now_text` is the latest wording where the
    message was edited since, and `deleted_at` is set where it was deleted."""

    seq: int
    event: str
    text: str | None
    user_id: str | None
    recorded_by: str | None
    occurred_at: str
    recorded_at: str
    message_id: str | None
    message_link: str | None
    refers_to: str | None
    entries: tuple[str, ...]
    action_id: str | None
    details: Mapping[str, Json]
    now_text: str | None = None
    deleted_at: str | None = None


@dataclass(frozen=True, slots=True)
class ActionItem:
    """Something to do. Times are ISO 8601 in UTC."""

    action_id: str
    discussion_id: str
    guild_id: str | None
    text: str | None
    owner_id: str | None
    due_at: str | None
    remind_at: str | None
    reminded_at: str | None
    done_at: str | None


@dataclass(frozen=True, slots=True)
class Discussion:
    """A discussion. `timeline` is in the order in which things happened."""

    discussion_id: str
    seq: int
    title: str | None
    user_id: str | None
    guild_id: str | None
    thread_id: str | None
    parent_id: str | None
    interaction_id: str | None
    tlp: str
    knowledge_revision: str
    state: str
    started_at: str
    closed_at: str | None
    entries: tuple[str, ...]
    timeline: tuple[TimelineEvent, ...]
    actions: tuple[ActionItem, ...]
    answered: tuple[str, ...]
    """Ids of the entries that questions asked in its thread were answered with."""

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of all who opened it, spoke or recorded, in the order in which they came."""
        ids = [self.user_id]
        for event in self.timeline:
            ids += [event.user_id, event.recorded_by]
        return tuple(dict.fromkeys(person for person in ids if person))

    @property
    def decisions(self) -> tuple[TimelineEvent, ...]:
        return tuple(event for event in self.timeline if event.event == "decision")

    def about(self, event: TimelineEvent) -> str | None:
        """The words of the action that an event is about which has none of its own."""
        if event.action_id is None or event.text:
            return None
        return next((a.text for a in self.actions if a.action_id == event.action_id), None)

    @property
    def consulted(self) -> tuple[str, ...]:
        """Ids of the entries that it was about, that its events name, or that answered there."""
        ids = list(self.entries)
        for event in self.timeline:
            ids += event.entries
        ids += self.answered
        return tuple(dict.fromkeys(ids))

    @property
    def lasted(self) -> dt.timedelta:
        """From its start to its end, or to its last event while it is open."""
        last = self.timeline[-1].recorded_at if self.timeline else self.started_at
        end = self.closed_at or last
        return dt.datetime.fromisoformat(end) - dt.datetime.fromisoformat(self.started_at)


def build_timeline(records: Iterable[StoredRecord]) -> tuple[TimelineEvent, ...]:
    """Events in the order in which they happened, messages with what became of them."""
    events = sorted(
        (_event(record) for record in records), key=lambda event: (event.occurred_at, event.seq)
    )
    # A message is there twice where it was logged as it came and then chosen as a fact or a claim.
    places: dict[str, list[int]] = {}
    for place, event in enumerate(events):
        if event.message_id and event.event not in {"edit", "delete"}:
            places.setdefault(event.message_id, []).append(place)
    for event in list(events):
        for place in places.get(event.refers_to or "", ()):
            if event.event == "edit":
                events[place] = replace(events[place], now_text=event.text)
            elif event.event == "delete":
                events[place] = replace(events[place], deleted_at=event.occurred_at)
    return tuple(events)


def build_actions(rows: Sequence[Any]) -> tuple[ActionItem, ...]:
    """Rows of `actionitem`, each with its record's private part."""
    return tuple(
        ActionItem(
            action_id=row.action_id,
            discussion_id=row.discussion_id,
            guild_id=row.guild_id,
            text=None if row.private is None else json.loads(row.private).get("text"),
            owner_id=row.owner_id,
            due_at=row.due_at,
            remind_at=row.remind_at,
            reminded_at=row.reminded_at,
            done_at=row.done_at,
        )
        for row in rows
    )


def build_discussion(
    row: Any,
    start: StoredRecord,
    timeline: tuple[TimelineEvent, ...],
    actions: tuple[ActionItem, ...],
    answered: tuple[str, ...],
) -> Discussion:
    """A row of `discussion` with the record that opened it."""
    return Discussion(
        discussion_id=row.discussion_id,
        seq=row.seq,
        title=(start.private or {}).get("title"),
        user_id=start.user_id,
        guild_id=row.guild_id,
        thread_id=row.thread_id,
        parent_id=row.parent_id,
        interaction_id=start.public.get("interaction_id"),
        tlp=row.tlp,
        knowledge_revision=start.public["knowledge_revision"],
        state=row.state,
        started_at=row.started_at,
        closed_at=row.closed_at,
        entries=tuple(start.public["entries"]),
        timeline=timeline,
        actions=actions,
        answered=answered,
    )


def _event(record: StoredRecord) -> TimelineEvent:
    public, private = record.public, record.private or {}
    return TimelineEvent(
        seq=record.seq,
        event=public["event"],
        text=private.get("text"),
        user_id=record.user_id,
        recorded_by=private.get("recorded_by"),
        occurred_at=public["occurred_at"],
        recorded_at=record.created_at,
        message_id=public["message_id"],
        message_link=public["message_link"],
        refers_to=public["refers_to"],
        entries=tuple(public["entries"]),
        action_id=public.get("action_id"),
        details=private.get("details") or {},
    )
