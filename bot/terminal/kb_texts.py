"""Entries and differences as text and as data."""

from __future__ import annotations

from typing import Any, cast

from bot.knowledge.diff import Difference


def as_lines(value: Any, indent: int = 2) -> str:
    """A value of an entry, one line a text, lists with hyphens."""
    lead = " " * indent
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return "\n".join(
            f"{lead}{key}:\n{as_lines(each, indent + 2)}"
            if isinstance(each, dict | list)
            else f"{lead}{key}: {each}"
            for key, each in pairs
            if each not in (None, [], {})
        )
    if isinstance(value, list):
        items = cast("list[Any]", value)
        return "\n".join(f"{lead}- {as_lines(each, indent + 2).lstrip()}" for each in items)
    return "\n".join(f"{lead}{line}" for line in str(value).rstrip().split("\n"))


def diff_data(difference: Difference) -> dict[str, Any]:
    return {
        "added": [{"id": key, "title": title} for key, title in difference.added],
        "changed": [
            {"id": each.id, "title": each.title, "changes": list(each.changes)}
            for each in difference.changed
        ],
        "removed": [{"id": key, "title": title} for key, title in difference.removed],
        "vocabulary": list(difference.vocabulary),
    }


def diff_text(difference: Difference) -> str:
    if difference.empty:
        return "No entry has changed."
    lines: list[str] = []
    for name, pairs in (("Added", difference.added), ("Removed", difference.removed)):
        if pairs:
            lines += [f"{name} ({len(pairs)})", *(f"  {key}: {title}" for key, title in pairs), ""]
    if difference.changed:
        lines.append(f"Changed ({len(difference.changed)})")
        for change in difference.changed:
            lines += [f"  {change.id}: {change.title}", *(f"    {each}" for each in change.changes)]
        lines.append("")
    if difference.vocabulary:
        lines += ["Vocabulary", *(f"  {each}" for each in difference.vocabulary), ""]
    return "\n".join(lines).rstrip()
