"""A draft as plain data and back, for whoever stores it."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.advice.drafts.draft import Draft

_ADAPTER = TypeAdapter(Draft)


class DraftDataError(ValueError):
    """The data is no draft; the message says where it fails."""


def as_data(draft: Draft) -> dict[str, Any]:
    """The draft as JSON can hold it: texts, numbers, lists; times in ISO 8601."""
    data: dict[str, Any] = _ADAPTER.dump_python(draft, mode="json")
    return data


def from_data(data: dict[str, Any]) -> Draft:
    """The draft that `as_data` wrote. Raises DraftDataError."""
    try:
        return _ADAPTER.validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise DraftDataError(f"{place}: {first['msg']}") from None
