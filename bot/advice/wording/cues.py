"""The words of `data/cues.yaml`: what negates, rejects or reports, by language."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files

import yaml

from bot.advice.wording.notation import Pattern, parse

Patterns = tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """One language's words; `data/cues.yaml` says what each list is for."""

    negators: Patterns
    neutral: Patterns
    rejectors: Patterns
    accepts: Patterns
    demands: Patterns
    speakers: Patterns
    speech: Patterns
    contrast: Patterns
    subordinators: Patterns
    conjunctions: Patterns
    subjects: Patterns
    verdicts: Patterns
    pointers: Patterns
    answers: Patterns


NAMES = tuple(field.name for field in fields(Cues))


@lru_cache(maxsize=1)
def _read() -> dict[str, Cues]:
    text = files("bot.advice.wording").joinpath("data/cues.yaml").read_text("utf-8")
    lists: dict[str, dict[str, str]] = yaml.safe_load(text)
    return {
        language: Cues(
            **{name: tuple(parse(pattern) for pattern in many[name].split(",")) for name in NAMES}
        )
        for language, many in lists.items()
    }


def cues(language: str) -> Cues:
    """The cues of a language of the knowledge base."""
    return _read()[language]
