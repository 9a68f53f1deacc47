"""How a delimited text file is written: line ends, separator, quotation marks."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from app.transfer.fields import is_known_heading

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_OFTEN_UNQUOTED = "\t|"
"""Under these, quotation marks may be letters like any other."""
_ROWS_TRIED = 60
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """`line_end` is what a row ends with when it is read: "\\n" (also for CRLF) or "\\r"."""

    separator: str
    line_end: str
    quoted: bool = True
    space_after: bool = False
    hint_rows: int = 0

    @property
    def name(self) -> str:
        """The separator in words, for a person."""
        return _SEPARATORS.get(self.separator, f"“{self.separator}”")

    def cells(self, lines: Iterable[str]) -> CsvReader:
        """A strict reader of rows over lines with their ends."""
        return csv.reader(
            lines,
            delimiter=self.separator,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            skipinitialspace=self.space_after,
            strict=True,
        )


def detect_dialect(sample: str, whole: bool) -> Dialect:
    """Find how `sample`, the beginning of a file (`whole`: all of it), is written.

    Each separator is tried; the one under which most rows are as wide as the first wins.
    """
    line_end = _line_end(sample)
    hint = _EXCEL_HINT.match(sample)
    if hint is not None:
        return Dialect(hint[1], line_end, hint_rows=1)
    lines = _lines(sample, line_end, whole)
    best, best_score = Dialect(",", line_end), 0.0
    for separator in _SEPARATORS:
        spaced = _space_after(lines[0] if lines else "", separator)
        for quoted in (True, False) if separator in _OFTEN_UNQUOTED else (True,):
            candidate = Dialect(separator, line_end, quoted, spaced)
            score = _score(candidate, lines)
            # Without quotation marks only when that is clearly better.
            if score > best_score + (0.0 if quoted else 0.3):
                best, best_score = candidate, score
    return best


def _line_end(sample: str) -> str:
    """The first line end outside quotation marks; old Macintosh files end rows with CR alone,
    and may then hold LF within a text."""
    inside = False
    for position, letter in enumerate(sample):
        if letter == '"':
            inside = not inside
        elif letter == "\n" and not inside:
            return "\n"
        elif letter == "\r" and not inside:
            return "\n" if sample[position + 1 : position + 2] == "\n" else "\r"
    return "\n"


def _lines(sample: str, line_end: str, whole: bool) -> list[str]:
    if line_end == "\r":
        sample = sample.replace("\n", " ").replace("\r", "\n")
    else:
        sample = sample.replace("\r\n", "\n").replace("\r", " ")
    lines = [line + "\n" for line in sample.split("\n")]
    last = lines.pop()
    return [*lines, last] if (whole and last != "\n") or not lines else lines


def _space_after(heading: str, separator: str) -> bool:
    return bool(re.search(rf'(?:^|[^\s]){re.escape(separator)} +"', heading))


def _score(dialect: Dialect, lines: list[str]) -> float:
    """Between 0 and 2: the share of rows as wide as the first, and a little for known names."""
    widths: list[int] = []
    first: list[str] = []
    reader = dialect.cells(lines)
    try:
        for cells in islice(reader, _ROWS_TRIED):
            first = first or cells
            if cells:
                widths.append(len(cells))
    except csv.Error:
        # The sample may end inside a text; where it ends earlier the row counts as unlike.
        if reader.line_num < len(lines):
            widths.append(0)
    if not widths or len(first) <= 1:
        return 0.0
    known = sum(1 for cell in first if is_known_heading(cell))
    alike = sum(1 for width in widths if width == len(first)) / len(widths)
    return alike * alike + 0.5 * known / len(first) + 0.001 * min(len(first), 50)
