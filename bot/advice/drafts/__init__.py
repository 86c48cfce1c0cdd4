"""Drafts and four eyes: the rules, without store or Discord."""

from __future__ import annotations

from bot.advice.drafts.data import DraftDataError, as_data, from_data
from bot.advice.drafts.differences import Piece, as_lines, marked, pieces, sentences
from bot.advice.drafts.draft import FINAL, Actor, Draft, Event, Role, Signature, State, Version
from bot.advice.drafts.permissions import (
    LIFETIMES,
    Action,
    Lifetimes,
    NotAllowed,
    Refusal,
    possible,
)
from bot.advice.drafts.rules import (
    RULES,
    approve,
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
    "Action",
    "Actor",
    "Draft",
    "DraftDataError",
    "Event",
    "Lifetimes",
    "NotAllowed",
    "Piece",
    "Refusal",
    "Role",
    "Signature",
    "State",
    "Version",
    "approve",
    "as_data",
    "as_lines",
    "edit",
    "expire",
    "from_data",
    "marked",
    "new_draft",
    "override",
    "pieces",
    "possible",
    "reject",
    "release",
    "sentences",
    "submit",
    "withdraw",
]
