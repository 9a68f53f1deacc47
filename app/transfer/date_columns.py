"""Whether the day or the month comes first in a file's columns of dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from app.transfer.columns import Mapping
from app.transfer.dates import date_order, is_ambiguous
from app.transfer.files.rows import BrokenRow, Row, cell_text

_ROWS_SAMPLED = 5_000
_DATE_FIELDS = ("occurred_on", "posted_at")


def learn_dates(
    mapping: Mapping, rows: Iterable[Row | BrokenRow]
) -> tuple[Mapping, tuple[str, ...]]:
    """Learn from the first 5,000 rows how each column of dates is ordered.

    Returns the mapping that knows it, and a note on each column where nothing proves the order.
    """
    columns = [column for name in _DATE_FIELDS for column in mapping.columns_for(name)]
    seen: dict[str, list[str]] = {column: [] for column in columns}
    for row in islice(rows, _ROWS_SAMPLED) if columns else ():
        if isinstance(row, Row):
            for column in columns:
                seen[column].append(cell_text(row, column))
    orders = {column: date_order(cells) for column, cells in seen.items()}
    notes = tuple(
        f"“{column}”: nothing shows whether the day or the month comes first; "
        "the month was taken to"
        for column, cells in seen.items()
        if not orders[column].is_proved and any(is_ambiguous(cell) for cell in cells)
    )
    return replace(mapping, date_orders=orders), notes
