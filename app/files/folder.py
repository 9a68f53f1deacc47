"""Attachments in a folder of this machine: private, durable, and telling no times."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import structlog

from app.files.refusals import FileMissing, FilesUnavailable
from app.kit.answers import StorageFull
from app.kit.clock import day_floor

_PRIVATE = 0o700
_CHUNK_BYTES = 256 * 1024
_FAN = 2
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
_log = structlog.get_logger("files")


@dataclass(frozen=True, slots=True)
class Folder:
    """A `Store` below `root`: a file a content, in folders named for its first two letters."""

    root: Path

    def put(self, name: str, content: BinaryIO, *, now: datetime) -> None:
        """Written whole beside its place, then moved there; the disk has it before this returns."""
        with _answering():
            place = self._place(name)
            self._make_private(place.parent)
            beside = place.with_suffix(f".{secrets.token_hex(8)}")
            try:
                _write(beside, content, _day(now))
                beside.replace(place)
            except BaseException:
                beside.unlink(missing_ok=True)
                raise
            # A folder's own time tells when something was last put into it.
            os.utime(place.parent, (_day(now),) * 2)
            _sync_folder(place.parent)

    def read(self, name: str) -> Iterator[bytes]:
        with _answering():
            try:
                file = self._place(name).open("rb")
            except FileNotFoundError as error:
                raise FileMissing from error
            pieces = _pieces(file)
            return chain([next(pieces, b"")], pieces)

    def remove(self, name: str) -> None:
        with _answering():
            self._place(name).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Also of what a process that died has left half written."""
        with _answering():
            for folder in self.root.glob("?" * _FAN):
                yield from (entry.name for entry in os.scandir(folder))

    def _place(self, name: str) -> Path:
        return self.root / name[:_FAN] / name

    def _make_private(self, folder: Path) -> None:
        missing = [f for f in (folder, self.root, self.root.parent) if not f.exists()]
        for made in reversed(missing):
            made.mkdir(mode=_PRIVATE, exist_ok=True)
            _sync_folder(made.parent)


def _write(path: Path, content: BinaryIO, at: float) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "wb") as file:
        shutil.copyfileobj(content, file, _CHUNK_BYTES)
        file.flush()
        os.utime(file.fileno(), (at, at))
        os.fsync(file.fileno())


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(_CHUNK_BYTES):
            yield piece


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _day(now: datetime) -> float:
    return day_floor(now).timestamp()


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in _DISK_FULL
        _log.error("the folder of files does not answer", full=full, error=error.strerror)
        raise (StorageFull if full else FilesUnavailable) from error
