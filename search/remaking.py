"""Makes the columns of a segment again from Whoosh's file: they are the same to the byte."""

import os
import secrets
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from .documents import from_bytes
from .engine import FileStorage
from .gathering import Gathered
from .inplace import InPlaceReader
from .record import columns_file
from .schema import schema
from .storage import sync, write_synced


def remake(build: Path, segment: Any) -> None:
    """Put the columns beside a segment that has lost them. Two who do so do no harm."""
    gathered = Gathered()
    for content in stored_documents(build, segment):
        gathered.add(from_bytes(content))
    beside = build / f"{columns_file(segment)}.{secrets.token_hex(4)}.new"
    try:
        write_synced(beside, gathered.columns().pieces())
        os.replace(beside, build / columns_file(segment))
    finally:
        beside.unlink(missing_ok=True)
    sync(build)


def stored_documents(build: Path, segment: Any) -> Iterator[bytes]:
    """Every document of a segment as the record keeps it, deleted ones too.

    The file's digest must have been verified: parts of it are pickles.
    """
    with closing(InPlaceReader(FileStorage(str(build)), schema(), segment)) as reader:
        yield from reader.stored_column("document")
