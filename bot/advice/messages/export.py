"""A finished text as a plain file: with its marking, its origin and who approved it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from bot.advice.messages.cleaning import clean
from bot.advice.messages.fill import FilledMessage, fingerprint

REVIEW_NOTES = {
    "original": "",
    "native-reviewed": "translation reviewed by a native speaker",
    "awaiting-native-review": "translation not yet reviewed by a native speaker",
}
RULE = "-" * 60


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """Who approved exactly which text, and when. `sha256` is the fingerprint of the text."""

    by: str
    at: dt.datetime
    sha256: str
    override: str = ""
    """Reason given where a blocker was overridden."""


def approval_text(message: FilledMessage, approval: ApprovalLine | None) -> str:
    """The approval line: a text that differs from what was approved counts as not approved."""
    if approval is None:
        return "NOT APPROVED: draft for internal use"
    if approval.sha256 != fingerprint(message.text):
        return "NOT APPROVED: the text was changed after its approval"
    when = approval.at.astimezone(dt.UTC)
    line = (
        f"APPROVED by {_one_line(approval.by)}, {when:%Y-%m-%d %H:%M} UTC, "
        f"text {approval.sha256[:12]}"
    )
    if approval.override:
        line += f"\nBlocker overridden: {_one_line(approval.override)}"
    return line


def review_note(message: FilledMessage) -> str:
    """What a reader must know about the translation; empty for an original."""
    return REVIEW_NOTES[message.review]


def plain_text(
    message: FilledMessage,
    *,
    language_name: str,
    approval: ApprovalLine | None = None,
    at: dt.datetime | None = None,
) -> str:
    """The text between two markings, with all that must travel with it. Ends in a line break.

    `at` is the time of the export, stated in UTC.
    """
    note = review_note(message)
    head = [
        message.marking,
        message.title,
        f"Template: {message.reference}",
        f"Language: {language_name}" + (f" ({note})" if note else ""),
        f"{message.channel_title}: {message.measure.label}"
        + ("" if message.fits else ", TOO LONG"),
    ]
    if at is not None:
        head.append(f"Exported: {at.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC")
    head.append(approval_text(message, approval))
    return "\n".join([*head, RULE, message.text, RULE, message.marking, ""])


def file_name(message: FilledMessage, extension: str = "txt") -> str:
    """A name that every file system takes, such as `post-presence-et-1f3a9c.txt`."""
    stem = re.sub(r"[^a-z0-9-]", "-", message.template_id.removeprefix("tpl-"))
    return f"{stem}-{message.language}-{message.sha256[:6]}.{extension}"


def _one_line(text: str) -> str:
    """A person's name or words in a line of ours: no line of their own, nothing unseen."""
    return clean(text)
