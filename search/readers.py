"""The newest generation, kept open: segments are opened once, and let go when nobody needs them.

Each search asks for the snapshot; the few bytes of `current` tell whether it is still the newest.
Only segments that are new are opened. A segment closes when the last snapshot that holds it goes.
"""

import threading
import time
from pathlib import Path
from typing import Any

from .columns import read_columns
from .engine import TOC, FileStorage
from .errors import UNREADABLE, IndexDamaged
from .folder import Current, Folder
from .proofs import intact, verify
from .record import columns_file, segment_file
from .remaking import remake
from .schema import INDEX_NAME, schema
from .segments import Segment, Values
from .snapshot import Snapshot

_TRIES = 20
_DAMAGED_SECONDS = 1.0
Signature = tuple[int, int, int]


class Readers:
    """The open segments of one process."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._values = Values()
        self._swapping = threading.Lock()
        self._held: tuple[bytes, Snapshot] | None = None
        #: One value, so that no thread sees a signature with the snapshot of another.
        self._newest: tuple[Signature, Snapshot] | None = None
        self._open: dict[str, Segment] = {}
        self._damaged: tuple[Signature | None, float, str] = None, 0.0, ""

    def newest(self) -> Snapshot:
        """The newest generation; `IndexDamaged` if it cannot be read."""
        seen, newest = self._folder.signature(), self._newest
        if newest is None or newest[0] != seen:
            with self._swapping:
                self._refuse_damaged(seen)
                try:
                    self._newest = newest = seen, self._swap()
                except IndexDamaged as error:
                    self._damaged = seen, time.monotonic() + _DAMAGED_SECONDS, str(error)
                    raise
        newest[1].check_size()
        return newest[1]

    def _refuse_damaged(self, seen: Signature) -> None:
        """Reading all of a damaged index again for every search would keep the server at that."""
        known, until, damage = self._damaged
        if known == seen and time.monotonic() < until:
            raise IndexDamaged(damage)

    def _swap(self) -> Snapshot:
        for attempt in range(_TRIES):
            content = self._folder.content()
            if self._held is not None and self._held[0] == content:
                return self._held[1]
            try:
                snapshot = self._load(Current.from_bytes(content))
            except FileNotFoundError as error:
                # A writer went on while we opened: what it removed is not in the next `current`.
                if attempt + 1 == _TRIES or content == self._folder.content():
                    raise IndexDamaged("files of the search index are missing") from error
            except UNREADABLE as error:
                raise IndexDamaged("the search index cannot be read") from error
            else:
                self._held = content, snapshot
                return snapshot
        raise IndexDamaged("the search index changes faster than it can be read")

    def _load(self, current: Current) -> Snapshot:
        build = self._folder.build(current.build)
        segments = read_toc(build, current).segments
        opened: dict[str, Segment] = {}
        for segment in segments:
            name = f"{current.build}/{segment.segment_id()}"
            opened[name] = self._open.get(name) or self._segment(build, current, segment)
        self._open = opened
        deleted = [segment.deleted_docs() for segment in segments]
        return Snapshot(list(zip(opened.values(), deleted, strict=True)), self._values)

    def _segment(self, build: Path, current: Current, segment: Any) -> Segment:
        """Columns that are missing or not what was written are made again from the record."""
        name = columns_file(segment)
        if not intact(build, name, current):
            verify(build, segment_file(segment), current)
            remake(build, segment)
            verify(build, name, current)
        return Segment(read_columns(build / name), self._values)

    def close(self) -> None:
        """Let go of everything."""
        with self._swapping:
            self._held, self._newest, self._open = None, None, {}


def read_toc(build: Path, current: Current) -> Any:
    """Whoosh's table of contents as `current` names it, once its digest is right."""
    name = toc_file(current.toc)
    verify(build, name, current)
    return TOC.read(FileStorage(str(build)), INDEX_NAME, gen=current.toc, schema=schema())


def toc_file(number: int) -> str:
    """The name of a table of contents."""
    return str(TOC._filename(INDEX_NAME, number))
