"""The golden questions: what people ask, and the entries that answer it (`questions.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, StringConstraints, model_validator

from bot.knowledge.kinds.common import EntryId, Language, Model

QuestionType = Literal[
    "question", "keyword", "paraphrase", "typo", "statement", "crosslingual", "template",
    "outofscope",
]  # fmt: skip

BEST, HELPS = 3, 2
"""Grades: an entry that answers, and one that helps a good deal."""


class Question(Model):
    """One question. `answers` answer it, `helps` help a good deal; out of scope has neither."""

    ask: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=1000)]
    type: QuestionType
    language: Language = "en"
    answers: tuple[EntryId, ...] = ()
    helps: tuple[EntryId, ...] = ()
    held_back: bool = False
    """Only measured, never calibrated with."""

    @model_validator(mode="after")
    def _answered_or_out_of_scope(self) -> Question:
        if (self.type == "outofscope") == bool(self.answers):
            raise ValueError(
                "needs `answers`, unless its type is outofscope: then it must have none"
            )
        return self

    @property
    def in_scope(self) -> bool:
        return self.type != "outofscope"

    @property
    def grades(self) -> dict[str, int]:
        """Grade by entry id."""
        return dict.fromkeys(self.helps, HELPS) | dict.fromkeys(self.answers, BEST)


class Questions(Model):
    """All golden questions, each once."""

    questions: tuple[Question, ...] = Field(min_length=1)

    def unknown(self, known: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Entry ids that questions name and the knowledge base lacks, and by which questions."""
        ids = set(known)
        found: dict[str, list[str]] = {}
        for question in self.questions:
            for entry_id in question.grades:
                if entry_id not in ids:
                    found.setdefault(entry_id, []).append(question.ask)
        return {entry_id: tuple(asks) for entry_id, asks in sorted(found.items())}


class QuestionsError(Exception):
    """The golden questions cannot be read; the message names the file, the place and the fault."""


def read(path: Path) -> Questions:
    """Read the golden questions. Raises QuestionsError."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(path.read_bytes(), Loader=loader)  # noqa: S506
        return Questions.model_validate(data)
    except OSError as error:
        raise QuestionsError(f"{path} cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, ValueError) as error:
        raise QuestionsError(f"{path}: {error}") from None
