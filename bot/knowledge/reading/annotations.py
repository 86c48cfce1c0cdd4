"""What a model declares at a path, and what plain data holds there."""

from __future__ import annotations

import types
from collections.abc import Iterable
from typing import Annotated, Any, Union, cast, get_args, get_origin

from pydantic import BaseModel

from bot.knowledge.findings import Path


def strip_annotated(annotation: Any) -> Any:
    """The type itself: without constraints, and without `| None`."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [argument for argument in get_args(annotation) if argument is not type(None)]
        if len(inner) == 1:
            return strip_annotated(inner[0])
    return annotation


def annotation_at(model: type[BaseModel], path: Iterable[str | int]) -> Any:
    """The declared type at a path in a model; None where the path leaves the model."""
    annotation: Any = model
    for step in path:
        annotation = strip_annotated(annotation)
        origin = get_origin(annotation)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            field = annotation.model_fields.get(str(step))
            if field is None:
                return None
            annotation = field.annotation
        elif origin is tuple and isinstance(step, int):
            annotation = get_args(annotation)[0]
        elif origin is dict and isinstance(step, str):
            annotation = get_args(annotation)[1]
        else:
            return None
    return strip_annotated(annotation)


def model_at(model: type[BaseModel], path: Iterable[str | int]) -> type[BaseModel] | None:
    """The model whose keys stand at a path, if keys of a model stand there."""
    annotation = annotation_at(model, path)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return None


def value_at(data: Any, path: Path) -> Any:
    """The plain value at a path, or None."""
    for step in path:
        if isinstance(data, dict):
            data = cast("dict[Any, Any]", data).get(step)
        elif isinstance(data, list) and isinstance(step, int):
            items = cast("list[Any]", data)
            data = items[step] if step < len(items) else None
        else:
            return None
    return data
