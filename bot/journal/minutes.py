"""A discussion as a file: Markdown, CSV, JSON Lines. Plain functions over its data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from zoneinfo import ZoneInfo

from bot.journal.discussion_view import ActionItem, Discussion, TimelineEvent
from bot.journal.drafts import StoredDraft
from bot.journal.records import StoredRecord
from bot.journal.safe_text import csv_line, json_line, markdown, quoted

Names = Mapping[str, str]
"""Display names by Discord id; who is not in it is shown by id."""

UTC = ZoneInfo("UTC")
ERASED = "(erased)"

TIMELINE = (
    "occurred_at", "recorded_at", "event", "by", "recorded_by", "text", "now_text", "deleted_at",
    "message_link", "entries", "action_id", "note", "seq",
)  # fmt: skip


def as_markdown(discussion: Discussion, names: Names, zone: ZoneInfo = UTC) -> str:
    """The whole discussion for people to read, with times in their zone."""
    local = _local(zone)
    lines = [
        f"# {markdown(discussion.title or ERASED)}",
        "",
        f"- Marking: TLP:{markdown(discussion.tlp)}",
        f"- Opened: {local(discussion.started_at)} by {_name(discussion.user_id, names)}",
        f"- State: {discussion.state}"
        + (f", closed {local(discussion.closed_at)}" if discussion.closed_at else ""),
        f"- Lasted: {_span(discussion.lasted)}",
        f"- People: {', '.join(_name(person, names) for person in discussion.people) or 'none'}",
        f"- Entries: {', '.join(map(markdown, discussion.consulted)) or 'none'}",
        f"- Knowledge revision: {markdown(discussion.knowledge_revision or 'unknown')}",
        f"- Times are in {markdown(zone.key)}.",
    ]
    if discussion.decisions:
        lines += ["", "## Decisions"]
        for decision in discussion.decisions:
            lines += _said(decision, None, names, local)
    if discussion.actions:
        lines += ["", "## Actions", ""]
        lines += (_action(action, names, local) for action in discussion.actions)
    lines += ["", "## Timeline"]
    for event in discussion.timeline:
        lines += _said(event, discussion.about(event), names, local)
    return "\n".join(lines) + "\n"


def as_csv(discussion: Discussion, names: Names) -> str:
    """The timeline as a table, times in UTC."""
    return "".join(
        [csv_line(TIMELINE), *(csv_line(_row(event, names)) for event in discussion.timeline)]
    )


def as_jsonl(discussion: Discussion) -> str:
    """The discussion in one line, then an event or an action a line."""
    head = asdict(discussion)
    del head["timeline"], head["actions"]
    rows = [{"record": "discussion", **head}]
    rows += ({"record": "event", **asdict(event)} for event in discussion.timeline)
    rows += ({"record": "action", **asdict(action)} for action in discussion.actions)
    return "".join(map(json_line, rows))


def draft_as_markdown(draft: StoredDraft, names: Names, zone: ZoneInfo = UTC) -> str:
    """A draft with every version, and who did what to it when."""
    local = _local(zone)
    first: Mapping[str, object] = draft.steps[0].public if draft.steps else {}
    lines = [
        f"# Draft {markdown(draft.draft_id)}",
        "",
        f"- Marking: TLP:{markdown(draft.tlp)}",
        f"- State: {markdown(draft.state)} since {local(draft.since)}",
        f"- Template: {markdown(first.get('template_id') or 'none')}",
        f"- SHA-256 of the text: {draft.sha256}",
        f"- SHA-256 of the approved text: {draft.approved_sha256 or 'none'}",
        "",
        "## Steps",
    ]
    for step in draft.steps:
        lines += _step(step, names, local)
    return "\n".join(lines) + "\n"


def _step(step: StoredRecord, names: Names, local: Callable[[str], str]) -> Iterable[str]:
    public, private = step.public, step.private or {}
    name = private.get("user_name") or (step.user_id and names.get(step.user_id)) or step.user_id
    by = markdown(name) if name else (ERASED if step.erased else "the bot")
    yield ""
    yield (
        f"- {local(step.created_at)}: {markdown(public['action'])} by {by}, "
        f"version {public['version']}, now {markdown(public['state'])}"
    )
    if private.get("reason"):
        yield f"  Reason: {markdown(private['reason'])}"
    if private.get("text") is not None:
        yield ""
        yield from (f"  {line}" for line in quoted(private["text"]))
    elif public["wrote"]:
        yield f"  {ERASED}"


def _said(
    event: TimelineEvent, about: str | None, names: Names, local: Callable[[str], str]
) -> Iterable[str]:
    yield ""
    link = f" {_link(event.message_link)}" if event.message_link else ""
    # Nobody is known to have deleted a message, and the bot itself reminds.
    known = event.user_id is not None or event.text is None
    by = f", by {_name(event.user_id, names)}" if known else ""
    recorded = f", recorded by {_name(event.recorded_by, names)}" if event.recorded_by else ""
    deleted = f", deleted {local(event.deleted_at)}" if event.deleted_at else ""
    yield (f"- **{local(event.occurred_at)}** {markdown(event.event)}{by}{recorded}{deleted}{link}")
    if about:
        yield ""
        yield from (f"  {line}" for line in quoted(about))
    text = ERASED if event.text is None else event.text
    if text:
        yield ""
        yield from (f"  {line}" for line in quoted(text))
    if note := event.details.get("note"):
        yield ""
        yield f"  Note: {markdown(note)}"
    if event.now_text is not None:
        yield ""
        yield "  Edited since:"
        yield ""
        yield from (f"  {line}" for line in quoted(event.now_text))


def _action(action: ActionItem, names: Names, local: Callable[[str], str]) -> str:
    done = f", done {local(action.done_at)}" if action.done_at else ""
    due = f", due {local(action.due_at)}" if action.due_at else ""
    box = "x" if action.done_at else " "
    owner = _name(action.owner_id, names) if action.owner_id else "nobody yet"
    return f"- [{box}] {markdown(action.text or ERASED)} ({owner}{due}{done})"


def _row(event: TimelineEvent, names: Names) -> list[object]:
    values: dict[str, object] = {
        **asdict(event),
        "by": names.get(event.user_id or "", event.user_id),
        "recorded_by": names.get(event.recorded_by or "", event.recorded_by),
        "entries": " ".join(event.entries),
        "note": event.details.get("note"),
        "text": ERASED if event.text is None else event.text,
    }
    return [values[name] for name in TIMELINE]


def _link(url: str) -> str:
    """A link to a Discord message; anything else is shown, not linked."""
    if url.startswith("https://discord.com/channels/") and url[29:].replace("/", "").isalnum():
        return f"([message](<{url}>))"
    return f"({markdown(url)})"


def _name(user_id: str | None, names: Names) -> str:
    return ERASED if user_id is None else markdown(names.get(user_id, user_id))


def _local(zone: ZoneInfo) -> Callable[[str], str]:
    def told(at: str) -> str:
        return dt.datetime.fromisoformat(at).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")

    return told


def _span(lasted: dt.timedelta) -> str:
    minutes = max(0, round(lasted.total_seconds() / 60))
    days, minutes = divmod(minutes, 1440)
    hours, minutes = divmod(minutes, 60)
    parts = ((days, "d"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "under a minute"
