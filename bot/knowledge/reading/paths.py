"""Values in an entry by a pattern such as `related.*.entry`; works on models and on plain data.

Checks that look up words and references run on both: an entry with a wrong date still gets its
dangling references reported in the same run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.knowledge.findings import Path


def select(node: Any, pattern: str) -> Iterator[tuple[Path, Any]]:
    """All values at a pattern, with their paths. What is missing or mistyped yields nothing."""
    yield from _select(node, tuple(pattern.split(".")), ())


def _select(node: Any, steps: tuple[str, ...], path: Path) -> Iterator[tuple[Path, Any]]:
    if not steps:
        yield path, node
        return
    step, rest = steps[0], steps[1:]
    if step == "*":
        if isinstance(node, Mapping):
            pairs: Any = node.items()  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
        elif isinstance(node, list | tuple):
            pairs = enumerate(node)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        else:
            return
        for key, value in pairs:
            yield from _select(value, rest, (*path, key))
        return
    value = get(node, step)
    if value is not None:
        yield from _select(value, rest, (*path, step))


def get(node: Any, key: str) -> Any:
    """A field of a model or a key of plain data; None where there is none."""
    if isinstance(node, Mapping):
        return node.get(key)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return getattr(node, key, None)


def texts(node: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text in a model or in plain data, with its path."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, Mapping):
        for key, value in node.items():  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
            yield from texts(value, (*path, key))  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(node, list | tuple):
        for position, value in enumerate(node):  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            yield from texts(value, (*path, position))
    elif hasattr(node, "__pydantic_fields__"):
        for key, value in node.__dict__.items():
            yield from texts(value, (*path, key))
