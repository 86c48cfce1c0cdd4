"""Drafts and four eyes: the rules, without store or Discord."""

from __future__ import annotations

from bot.advice.drafts.differences import Piece, as_lines, marked, pieces, sentences
from bot.advice.drafts.draft import FINAL, Actor, Draft, Event, Role, Signature, State, Version
from bot.advice.drafts.permissions import (
    LIFETIMES,
    SHORTEST_REASON,
    Action,
    Lifetimes,
    NotAllowed,
    Refusal,
    possible,
    require,
)
from bot.advice.drafts.rules import (
    RULES,
    Rule,
    approve,
    checked,
    edit,
    expire,
    new_draft,
    override,
    reject,
    release,
    submit,
    withdraw,
)

__all__ = [
    "FINAL",
    "LIFETIMES",
    "RULES",
    "SHORTEST_REASON",
    "Action",
    "Actor",
    "Draft",
    "Event",
    "Lifetimes",
    "NotAllowed",
    "Piece",
    "Refusal",
    "Role",
    "Rule",
    "Signature",
    "State",
    "Version",
    "approve",
    "as_lines",
    "checked",
    "edit",
    "expire",
    "marked",
    "new_draft",
    "override",
    "pieces",
    "possible",
    "reject",
    "release",
    "require",
    "sentences",
    "submit",
    "withdraw",
]
