"""Rows of the first sheet of an .xlsx workbook that has any, streamed."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from app.transfer.files.guard import cell_reader
from app.transfer.files.headings import MAX_COLUMNS, Headings, settle_headings
from app.transfer.files.rows import BrokenRow, Row, Source, SourceRefused, Value

_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    EOFError,
    OSError,
)
"""What the library raises over a file that only claims to be a workbook."""


@dataclass(frozen=True)
class _Sheet:
    sheet: Any
    headings: Headings
    read_cell: Callable[[str], str]

    def filled(self) -> Iterator[tuple[int, list[str]]]:
        """The sheet's own row numbers and cells, of rows with anything in them."""
        for number, cells in _filled(self.sheet):
            yield number, cells[: len(self.headings.columns)]

    def read(self) -> Iterator[Row | BrokenRow]:
        columns = self.headings.columns
        data = islice(self.filled(), self.headings.rows_used, None)
        for number, (line, cells) in enumerate(data, 1):
            padded = [self.read_cell(cell) for cell in cells] + [""] * (len(columns) - len(cells))
            values: dict[str, Value] = dict(zip(columns, padded, strict=True))
            yield Row(number, line, values)


def open_workbook(path: Path, held: ExitStack, heading: bool | None = None) -> Source:
    """Open a workbook that `held` closes; `line` of its rows is the row number of the sheet.

    Rows without anything in them do not count. Raises SourceRefused when no sheet has rows.
    """
    try:
        # By its name alone the library would refuse a workbook that is called otherwise.
        file = held.enter_context(path.open("rb"))
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        held.callback(book.close)
        for sheet in book.worksheets:
            # The size that the file claims may be wrong; the rows themselves are right.
            sheet.reset_dimensions()
            first = list(islice(_filled(sheet), 3))
            if first:
                return _source(sheet, first, path, heading)
    except _DAMAGED as error:
        raise SourceRefused(
            f"“{path.name}” cannot be read as a workbook ({error}). Open it in a spreadsheet "
            "program, save it again as .xlsx or CSV (UTF-8), and import that."
        ) from error
    raise SourceRefused(f"“{path.name}” has no sheet with anything in it.")


def _source(
    sheet: Any, first: list[tuple[int, list[str]]], path: Path, heading: bool | None
) -> Source:
    width = max(len(cells) for _, cells in first)
    if width > MAX_COLUMNS:
        raise SourceRefused(
            f"“{path.name}” has {width} columns; {MAX_COLUMNS} can be read. Keep those that matter."
        )
    top = [cells + [""] * (width - len(cells)) for _, cells in first]
    headings = settle_headings(top, heading)
    table = _Sheet(sheet, headings, cell_reader(headings.columns))
    total = sum(1 for _ in table.read())
    name = f"workbook, sheet “{sheet.title}”"
    if not table.headings.rows_used:
        name += ", no heading"
    return Source(name, table.headings.columns, total, table.read)


def _filled(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [_text(value) for value in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def _text(value: object) -> str:
    """A cell as it would be typed: whole numbers without a point, dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # The format writes control characters and carriage returns as _x000D_.
    return str(value).replace("_x000D_\n", "\n").replace("_x000D_", "\n")
