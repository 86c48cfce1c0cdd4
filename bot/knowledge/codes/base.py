"""What is known about a code of the checker."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge.findings import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """One code, explained. `wrong` and `right` are keys of an entry of that `kind`.

    Without a kind the two are words: what is wrong lies outside any one entry's keys.
    """

    code: str
    severity: Severity
    title: str
    why: str
    wrong: str
    right: str
    kind: str | None = "law"
