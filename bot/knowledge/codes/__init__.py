"""The codes of the checker. A code keeps its meaning for ever; a new meaning gets a new code."""

from __future__ import annotations

from bot.knowledge.codes.base import Code
from bot.knowledge.codes.content import CONTENT
from bot.knowledge.codes.references import REFERENCES
from bot.knowledge.codes.shape import SHAPE
from bot.knowledge.codes.text import TEXT
from bot.knowledge.findings import Severity

CODES: dict[str, Code] = {code.code: code for code in (*TEXT, *SHAPE, *REFERENCES, *CONTENT)}


def severity(code: str) -> Severity:
    """How bad a code is: an error keeps the knowledge base from being loaded."""
    return CODES[code].severity


__all__ = ["CODES", "Code", "severity"]
