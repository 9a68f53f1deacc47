"""How vectors are written: a header, then records of one length, each with a sum of its own.

    header    format, dimensions, fingerprint of the model
    record    key (8 bytes) · CRC-32 of key and vector (4) · vector (2 bytes a dimension)

A record that was half written, flipped or wiped has a sum that is wrong, and then counts as absent:
so appending needs no journal, and wiping is writing zeros.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Halves = npt.NDArray[np.float16]

_HEADER = struct.Struct("<8sI32s")
_MAGIC = b"meaning1"
HEADER_BYTES = _HEADER.size


def header(dimensions: int, fingerprint: str) -> bytes:
    """The beginning of a file."""
    return _HEADER.pack(_MAGIC, dimensions, fingerprint.encode("ascii"))


def dimensions_in(beginning: bytes, fingerprint: str) -> int:
    """How many numbers a vector has in a file; 0 if it is no such file, or of another model."""
    if len(beginning) != HEADER_BYTES:
        return 0
    magic, dimensions, made_by = _HEADER.unpack(beginning)
    ours = magic == _MAGIC and made_by == fingerprint.encode("ascii")
    return int(dimensions) if ours else 0


def form(dimensions: int) -> np.dtype[Any]:
    """A record as numpy sees it."""
    return np.dtype([("key", "<u8"), ("sum", "<u4"), ("vector", "<f2", (dimensions,))])


def written(keys: Keys, vectors: npt.NDArray[np.floating[Any]]) -> bytes:
    """Records of these keys and vectors (n, d)."""
    records = np.zeros(len(keys), form(vectors.shape[1]))
    records["key"] = keys
    records["vector"] = vectors
    records["sum"] = _sums(records)
    return records.tobytes()


def sound(records: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Which records are as they were written."""
    right: npt.NDArray[np.bool_] = records["sum"] == _sums(records)
    return right


def _sums(records: npt.NDArray[Any]) -> npt.NDArray[np.uint32]:
    content = memoryview(records.tobytes())
    size = records.dtype.itemsize
    starts = range(0, len(content), size)
    sums = [zlib.crc32(content[s + 12 : s + size], zlib.crc32(content[s : s + 8])) for s in starts]
    return np.array(sums, np.uint32)


def key(id: str, stamp: str) -> int:
    """What a document's content is looked up by: 64 bits of a digest of its id and stamp.

    That any two of a million have the same happens in one of 37 million memories.
    """
    content = f"{id}\0{stamp}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "little")


def keys(stamps: Mapping[str, str] | Iterable[tuple[str, str]]) -> Keys:
    """The keys of documents, in order, from id → stamp or pairs of both."""
    pairs = stamps.items() if isinstance(stamps, Mapping) else stamps
    return np.array([key(id, stamp) for id, stamp in pairs], np.uint64)
