"""An entry's shape against its kind's model."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge import words
from bot.knowledge.findings import Fault, Path
from bot.knowledge.reading import annotations, forms
from bot.knowledge.reading.paths import select
from bot.knowledge.yaml.document import Document

MAX_ROUNDS = 8
"""Each round can mend misspelt keys one level deeper."""

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
DATES = ("reviewed", "review_by", "quotes.*.date", "began", "ended", "published", "accessed")

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Shaped(Generic[M]):
    """The model (None where the shape is wrong), the data as JSON, and the faults."""

    model: M | None
    json: bytes
    faults: list[Fault]


def shape(model: type[M], document: Document) -> Shaped[M]:
    """Check a document against a model. A misspelt key is told once and then read as meant."""
    faults: list[Fault] = []
    errors: list[ErrorDetails] = []
    for _ in range(MAX_ROUNDS):
        text = json.dumps(document.data).encode()
        try:
            entry = model.model_validate_json(text, strict=True)
        except ValidationError as error:
            errors = error.errors(include_url=False)
        else:
            faults += _dates(document, ())
            return Shaped(None if faults else entry, text, faults)
        renamed = [fault for each in errors if (fault := _rename(each, model, document))]
        faults += renamed
        if not renamed:
            break
    told = {tuple(error["loc"]) for error in errors}
    faults += forms.faults(errors, model, document)
    faults += _dates(document, told)
    return Shaped(None, b"", faults)


def _dates(document: Document, told: Any) -> list[Fault]:
    """Dates that the model would take for a number of seconds, such as 20261123."""
    return [
        forms.date_fault(path, document.place(path), value)
        for pattern in DATES
        for path, value in select(document.data, pattern)
        if isinstance(value, str) and not ISO_DATE.fullmatch(value) and path not in told
    ]


def _rename(error: ErrorDetails, model: type[BaseModel], document: Document) -> Fault | None:
    """Mend one misspelt key in the document; its fault, or None if no other key was meant."""
    path: Path = error["loc"]
    if error["type"] != "extra_forbidden":
        return None
    holder = annotations.model_at(model, path[:-1])
    value = annotations.value_at(document.data, path[:-1])
    if holder is None or not isinstance(value, dict):
        return None
    data = cast("dict[str, Any]", value)
    key = str(path[-1])
    free = [name for name in holder.model_fields if name not in data]
    meant = words.same_but_for_typing(key, free)
    if meant is None:
        return None
    place = document.place(path, key=True)
    data[meant] = data.pop(key)
    new: Path = (*path[:-1], meant)
    for old in [each for each in document.spots if each[: len(path)] == path]:
        document.spots[(*new, *old[len(path) :])] = document.spots.pop(old)
    around = f" in {forms.holder(path[:-1])}" if path[:-1] else ""
    return Fault("KB101", place, f"unknown key '{key}'{around}", f"did you mean '{meant}'?")
