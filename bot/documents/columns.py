"""How wide the columns of a table are."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.paper import Table

CHARACTERS = 74
"""About what fits on a line across the page in a table's letters, bold ones included."""

PADDING = 2
"""Room around the text of a column, in characters."""


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
    columns = list(zip(table.header, *rows_of(table), strict=True))
    floors = [(_longest_word(cells) + PADDING) / CHARACTERS for cells in columns]
    wanted = _whole([1 + _beyond_a_word(cells) for cells in columns])
    rest = 1 - sum(floors)
    if rest < 0:
        return _whole([floor + want for floor, want in zip(floors, wanted, strict=True)])
    return tuple(floor + rest * want for floor, want in zip(floors, wanted, strict=True))


def _longest_word(cells: Sequence[str]) -> int:
    return max((len(word) for cell in cells for word in cell.split()), default=0)


def _beyond_a_word(cells: Sequence[str]) -> float:
    """What a column's longest text has beyond its longest word: less than in proportion, or one
    long text would take all the room."""
    return float(max(max(map(len, cells)) - _longest_word(cells), 0) ** 0.8)


def _whole(parts: Sequence[float]) -> tuple[float, ...]:
    return tuple(part / sum(parts) for part in parts)
