"""Rows of a JSON file: one object a line (JSON Lines), or a list of objects, streamed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from app.transfer.files.encodings import Encoding, detect_encoding
from app.transfer.files.headings import MAX_COLUMNS
from app.transfer.files.jsonlist import Element, list_elements
from app.transfer.files.rows import (
    MAX_RECORD_CHARS,
    BrokenRow,
    Row,
    Source,
    SourceRefused,
    Value,
    broken_text,
)

_LINES_TRIED = 20
_SHOWN_CHARS = 500


def open_json(path: Path, encoding: Encoding | None = None) -> Source:
    """Open a JSON file whose rows are objects; its columns are all keys, as they first appear.

    Raises SourceRefused when no row is an object.
    """
    encoding = encoding or detect_encoding(path)
    reader = _Reader(path, encoding)
    is_list = reader.begins_with() == "["
    if not is_list and not any(
        isinstance(row, Row) for row in islice(reader.lines(), _LINES_TRIED)
    ):
        raise SourceRefused(
            f"“{path.name}” is neither JSON Lines nor a JSON list: none of its first "
            f"{_LINES_TRIED} lines is an object. Write one object a line, or all in one list."
        )
    read = reader.elements if is_list else reader.lines
    total, columns = _survey(read, path)
    form = "JSON list" if is_list else "JSON Lines"
    return Source(f"{form}, {encoding.name}", columns, total, read)


def _survey(
    read: Callable[[], Iterator[Row | BrokenRow]], path: Path
) -> tuple[int, tuple[str, ...]]:
    total = 0
    columns: dict[str, None] = {}
    for row in read():
        total += 1
        if isinstance(row, Row):
            columns.update(dict.fromkeys(row.values))
        if len(columns) > MAX_COLUMNS:
            raise SourceRefused(
                f"“{path.name}” has more than {MAX_COLUMNS} different keys: its rows are not "
                "records of one kind."
            )
    if not columns:
        raise SourceRefused(f"“{path.name}” holds no object with anything in it.")
    return total, tuple(columns)


@dataclass(frozen=True)
class _Reader:
    path: Path
    encoding: Encoding

    def begins_with(self) -> str:
        with self._open() as file:
            return file.read(1000).lstrip("\ufeff \t\r\n")[:1]

    def lines(self) -> Iterator[Row | BrokenRow]:
        """A row for every line that is not blank."""
        number = 0
        with self._open() as file:
            for at, line in enumerate(iter(lambda: file.readline(MAX_RECORD_CHARS), ""), 1):
                if line.strip("\ufeff \t\r\n"):
                    number += 1
                    yield _row(number, Element(at, *_parsed(line)))

    def elements(self) -> Iterator[Row | BrokenRow]:
        """A row for every element of the list that the file is."""
        with self._open() as file:
            for number, element in enumerate(list_elements(file), 1):
                yield _row(number, element)

    def _open(self) -> TextIO:
        wide = self.encoding.codec.startswith(("utf-16", "utf-32"))
        return self.path.open(
            encoding=self.encoding.codec, errors="replace" if wide else "surrogateescape"
        )


def _parsed(line: str) -> tuple[object, str, str]:
    try:
        return json.loads(line.strip("\ufeff \t\r\n")), "", line
    except json.JSONDecodeError as error:
        return None, f"this is not JSON: {error.msg} at letter {error.pos + 1}", line
    except (ValueError, RecursionError):
        return None, "this is not JSON that can be read: too deep, or a number too long", line


def _row(number: int, element: Element) -> Row | BrokenRow:
    fault = element.fault
    if not fault and not isinstance(element.value, dict):
        fault = "this is not an object with keys and values"
    raw = (element.raw.strip()[:_SHOWN_CHARS].encode("utf-8", "replace").decode(),)
    if fault or not isinstance(element.value, dict):
        return BrokenRow(number, element.line, fault, raw)
    values = {key: _value(value) for key, value in element.value.items()}
    fault = broken_text(values) or broken_text({"a key": list(values)})
    if fault:
        return BrokenRow(number, element.line, fault, raw)
    return Row(number, element.line, values)


def _value(value: object) -> Value:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
        return [part if isinstance(part, str) else json.dumps(part) for part in value]
    return json.dumps(value, ensure_ascii=False)
