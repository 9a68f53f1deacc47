"""The file of rejected rows: mend it where it says, and import it like any other."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from app.transfer.facts import Rejection
from app.transfer.fields import REJECT_COLUMNS
from app.transfer.files.guard import guarded
from app.transfer.files.rows import Value


def rejects_path(path: Path) -> Path:
    """Where the rejected rows of a file or folder are written: beside it, or in the folder one
    stands in where that one takes no files."""
    name = path.resolve().name + ".rejected.csv"
    beside = path.resolve().parent
    return (beside if os.access(beside, os.W_OK) else Path.cwd()) / name


class RejectsFile:
    """Rejected rows written as they come (UTF-8 with a mark, for spreadsheets): row, column and
    reason first, then the columns of the source. No file is made when nothing is rejected, and
    one of an earlier import is removed."""

    def __init__(self, path: Path, columns: Sequence[str]):
        self.path = path
        self.count = 0
        self._columns = [name for name in columns if name not in REJECT_COLUMNS]
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, rejection: Rejection) -> None:
        """Add a row; cells of a broken row stand in their order, so that it stays to be mended."""
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            csv.writer(self._file).writerow([*REJECT_COLUMNS, *self._columns])
        self.count += 1
        where = f"{rejection.reason} (line {rejection.line})"
        cells = [guarded(_plain(value)) for value in self._cells(rejection)]
        csv.writer(self._file).writerow(
            [str(rejection.number), guarded(rejection.column), guarded(where), *cells]
        )

    def _cells(self, rejection: Rejection) -> Sequence[Value]:
        if isinstance(rejection.raw, dict):
            return [rejection.raw.get(name, "") for name in self._columns]
        return rejection.raw


def _plain(value: Value) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
