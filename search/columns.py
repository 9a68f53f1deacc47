"""Named arrays in one file, read in place: what a segment is searched by.

    magic · length of the header · header (JSON) · arrays, each on a multiple of 64 bytes

The header says of each array its type, its length and where it begins, and holds a few small
tables of texts beside them. The same content always gives the same bytes.
"""

import json
import mmap
import os
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .errors import IndexDamaged

Array = npt.NDArray[Any]
Tables = Mapping[str, list[str]]

_MAGIC = b"CPCOLS01"
_head = struct.Struct("<8sQ")
_ALIGNED_BYTES = 64


class Columns:
    """Arrays and tables of texts by name; made in memory, or mapped from a file."""

    def __init__(
        self, arrays: Mapping[str, Array], tables: Tables, mapped: mmap.mmap | None = None
    ) -> None:
        self._arrays = arrays
        self.tables = tables
        self._mapped = mapped

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    def under(self, prefix: str) -> "Columns":
        """The arrays whose names begin with `prefix.`, by the rest of their names."""
        start = f"{prefix}."
        found = {n.removeprefix(start): a for n, a in self._arrays.items() if n.startswith(start)}
        return Columns(found, {})

    def check_size(self) -> None:
        """`IndexDamaged` if the file is shorter than its map: reading on would end the process."""
        if self._mapped is not None and self._mapped.size() < len(self._mapped):
            raise IndexDamaged("a file of the search index was cut short")

    def pieces(self) -> Iterable[bytes | memoryview]:
        """The file, piece by piece."""
        entries, at = {}, 0
        for name in sorted(self._arrays):
            array = self._arrays[name]
            entries[name] = [array.dtype.str, len(array), at]
            at += _padded(array.nbytes)
        header = json.dumps([entries, self.tables], separators=(",", ":"), sort_keys=True).encode()
        header += b" " * (_padded(_head.size + len(header)) - _head.size - len(header))
        yield _head.pack(_MAGIC, len(header)) + header
        for name in sorted(self._arrays):
            array = np.ascontiguousarray(self._arrays[name])
            if array.nbytes:
                yield array.data.cast("B")
                yield bytes(_padded(array.nbytes) - array.nbytes)


def read_columns(path: Path) -> Columns:
    """Columns mapped from a file; they let go of it when the last array is dropped.

    Raises `IndexDamaged` for a file of another form, `FileNotFoundError` for none.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size < _head.size:
            raise IndexDamaged(f"{path.name} of the search index is too short")
        mapped = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)
    try:
        magic, length = _head.unpack_from(mapped)
        if magic != _MAGIC:
            raise ValueError("unknown form")
        entries, tables = json.loads(mapped[_head.size : _head.size + length])
        start = _head.size + length
        arrays = {
            name: np.frombuffer(mapped, dtype, count, start + at) if count else np.zeros(0, dtype)
            for name, (dtype, count, at) in entries.items()
        }
    except (ValueError, TypeError, struct.error) as error:
        raise IndexDamaged(f"{path.name} of the search index cannot be read") from error
    return Columns(arrays, tables, mapped)


def _padded(size: int) -> int:
    return -(-size // _ALIGNED_BYTES) * _ALIGNED_BYTES
