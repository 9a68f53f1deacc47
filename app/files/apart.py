"""Files looked at in a process of its own: what a hostile one does to it, it does to nobody else.

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
from typing import Any, BinaryIO

import structlog

import app
from app.files.cleaning import FileFacts
from app.files.limits import REFUSED
from app.files.refusals import (
    AttachmentRefused,
    AttachmentTooLarge,
    FilesUnavailable,
    NotAttachable,
    NotReadable,
)

_PATIENCE_SECONDS = 30
_AT_A_TIME = 2
_MEGABYTE = 1_000_000
_CHUNK_BYTES = 256 * 1024
_PROGRAM = Path(app.__file__).resolve().parent.parent
_CLEAN, _READ = "clean", "read"
_REFUSALS = {kind.code: kind for kind in (NotAttachable, AttachmentRefused, NotReadable)}
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
        facts = FileFacts(**_apart(_CLEAN, number, content.fileno(), name))
        size = content.seek(0, 2)
        if size > most_mb * _MEGABYTE:
            raise _too_large(most_mb)
        content.seek(0)
        checksum = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        yield CleanFile(content, facts, size, checksum)


def text_in(upload: BinaryIO, name: str, *, most_mb: int) -> str:
    """The text of a document: Word, PDF, Markdown or text.

    Raises NotReadable, with what to do; FilesUnavailable when too many are at it.
    """
    if upload.seek(0, 2) > most_mb * _MEGABYTE:
        raise NotReadable(f"This file is larger than {most_mb} MB. Paste the part that matters.")
    number = upload.fileno()
    upload.flush()
    upload.seek(0)
    with TemporaryFile() as content:
        try:
            _apart(_READ, number, content.fileno(), name)
        except AttachmentRefused as error:  # it broke while it was read
            raise NotReadable from error
        content.seek(0)
        return content.read().decode()


def _too_large(most_mb: int) -> AttachmentTooLarge:
    return AttachmentTooLarge(
        f"This file is larger than {most_mb} MB. Make it smaller, or link to where it lies."
    )


def _apart(task: str, source: int, target: int, name: str) -> dict[str, Any]:
    """What the other process says of the file; `source` and `target` are numbers of open files."""
    if not _places.acquire(timeout=_PATIENCE_SECONDS / 10):
        raise FilesUnavailable("Many files are being looked at just now. Try again in a minute.")
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the name is one argument
            [sys.executable, "-m", "app.files", task, name.replace("\x00", "")[:1000]],
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
    return _said_by(done.returncode, done.stderr)


def _said_by(status: int, errors: bytes) -> dict[str, Any]:
    last = errors.decode("utf-8", "replace").strip().rpartition("\n")[2]
    if status == 0:
        facts: dict[str, Any] = json.loads(last)
        return facts
    if status == REFUSED:
        said = json.loads(last)
        raise _REFUSALS[said["code"]](said["message"])
    # Which exception it was, not its words, which may be the file's own; below 0, the signal.
    _log.warning("a file could not be read", status=status, error=last.partition(":")[0][:80])
    raise AttachmentRefused
