"""Custom ids of buttons and selects: which action, for which answer, on which entry.

They outlive a restart of the bot, so they hold only names and numbers. What belongs to the
answer itself (the question, the filters) is found in the journal by the answer's interaction id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

PATTERN = re.compile(
    r"rl:(?P<action>[a-z][a-z0-9-]{0,7}):(?P<origin>[0-9a-z]{0,13}):(?P<language>[a-z]{0,2})"
    r":(?P<page>[0-9]{0,2}):(?P<entry>[a-z0-9-]{0,60})"
)
"""At most 92 characters; Discord takes 100."""

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LAST_PAGE = 99


@dataclass(frozen=True, slots=True)
class Ref:
    """What a click refers to. `origin` is the Discord id of the interaction first answered;
    `language` that of the answer, empty to let the question decide; pages count from 0."""

    action: str
    origin: int = 0
    language: str = ""
    page: int = 0
    entry: str = ""

    def __str__(self) -> str:
        text = f"rl:{self.action}:{base36(self.origin)}:{self.language}:{self.page}:{self.entry}"
        if PATTERN.fullmatch(text) is None:
            raise ValueError(f"not a custom id: {text!r}")
        return text

    def to(self, action: str, *, entry: str | None = None, page: int = 0) -> Ref:
        """The same answer, another action."""
        return replace(self, action=action, page=page, entry=self.entry if entry is None else entry)


def parse(custom_id: str) -> Ref | None:
    """The reference in a custom id; None where it is not one of ours."""
    found = PATTERN.fullmatch(custom_id)
    if found is None:
        return None
    return Ref(
        action=found["action"],
        origin=int(found["origin"] or "0", 36),
        language=found["language"],
        page=int(found["page"] or "0"),
        entry=found["entry"],
    )


def base36(number: int) -> str:
    """A whole number in digits and lower-case letters."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text or "0"
