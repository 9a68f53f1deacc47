"""Opening whatever file a person has as rows of lessons, or saying why it cannot be."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.transfer.files.delimited import open_delimited
from app.transfer.files.encodings import Encoding, detect_encoding, encoding_named
from app.transfer.files.jsonlines import open_json
from app.transfer.files.markdown_folder import open_folder, open_packed_folder
from app.transfer.files.packed import open_zip
from app.transfer.files.rows import Source, SourceRefused
from app.transfer.files.signatures import what_else_it_is
from app.transfer.files.workbook import open_workbook

_START_BYTES = 4096
_OFFICE_PARTS = {
    "word/document.xml": "is a Word document. Copy its table into a spreadsheet and import that.",
    "ppt/presentation.xml": "is a presentation, not a list of lessons.",
    "content.xml": "is an OpenDocument file. Save it as .xlsx or CSV (UTF-8) and import that.",
}
_JSON_ENDINGS = (".json", ".jsonl", ".ndjson", ".jsonlines")


@contextmanager
def open_source(path: Path, *, encoding: str = "", heading: bool | None = None) -> Iterator[Source]:
    """Open a file or folder for import, told by its content and not by its name.

    `encoding` and `heading` (whether the first row names the columns) are detected where they
    are not given. The rows are read through once to count them. Raises SourceRefused, whose
    message says what is wrong, where, and what to do.
    """
    with ExitStack() as held:
        try:
            yield _opened(path, held, encoding, heading)
        except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
            raise SourceRefused(f"“{path}” cannot be read: {error.strerror}.") from error


def _opened(path: Path, held: ExitStack, encoding: str, heading: bool | None) -> Source:
    if path.is_dir():
        return open_folder(path)
    if not path.exists():
        raise SourceRefused(f"There is no file “{path}”.")
    if not path.is_file():
        raise SourceRefused(f"“{path}” is a device or pipe. Save its content as a file first.")
    with path.open("rb") as file:
        start = file.read(_START_BYTES)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise SourceRefused(f"“{path.name}” is empty. Check that it was saved or sent whole.")
    if start.startswith(b"PK") and zipfile.is_zipfile(path):
        return _open_archive(path, held, heading)
    if start.startswith(b"PK\x03\x04"):
        raise SourceRefused(
            f"“{path.name}” is a damaged zip or .xlsx file: its end is missing. Send it again."
        )
    otherwise = what_else_it_is(start)
    if otherwise:
        raise SourceRefused(f"“{path.name}” {otherwise}")
    return _open_text_file(path, start, encoding, heading)


def _open_archive(path: Path, held: ExitStack, heading: bool | None) -> Source:
    with open_zip(path) as archive:
        names = set(archive.namelist())
    if any(name.startswith("xl/") for name in names):
        return open_workbook(path, held, heading)
    for part, says in _OFFICE_PARTS.items():
        if part in names:
            raise SourceRefused(f"“{path.name}” {says}")
    return open_packed_folder(path, held)


def _open_text_file(path: Path, start: bytes, name: str, heading: bool | None) -> Source:
    encoding = encoding_named(name) if name else detect_encoding(path)
    if _looks_like_json(path, start, encoding):
        return open_json(path, encoding)
    return open_delimited(path, encoding, heading)


def _looks_like_json(path: Path, start: bytes, encoding: Encoding) -> bool:
    if path.suffix.lower() in _JSON_ENDINGS:
        return True
    text = start.decode(encoding.codec, "replace").lstrip("\ufeff \t\r\n")
    return text.startswith(('{"', "[{", "[\n", "[\r", '{ "', "[ {"))
