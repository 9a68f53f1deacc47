"""Records of a delimited file, one by one, finding the way again after a broken one."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from app.transfer.files.dialects import Dialect
from app.transfer.files.rows import MAX_RECORD_CHARS, SourceRefused

_MAX_SEARCH_LINES = 200
_STAND_IN = "\ufdd0"
"""A noncharacter that stands for a line end inside an unquoted text while it is parsed."""


@dataclass(frozen=True)
class Record:
    """The cells of a record that starts on `line`; `fault` says why it is broken.

    `is_ended` is false for a last record without a line end, as a file that was cut off has.
    """

    line: int
    cells: list[str]
    fault: str = ""
    is_ended: bool = True


class _Lines:
    """Lines of a file, remembering those of the record in hand so that they can be given back."""

    def __init__(self, file: TextIO, line_end: str):
        self._file = file
        self._line_end = line_end
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self._taken_chars = 0
        self._passed = 1
        self.hides_ends = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._taken_chars > MAX_RECORD_CHARS:
            raise _TooLongError
        line = self._again.popleft() if self._again else self._file.readline(MAX_RECORD_CHARS)
        if not line:
            raise StopIteration
        if len(line) >= MAX_RECORD_CHARS:
            raise SourceRefused(
                f"Line {self.line_of(len(self.taken))} is longer than {MAX_RECORD_CHARS:,} "
                "letters: this is no table of lessons."
            )
        self.taken.append(line)
        self._taken_chars += len(line)
        shown = masked(line, self._line_end)
        self.hides_ends = self.hides_ends or (_STAND_IN in shown and _STAND_IN not in line)
        return shown

    def line_of(self, position: int) -> int:
        """The number, as an editor counts, of the line at `position` of those taken."""
        return self._passed + sum(_ends(line) for line in self.taken[:position])

    def keep(self, count: int) -> None:
        """Settle the first `count` lines taken and give the others back."""
        self._passed = self.line_of(count)
        self._again.extendleft(reversed(self.taken[count:]))
        self.taken = []
        self._taken_chars = 0

    def shown(self, cells: list[str]) -> list[str]:
        """Cells with hidden line ends brought back, as plain ones."""
        if not self.hides_ends:
            return cells
        return [cell.replace(_STAND_IN, "\n") for cell in cells]


class _TooLongError(Exception):
    """A record went on beyond what any row may hold."""


def masked(line: str, line_end: str) -> str:
    """Hide line ends of the other kind, which are part of a text, from the parser."""
    if line_end == "\r":
        return line.replace("\n", _STAND_IN).replace("\r", "\n")
    if "\r" in line:
        return line.replace("\r\n", "\n").replace("\r", _STAND_IN)
    return line


def _ends(line: str) -> int:
    return line.count("\n") + line.count("\r") - line.count("\r\n")


def records(file: TextIO, dialect: Dialect, width: int | None) -> Iterator[Record]:
    """Every record that is not blank. With `width`, the columns expected, a record that cannot
    be parsed ends where records of that width begin again; so one stray quotation mark costs
    one row and not the rest of the file."""
    lines = _Lines(file, dialect.line_end)
    for _ in range(dialect.hint_rows):
        next(lines, None)
        lines.keep(1)
    reader = dialect.cells(lines)
    while True:
        line = lines.line_of(0)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLongError) as error:
            yield _broken(lines, dialect, width, error)
            reader = dialect.cells(lines)
            continue
        is_ended = lines.taken[-1].endswith(("\n", "\r"))
        lines.keep(len(lines.taken))
        if cells:
            yield Record(line, lines.shown(cells), is_ended=is_ended)


def _broken(
    lines: _Lines, dialect: Dialect, width: int | None, error: csv.Error | _TooLongError
) -> Record:
    line = lines.line_of(0)
    seen = len(lines.taken)
    end = _next_beginning(lines, dialect, width) or seen
    raw = lines.taken[:end]
    fault = _fault(error, line)
    lines.keep(end)
    lenient = csv.reader(
        (masked(part, dialect.line_end) for part in raw),
        delimiter=dialect.separator,
        skipinitialspace=dialect.space_after,
    )
    return Record(line, lines.shown(next(lenient, [])), fault)


def _fault(error: csv.Error | _TooLongError, line: int) -> str:
    if isinstance(error, _TooLongError) or "field larger" in str(error):
        return f"a quotation mark opened in the row of line {line} is not closed"
    if "unexpected end" in str(error):
        return (
            f"the file ends inside a quoted text of the row that begins on line {line}: it was "
            "cut off, or a quotation mark is missing"
        )
    return (
        "a quoted text goes on after its closing quotation mark: write a quotation mark inside "
        'a text twice ("")'
    )


def _next_beginning(lines: _Lines, dialect: Dialect, width: int | None) -> int | None:
    """How many of the lines taken (more are taken as needed) belong to the broken record:
    after them, two records of the right width follow one another, or one and the end."""
    if width is None or width == 1:
        return None
    for start in range(1, _MAX_SEARCH_LINES):
        while len(lines.taken) <= start:
            try:
                next(lines)
            except (StopIteration, _TooLongError):
                return None
        if _records_begin(lines, start, dialect, width):
            return start
    return None


def _records_begin(lines: _Lines, start: int, dialect: Dialect, width: int) -> bool:
    def onward() -> Iterator[str]:
        position = start
        while position < len(lines.taken):
            yield masked(lines.taken[position], dialect.line_end)
            position += 1
            if position == len(lines.taken) and next(lines, None) is None:
                return

    reader = dialect.cells(onward())
    try:
        if len(next(reader)) != width:
            return False
        following = next((cells for cells in reader if cells), None)
    except (csv.Error, StopIteration, _TooLongError):
        return False
    return following is None or len(following) == width
