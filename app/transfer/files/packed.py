"""Zip files opened within limits, so that a small file cannot unpack into a huge one."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from app.transfer.files.rows import SourceRefused

MAX_ENTRIES = 50_000
MAX_UNPACKED_BYTES = 1 << 30
MAX_RATIO = 200
_SMALL_BYTES = 10 << 20
"""Below this nothing is a bomb, however well it packs."""


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open a zip whose table of contents is sound and stays within the limits.

    Raises SourceRefused for what is damaged, encrypted, or would unpack beyond them.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise SourceRefused(
            f"“{path.name}” is a damaged zip or .xlsx file ({error}). Save or send it again."
        ) from error
    fault = _fault(archive.infolist(), max(path.stat().st_size, 1))
    if fault:
        archive.close()
        raise SourceRefused(f"“{path.name}” {fault}")
    return archive


def read_entry(archive: zipfile.ZipFile, name: str, limit: int) -> bytes | None:
    """An entry's bytes, or None when there are more than `limit`, whatever its size says.

    Raises SourceRefused when the entry is damaged.
    """
    try:
        with archive.open(name) as entry:
            data = entry.read(limit + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise SourceRefused(f"“{name}” in the zip is damaged ({error}). Pack it again.") from error
    return data if len(data) <= limit else None


def _fault(entries: list[zipfile.ZipInfo], packed_bytes: int) -> str:
    if any(entry.flag_bits & 0x1 for entry in entries):
        return "is locked with a password. Save it without one and import that."
    if len(entries) > MAX_ENTRIES:
        return f"holds {len(entries):,} files; {MAX_ENTRIES:,} can be read. Split it."
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or (
        unpacked > _SMALL_BYTES and unpacked > packed_bytes * MAX_RATIO
    ):
        return (
            f"would unpack to {unpacked / 1e6:,.0f} MB from {packed_bytes / 1e6:,.1f} MB, which "
            "no list of lessons does. Import the files inside one by one."
        )
    return ""
