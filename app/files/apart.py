"""Cleaning in a process of its own: what a hostile file does to it, it does to nobody else.

Its memory, time and writing are limited by the kernel (`app/files/__main__.py`), and nothing of
this process is in it: no settings, no connections.
"""

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import structlog

import app
from app.files.cleaning import FileFacts
from app.files.limits import REFUSED
from app.files.refusals import (
    AttachmentRefused,
    AttachmentTooLarge,
    FilesUnavailable,
    NotAttachable,
)

_PATIENCE_SECONDS = 30
_AT_A_TIME = 2
_MEGABYTE = 1_000_000
_CHUNK_BYTES = 256 * 1024
_PROGRAM = Path(app.__file__).resolve().parent.parent
_REFUSALS = {kind.code: kind for kind in (NotAttachable, AttachmentRefused)}
_log = structlog.get_logger("files")
_places = threading.BoundedSemaphore(_AT_A_TIME)


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file that may be kept: its content, to be read from the start, and what is known of it.
    `checksum` is the SHA-256 of the content."""

    content: BinaryIO
    facts: FileFacts
    size_bytes: int
    checksum: str


@contextmanager
def cleaned(upload: BinaryIO, name: str, *, most_mb: int) -> Iterator[CleanFile]:
    """The upload, checked and cleaned; it is gone after the block. `upload` is a real file, or
    becomes one when asked for its number.

    Raises AttachmentTooLarge, NotAttachable, AttachmentRefused; FilesUnavailable when too many
    are at it.
    """
    if upload.seek(0, 2) > most_mb * _MEGABYTE:
        raise _too_large(most_mb)
    number = upload.fileno()
    upload.flush()
    upload.seek(0)
    with TemporaryFile() as content:
        facts = _clean_apart(number, content.fileno(), name)
        size = content.seek(0, 2)
        if size > most_mb * _MEGABYTE:
            raise _too_large(most_mb)
        content.seek(0)
        checksum = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        yield CleanFile(content, facts, size, checksum)


def _too_large(most_mb: int) -> AttachmentTooLarge:
    return AttachmentTooLarge(
        f"This file is larger than {most_mb} MB. Make it smaller, or link to where it lies."
    )


def _clean_apart(source: int, target: int, name: str) -> FileFacts:
    if not _places.acquire(timeout=_PATIENCE_SECONDS / 10):
        raise FilesUnavailable("Many files are being attached just now. Try again in a minute.")
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the name is one argument
            [sys.executable, "-m", "app.files", name.replace("\x00", "")[:1000]],
            stdin=source,
            stdout=target,
            stderr=subprocess.PIPE,
            cwd=_PROGRAM,
            env={"PYTHONUTF8": "1"},
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise AttachmentRefused from error
    finally:
        _places.release()
    return _facts_of(done.returncode, done.stderr)


def _facts_of(status: int, errors: bytes) -> FileFacts:
    last = errors.decode("utf-8", "replace").strip().rpartition("\n")[2]
    if status == 0:
        return FileFacts(**json.loads(last))
    if status == REFUSED:
        said = json.loads(last)
        raise _REFUSALS[said["code"]](said["message"])
    # Which exception it was, not its words, which may be the file's own; below 0, the signal.
    _log.warning("a file could not be cleaned", status=status, error=last.partition(":")[0][:80])
    raise AttachmentRefused
