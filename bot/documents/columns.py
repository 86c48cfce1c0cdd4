"""How wide the columns of a table are."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.paper import Table

NARROWEST = 4
WIDEST = 60
"""In characters: shorter columns still hold a short word, longer texts break into lines."""


def rows_of(table: Table) -> tuple[tuple[str, ...], ...]:
    """The rows, each filled to the header's length. Raises ValueError for a row that is longer."""
    count = len(table.header)
    for place, row in enumerate(table.rows, 1):
        if len(row) > count:
            raise ValueError(f"row {place} of the table has {len(row)} cells for {count} columns")
    return tuple((*row, *[""] * (count - len(row))) for row in table.rows)


def shares(table: Table) -> tuple[float, ...]:
    """The columns' shares of the line, together 1. Raises ValueError for impossible widths."""
    count = len(table.header)
    if table.widths is not None:
        if len(table.widths) != count or any(width <= 0 for width in table.widths):
            raise ValueError(f"{count} columns need {count} widths above zero")
        return _whole(table.widths)
    rows = (table.header, *rows_of(table))
    return _whole([_wanted([row[column] for row in rows]) for column in range(count)])


def _wanted(cells: Sequence[str]) -> float:
    """Room for the longest word, and more for long texts, though not in proportion."""
    word = max((len(word) for cell in cells for word in cell.split()), default=0)
    text = max(len(cell) for cell in cells)
    return max(NARROWEST, min(WIDEST, word), min(WIDEST, 3 * text**0.6))


def _whole(parts: Sequence[float]) -> tuple[float, ...]:
    return tuple(part / sum(parts) for part in parts)
