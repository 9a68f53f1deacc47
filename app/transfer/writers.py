"""Lessons written to files that import back to the same lessons."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from app.transfer.exported import ExportedLesson
from app.transfer.fields import OWN_COLUMNS, TEXT_FIELDS
from app.transfer.files.guard import guarded
from app.transfer.files.markdown_page import MARK, format_page

_PAGE_FORMAT = 1
_SLUG_CHARS = 60


def csv_chunks(lessons: Iterable[ExportedLesson]) -> Iterator[bytes]:
    """A CSV file by the row: UTF-8 with a mark and CRLF, as spreadsheets like it; no cell is
    taken for a formula by them."""
    yield b"\xef\xbb\xbf" + _csv_row(OWN_COLUMNS)
    for lesson in lessons:
        yield _csv_row([guarded(cell) for cell in lesson.cells()])


def jsonl_chunks(lessons: Iterable[ExportedLesson]) -> Iterator[bytes]:
    """A JSON Lines file by the line."""
    for lesson in lessons:
        yield json.dumps(lesson.record(), ensure_ascii=False).encode() + b"\n"


def markdown_pages(lessons: Iterable[ExportedLesson]) -> Iterator[tuple[str, bytes]]:
    """File name and content of a page for each lesson; names are safe on every system."""
    for lesson in lessons:
        record = lesson.record()
        front = {name: record[name] for name in OWN_COLUMNS if name not in TEXT_FIELDS}
        page = format_page({MARK: _PAGE_FORMAT, **front}, lesson.texts())
        yield f"{_slug(lesson.title)}-{_slug(lesson.id)}.md", page.encode()


def write_csv(lessons: Iterable[ExportedLesson], path: Path) -> int:
    """Write a CSV file, whole or not at all; returns how many lessons it holds."""
    return _write_whole(csv_chunks(lessons), path) - 1


def write_jsonl(lessons: Iterable[ExportedLesson], path: Path) -> int:
    """Write a JSON Lines file, whole or not at all; returns how many lessons it holds."""
    return _write_whole(jsonl_chunks(lessons), path)


def write_folder(lessons: Iterable[ExportedLesson], path: Path) -> int:
    """Write a page for each lesson into a folder, made if need be; returns how many."""
    path.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, page in markdown_pages(lessons):
        (path / name).write_bytes(page)
        count += 1
    return count


def write_zip(lessons: Iterable[ExportedLesson], file: Path | BinaryIO) -> int:
    """Write the same pages into a zip; returns how many."""
    count = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, page in markdown_pages(lessons):
            archive.writestr(name, page)
            count += 1
    return count


def _write_whole(chunks: Iterable[bytes], path: Path) -> int:
    part = path.with_name(path.name + ".part")
    count = 0
    try:
        with part.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
                count += 1
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def _csv_row(cells: Iterable[str]) -> bytes:
    row = io.StringIO(newline="")
    csv.writer(row).writerow(cells)
    return row.getvalue().encode()


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain)[:_SLUG_CHARS].strip("-").lower() or "lesson"
