"""A file of vectors as one process knows it: which keys stand in which row, and the file open.

It is read at positions and never mapped: a mapped file that somebody cuts short would end the
process that looks at it.
"""

import os
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .records import HEADER_BYTES, Keys, dimensions_in, form, sound

Rows = npt.NDArray[np.int64]
Records = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]
Vectors32 = npt.NDArray[np.float32]

_CHUNK_ROWS = 2048


class OpenFile:
    """A file of vectors, closed when the last that looks at it goes."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        self.handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self.handle)
        self.inode = os.fstat(self.handle).st_ino
        #: Numbers of a vector; 0 where this is no file of vectors by that model.
        self.dimensions = dimensions_in(os.pread(self.handle, HEADER_BYTES, 0), fingerprint)
        self.form = form(self.dimensions)

    def rows_in(self, size_bytes: int) -> int:
        """How many whole records a file of a size holds; below 0 where even its header is cut."""
        return (size_bytes - HEADER_BYTES) // self.form.itemsize

    def offset(self, row: int) -> int:
        """Where a record begins, in bytes."""
        return HEADER_BYTES + row * self.form.itemsize

    def records(self, start: int, stop: int) -> Iterator[tuple[int, Records]]:
        """The records of these rows, a few thousand at a time, with the first row of each lot."""
        for first in range(start, stop, _CHUNK_ROWS):
            wanted = (min(first + _CHUNK_ROWS, stop) - first) * self.form.itemsize
            content = os.pread(self.handle, wanted, self.offset(first))
            whole = len(content) // self.form.itemsize
            yield first, np.frombuffer(content, self.form, whole)

    def record(self, row: int) -> bytes:
        """One record; zeros, which are no sound one, where the file ends too early."""
        size = self.form.itemsize
        return os.pread(self.handle, size, self.offset(row)).ljust(size, b"\0")


class Held:
    """What stood in the file at one time. Never changes: what came since is held by another."""

    def __init__(self, file: OpenFile, rows_read: int, keys: Keys, rows: Rows) -> None:
        self.file = file
        self.rows_read = rows_read
        #: In rising order; `rows` has the row of each.
        self.keys = keys
        self._rows = rows

    @classmethod
    def nothing_of(cls, file: OpenFile) -> "Held":
        """What is known of a file before it is read."""
        return cls(file, 0, np.zeros(0, np.uint64), np.zeros(0, np.int64))

    def is_beginning_of(self, now: os.stat_result) -> bool:
        """Whether the file, as it is now, still is this one, and not cut short."""
        return self.file.inode == now.st_ino and self.file.rows_in(now.st_size) >= self.rows_read

    def is_all_of(self, now: os.stat_result) -> bool:
        """Whether nothing was appended either."""
        return self.is_beginning_of(now) and self.file.rows_in(now.st_size) == self.rows_read

    def grown(self) -> "Held":
        """With what was appended since."""
        rows = self.file.rows_in(os.fstat(self.file.handle).st_size)
        keys, at = [self.keys[:0]], [self._rows[:0]]
        for first, records in self.file.records(self.rows_read, rows):
            good = np.flatnonzero(sound(records))
            keys.append(records["key"][good])
            at.append(good + first)
        added, places = np.concatenate(keys), np.concatenate(at)
        rising = np.argsort(added, kind="stable")
        added, places = added[rising], places[rising]
        before = np.searchsorted(self.keys, added)
        return Held(
            self.file,
            rows,
            np.insert(self.keys, before, added),
            np.insert(self._rows, before, places),
        )

    def without(self, gone: Mask) -> "Held":
        """Without some of the keys."""
        return Held(self.file, self.rows_read, self.keys[~gone], self._rows[~gone])

    def rows_of(self, which: Mask) -> Rows:
        """The rows of some of the keys."""
        found: Rows = self._rows[which]
        return found

    def places(self, keys: Keys) -> tuple[Mask, Rows]:
        """Which keys are held, and the rows of those."""
        if not len(self.keys):
            return np.zeros(len(keys), np.bool_), self._rows[:0]
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        there: Mask = self.keys[at] == keys
        return there, self._rows[at[there]]

    def fetch(self, keys: Keys) -> tuple[Mask, Vectors32]:
        """Which keys have a vector that is as it was written, and these, float32 (m, d)."""
        there, rows = self.places(keys)
        content = b"".join(self.file.record(row) for row in rows.tolist())
        records = np.frombuffer(content, self.file.form)
        good = sound(records) & (records["key"] == keys[there])
        there[there] = good
        return there, records["vector"][good].astype(np.float32)
