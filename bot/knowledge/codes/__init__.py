"""The codes of the checker. A code keeps its meaning for ever."""

from __future__ import annotations

from bot.knowledge.findings import Severity

WARNINGS = frozenset(
    {
        "KB019",
        "KB020",
        "KB213",
        "KB301",
        "KB304",
        "KB409",
        "KB502",
        "KB503",
        "KB504",
        "KB505",
        "KB506",
    }
)


def severity(code: str) -> Severity:
    """How bad a code is: an error keeps the knowledge base from being loaded."""
    return "warning" if code in WARNINGS else "error"
