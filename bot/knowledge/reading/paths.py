"""Values in an entry by a pattern such as `related.*.entry`; works on models and on plain data.

Checks that look up words and references run on both: an entry with a wrong date still gets its
dangling references reported in the same run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, cast

from pydantic import BaseModel

from bot.knowledge.findings import Path


def select(node: Any, pattern: str) -> Iterator[tuple[Path, Any]]:
    """All values at a pattern, with their paths. What is missing or mistyped yields nothing."""
    steps = _steps(pattern)
    # Most keys are absent from most entries: answered here, without a generator.
    first = node if steps[0] == "*" else get(node, steps[0])
    if first is None:
        return iter(())
    return _select(node, steps, ())


@cache
def _steps(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.split("."))


def _select(node: Any, steps: tuple[str, ...], path: Path) -> Iterator[tuple[Path, Any]]:
    if not steps:
        yield path, node
        return
    step, rest = steps[0], steps[1:]
    if step == "*":
        for key, value in _children(node):
            yield from _select(value, rest, (*path, key))
        return
    value = get(node, step)
    if value is not None:
        yield from _select(value, rest, (*path, step))


def _children(node: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(node, dict):
        return cast("dict[Any, Any]", node).items()
    if isinstance(node, list | tuple):
        return enumerate(cast("tuple[Any, ...]", node))
    return ()


def get(node: Any, key: str) -> Any:
    """A field of a model or a key of plain data; None where there is none."""
    if isinstance(node, BaseModel):
        return node.__dict__.get(key)
    if isinstance(node, dict):
        return cast("dict[Any, Any]", node).get(key)
    return None


def texts(node: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text in a model or in plain data, with its path."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, BaseModel):
        yield from texts(node.__dict__, path)
    else:
        for key, value in _children(node):
            yield from texts(value, (*path, key))
