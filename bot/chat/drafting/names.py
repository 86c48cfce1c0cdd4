"""What buttons and choices call a draft by: its id and the text that somebody was shown."""

from __future__ import annotations

import re

from bot.advice.drafts import Draft

FINGERPRINT = 12
"""Hexadecimal digits of the text's fingerprint in the name that buttons and choices carry."""


NAME = re.compile(rf"(?P<id>dr-[0-9a-z]{{1,13}})(?:-(?P<fingerprint>[0-9a-f]{{{FINGERPRINT}}}))?")


def name_of(draft: Draft) -> str:
    """The draft with the fingerprint of the text that somebody is shown: what they decide on is
    this text, or nothing."""
    return name(draft.id, draft.current.sha256)


def name(draft_id: str, sha256: str) -> str:
    """As `name_of`, for a draft whose history was not read."""
    return f"{draft_id}-{sha256[:FINGERPRINT]}"


def read_name(name: str) -> tuple[str, str]:
    """The draft's id and the beginning of the fingerprint, empty where only the id was typed.

    Both are empty for what is no name of a draft.
    """
    found = NAME.fullmatch(name.strip())
    return (found["id"], found["fingerprint"] or "") if found else ("", "")
