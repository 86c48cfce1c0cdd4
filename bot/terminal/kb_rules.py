"""What the wording checker finds in the red lines' own rules, as findings of `kb check`."""

from __future__ import annotations

from bot.knowledge.findings import Finding
from bot.knowledge.reading import Loaded


def rule_findings(loaded: Loaded) -> list[Finding]:
    return []
