"""A draft between the rules and the journal: every step is a record, and the records give it back.

Nothing is stored twice: the words of a version stand in the record of the step that brought them,
so that who is forgotten there is forgotten.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.advice.drafts import LIFETIMES, Actor, Draft, Event, Signature, State, Version
from bot.journal import DraftChange, StoredDraft
from bot.journal.records import StoredRecord

WROTE = frozenset({"drafted", "edited"})
"""Steps that bring a new text."""

APPROVED = "approved"
OVERRODE = "overrode the blockers"
EXPIRED = "expired"


def change_of(
    draft: Draft,
    *,
    guild_id: str | None,
    channel_id: str | None = None,
    discussion_id: str | None = None,
    revision: str = "",
) -> DraftChange:
    """The latest step of a draft as the journal takes it. `revision` is the knowledge base's."""
    event, current = draft.history[-1], draft.current
    end = LIFETIMES.end(draft)
    return DraftChange(
        draft_id=draft.id,
        expected=draft.step - 1,
        action=event.action,
        state=draft.state,
        version=current.number,
        sha256=current.sha256,
        text=current.text if event.action in WROTE else None,
        reason=event.reason,
        user_id=event.by.id if event.by else None,
        user_name=event.by.name if event.by else None,
        guild_id=guild_id,
        channel_id=channel_id,
        discussion_id=discussion_id,
        at=event.at.isoformat(),
        expires_at=end.isoformat() if end else None,
        tlp=draft.tlp.upper(),
        template_id=draft.template_id,
        redlines=draft.redlines,
        channel=draft.channel,
        language=draft.language,
        knowledge_revision=revision,
        blockers=current.blockers,
    )


def draft_of(stored: StoredDraft) -> Draft:
    """The draft that the records tell of, oldest first. Words that were erased are empty."""
    draft: Draft | None = None
    for record in stored.steps:
        draft = _first(stored, record) if draft is None else _next(draft, record)
    if draft is None:
        raise ValueError(f"draft {stored.draft_id} has no step")
    return draft


def erased(stored: StoredDraft) -> bool:
    """Whether the words of the current text are gone: nothing can be done with it any more."""
    wrote = [step for step in stored.steps if step.public["action"] in WROTE]
    return not wrote or (wrote[-1].private or {}).get("text") is None


def _first(stored: StoredDraft, record: StoredRecord) -> Draft:
    public = record.public
    return Draft(
        id=stored.draft_id,
        state=_state(record),
        versions=(_version(record),),
        since=_at(record),
        history=(_event(record),),
        template_id=str(public["template_id"]),
        redlines=tuple(str(each) for each in public["entries"]),
        channel=str(public["channel"]),
        language=str(public["language"]),
        tlp=str(public["tlp"]).lower(),
    )


def _next(draft: Draft, record: StoredRecord) -> Draft:
    action, state = str(record.public["action"]), _state(record)
    after = replace(
        draft,
        state=state,
        since=draft.since if state == draft.state and action == OVERRODE else _at(record),
        step=int(record.public["step"]),
        history=(*draft.history, _event(record)),
    )
    if action in WROTE:
        versions = (*draft.versions, _version(record))
        return replace(after, versions=versions, approval=None, override=None)
    # Today's rules may hold back what yesterday's let pass, and the other way round.
    blockers = tuple(str(each) for each in record.public["blockers"])
    after = replace(
        after, versions=(*draft.versions[:-1], replace(draft.current, blockers=blockers))
    )
    if action == EXPIRED:
        return replace(after, approval=None, override=None)
    if action not in (APPROVED, OVERRODE):
        return after
    sha256 = str(record.public["sha256"])
    signature = Signature(_actor(record), _at(record), sha256, _reason(record))
    if action == APPROVED:
        return replace(after, approval=signature)
    return replace(after, override=signature)


def _version(record: StoredRecord) -> Version:
    text = (record.private or {}).get("text")
    return Version(
        number=int(record.public["version"]),
        text="" if text is None else str(text),
        author=_actor(record),
        at=_at(record),
        blockers=tuple(str(each) for each in record.public["blockers"]),
    )


def _event(record: StoredRecord) -> Event:
    public = record.public
    by = _actor(record) if record.user_id is not None or record.erased else None
    return Event(str(public["action"]), by, _at(record), int(public["version"]), _reason(record))


def _actor(record: StoredRecord) -> Actor:
    name = (record.private or {}).get("user_name")
    return Actor(record.user_id or "", str(name or ""))


def _reason(record: StoredRecord) -> str:
    return str((record.private or {}).get("reason") or "")


def _state(record: StoredRecord) -> State:
    state: State = record.public["state"]
    return state


def _at(record: StoredRecord) -> dt.datetime:
    return dt.datetime.fromisoformat(record.created_at)
