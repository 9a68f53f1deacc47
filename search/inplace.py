"""How a segment is read: from the mapped file in place.

Whoosh maps the file of a segment and then copies all of it into memory for every reader that opens
it. Its storage and reader are mended here by subclasses.
"""

import io
from collections.abc import Iterator
from typing import Any

from .engine import BufferFile, CompoundStorage, FileStorage, SegmentReader
from .record import segment_file


class _Window(io.RawIOBase):
    """A read-only file over part of a map, without a copy of it."""

    def __init__(self, view: memoryview) -> None:
        super().__init__()
        self._view = view
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._view)}[whence]
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        end = len(self._view) if size is None or size < 0 else self._at + size
        piece = bytes(self._view[self._at : end])
        self._at += len(piece)
        return piece


class MappedFile(BufferFile):  # type: ignore[misc]
    """Whoosh's structured file, over the map itself."""

    def __init__(self, view: memoryview, name: str) -> None:
        self._buf = view
        self._name = name
        self.file = _Window(view)
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    def close(self) -> None:
        """Let go of the map; closing twice is no error."""
        self.is_closed = True
        self._buf.release()


class InPlaceSegment(CompoundStorage):  # type: ignore[misc]
    """The files inside one segment file, opened without copying them."""

    def __init__(self, file: Any) -> None:
        super().__init__(file)
        self._opened: list[MappedFile] = []

    def open_file(self, name: str, *_: Any, **__: Any) -> MappedFile:
        """One inner file as a window on the map."""
        offset, length = self.range(name)
        opened = MappedFile(memoryview(self._source)[offset : offset + length], name)
        self._opened.append(opened)
        return opened

    def close(self) -> None:
        """Release every window, then the map and with it the descriptor."""
        for opened in self._opened:
            opened.close()
        self._source.close()
        self.is_closed = True


class InPlaceReader(SegmentReader):  # type: ignore[misc]
    """Whoosh's reader of one segment, on the map in place."""

    def __init__(self, storage: FileStorage, schema: Any, segment: Any) -> None:
        self.schema = schema
        self.is_closed = False
        self._segment = segment
        self._segid = segment.segment_id()
        self._gen = None
        self._storage = InPlaceSegment(storage.open_file(segment_file(segment)))
        self._codec = segment.codec()
        self._terms = self._codec.terms_reader(self._storage, segment)
        self._perdoc = self._codec.per_document_reader(self._storage, segment)

    def stored_column(self, name: str) -> Iterator[bytes]:
        """The raw values of a column, document by document."""
        yield from self.column_reader(name, translate=False)
