"""Rows of a delimited text file (CSV, TSV, TXT), streamed, with every row accounted for."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from app.transfer.files.dialects import Dialect, detect_dialect
from app.transfer.files.encodings import Encoding, detect_encoding
from app.transfer.files.guard import cell_reader
from app.transfer.files.headings import MAX_COLUMNS, Headings, settle_headings
from app.transfer.files.records import Record, records
from app.transfer.files.rows import (
    MAX_RECORD_CHARS,
    BrokenRow,
    Row,
    Source,
    SourceRefused,
    Value,
    broken_text,
)
from app.transfer.files.signatures import looks_binary

_SAMPLE_CHARS = 256 * 1024

csv.field_size_limit(MAX_RECORD_CHARS)


@dataclass(frozen=True)
class _Table:
    path: Path
    encoding: Encoding
    dialect: Dialect
    headings: Headings
    read_cell: Callable[[str], str]

    def records(self) -> Iterator[Record]:
        """Records of data, without blank lines and headings."""
        skip = self.headings.rows_used
        with open_text(self.path, self.encoding, self.dialect.line_end) as file:
            yield from islice(records(file, self.dialect, len(self.headings.columns)), skip, None)

    def read(self) -> Iterator[Row | BrokenRow]:
        for number, record in enumerate(self.records(), 1):
            yield self._row(number, record)

    def _row(self, number: int, record: Record) -> Row | BrokenRow:
        columns = self.headings.columns
        cells = [self.read_cell(cell) for cell in record.cells]
        reason = record.fault or _unfit_width(record, len(columns))
        values: dict[str, Value] = dict(zip(columns, cells, strict=False))
        reason = reason or broken_text(values)
        if reason:
            return BrokenRow(number, record.line, reason, tuple(_printable(c) for c in cells))
        return Row(number, record.line, values)


def open_delimited(
    path: Path, encoding: Encoding | None = None, heading: bool | None = None
) -> Source:
    """Open a delimited text file; its encoding, dialect and heading are detected where they
    are not given. Raises SourceRefused when it holds no table."""
    encoding = encoding or detect_encoding(path)
    sample, whole = _sample(path, encoding)
    dialect = detect_dialect(sample, whole)
    with open_text(path, encoding, dialect.line_end) as file:
        first = list(islice(records(file, dialect, None), 3))
    if not first:
        raise SourceRefused(f"“{path.name}” holds nothing but blank lines.")
    if first[0].fault:
        raise SourceRefused(
            f"“{path.name}”, line {first[0].line}: the heading cannot be read, because "
            f"{first[0].fault}. Mend that line, or save the table again as CSV (UTF-8)."
        )
    headings = settle_headings([record.cells for record in first], heading)
    if len(headings.columns) > MAX_COLUMNS:
        raise SourceRefused(
            f"“{path.name}” has {len(headings.columns)} columns; {MAX_COLUMNS} can be read. "
            "Keep the columns that matter."
        )
    table = _Table(path, encoding, dialect, headings, cell_reader(headings.columns))
    total = sum(1 for _ in table.records())
    name = f"CSV, {dialect.name}, {encoding.name}"
    if not headings.rows_used:
        name += ", no heading"
    return Source(name, headings.columns, total, table.read)


def open_text(path: Path, encoding: Encoding, line_end: str) -> TextIO:
    """Open for reading with lines ended by `line_end` alone; bytes that are no text come as
    lone surrogates, so that their row can be told."""
    wide = encoding.codec.startswith(("utf-16", "utf-32"))
    return path.open(
        encoding=encoding.codec, errors="replace" if wide else "surrogateescape", newline=line_end
    )


def _sample(path: Path, encoding: Encoding) -> tuple[str, bool]:
    with open_text(path, encoding, "\n") as file:
        sample = file.read(_SAMPLE_CHARS)
        whole = not file.read(1)
    if looks_binary(sample):
        raise SourceRefused(
            f"“{path.name}” does not look like text: it is full of control characters. "
            "Save it as CSV (UTF-8) or .xlsx and import that."
        )
    return sample, whole


def _unfit_width(record: Record, width: int) -> str:
    count = len(record.cells)
    if count == width or (count > width and not any(record.cells[width:])):
        return ""
    which = "more" if count > width else "fewer"
    reason = f"{count} values, {which} than the {width} columns of the heading"
    if count < width and not record.is_ended:
        reason += "; the file ends within this row and seems to be cut off"
    return reason


def _printable(cell: str) -> str:
    return cell.encode("utf-8", "replace").decode("utf-8")
