"""What every kind of file is read as: a source of numbered rows, whole or broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from app.kit.errors import Problem

Value = str | list[str]

MAX_RECORD_CHARS = 4_000_000
"""Longest single row or page that is read; longer ones are no lesson."""


class SourceRefused(Problem):
    """The file cannot be read as lessons; the message says what is wrong and what to do."""

    status = 422
    code = "file_refused"
    message = "This file cannot be read as lessons."


@dataclass(frozen=True)
class Row:
    """One row of data: `number` counts rows of data from 1, `line` is where it starts."""

    number: int
    line: int
    values: dict[str, Value]


@dataclass(frozen=True)
class BrokenRow:
    """A row that could not be read; `raw` holds its cells as far as they were made out."""

    number: int
    line: int
    reason: str
    raw: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """An opened file: its format in words, its columns, and its rows as often as wanted."""

    format: str
    columns: tuple[str, ...]
    total: int
    read: Callable[[], Iterator[Row | BrokenRow]] = field(repr=False)
    notes: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row | BrokenRow]:
        """Read the rows from the beginning, one at a time; exactly `total` come."""
        return self.read()


def broken_text(values: dict[str, Value]) -> str:
    """Say which column holds bytes that are no text in the file's encoding, or ''."""
    for column, value in values.items():
        text = value if isinstance(value, str) else "\n".join(value)
        if not _is_text(text):
            return f"“{column}” holds bytes that are not text in this file's encoding"
    return ""


def _is_text(text: str) -> bool:
    """Bytes that could not be decoded came as halves of letters, which encode to nothing."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def cell_text(row: Row, column: str) -> str:
    """What a row has in a column, as one text; a list has an item a line."""
    value = row.values.get(column, "")
    return value if isinstance(value, str) else "\n".join(value)
