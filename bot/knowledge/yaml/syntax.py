"""Syntax errors in plain words: what to type is read off the line itself."""

from __future__ import annotations

from typing import Any

import yaml

from bot.knowledge.findings import Fault, Place
from bot.knowledge.yaml.text import Source


def explain(error: yaml.YAMLError, source: Source) -> list[Fault]:
    """The faults behind a syntax error; at least one."""
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
    place = Place(min(place.line, len(source.lines)), place.column)
    problem = str(getattr(error, "problem", "") or "the text cannot be read")
    return [
        Fault(
            "KB000",
            place,
            f"this is not readable as YAML: {problem}",
            "put the whole text in double quotes",
        )
    ]
