"""Messages from templates: choose one, fill it, measure it, hand it out."""

from __future__ import annotations

from bot.advice.messages.channels import Measure, measure
from bot.advice.messages.choose import Candidate, Fit, Offer, Offers, Wish, choose, offers
from bot.advice.messages.export import (
    ApprovalLine,
    approval_text,
    file_name,
    plain_text,
    review_note,
)
from bot.advice.messages.fill import FilledMessage, NoSuchVariant, examples, fill, fingerprint
from bot.advice.messages.prepare import Prepared, prepare
from bot.advice.messages.slots import Reading, SlotError, SlotProblem, pages, read_value, slot_text
from bot.advice.messages.worded import TOO_LONG, holds_back, worded

__all__ = [
    "TOO_LONG",
    "ApprovalLine",
    "Candidate",
    "FilledMessage",
    "Fit",
    "Measure",
    "NoSuchVariant",
    "Offer",
    "Offers",
    "Prepared",
    "Reading",
    "SlotError",
    "SlotProblem",
    "Wish",
    "approval_text",
    "choose",
    "examples",
    "file_name",
    "fill",
    "fingerprint",
    "holds_back",
    "measure",
    "offers",
    "pages",
    "plain_text",
    "prepare",
    "read_value",
    "review_note",
    "slot_text",
    "worded",
]
