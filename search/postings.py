"""Posting lists as arrays: gathered while writing, decoded whole while reading.

Whoosh walks a posting list one document at a time through several calls; here whole lists go in
and out of its blocks at once. The bytes on the disk are Whoosh's own.
"""

import io
import pickle
import struct
import zlib
from array import array
from typing import Any

import numpy as np
import numpy.typing as npt

from .engine import TermNotFound

Numbers = npt.NDArray[np.int32]
Weights = npt.NDArray[np.float32]

_HEADER_BYTES = 4
_length = struct.Struct("!i")
_NONE: tuple[Numbers, Weights] = (np.zeros(0, np.int32), np.zeros(0, np.float32))


class PostingTable:
    """What a writer gathered, by field and term, instead of Whoosh's list of single postings.

    Documents come in rising order, so that each list is sorted as it grows. It stands in for
    Whoosh's `PostingPool`.
    """

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, tuple[array[int], array[float]]]] = {}

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """One posting: field, term, document, weight; a payload is not kept."""
        field, term, number, weight, _ = item
        terms = self._fields.setdefault(field, {})
        entry = terms.get(term)
        if entry is None:
            terms[term] = entry = (array("I"), array("f"))
        entry[0].append(number)
        entry[1].append(weight)

    def write(self, writer: Any, schema: Any, lengths: list[int], scored: str) -> None:
        """Hand everything to Whoosh's field writer, block by block, in its order."""
        for field in sorted(self._fields):
            terms = self._fields[field]
            writer.start_field(field, schema[field])
            blocks = writer._postwriter
            for term in sorted(terms):
                writer.start_term(term)
                _write_list(blocks, *terms[term], lengths if field == scored else None)
                writer.finish_term()
            writer.finish_field()

    def cleanup(self) -> None:
        """Forget everything (the name is Whoosh's)."""
        self._fields.clear()


def _write_list(
    blocks: Any, numbers: "array[int]", weights: "array[float]", lengths: list[int] | None
) -> None:
    limit = blocks._blocklimit
    for start in range(0, len(numbers), limit):
        if start:
            blocks._write_block()
        part = numbers[start : start + limit]
        blocks._ids = part
        blocks._weights = weights[start : start + limit]
        blocks._maxweight = max(blocks._weights)
        if lengths is not None:
            found = [lengths[number] for number in part]
            blocks._minlength, blocks._maxlength = min(found), max(found)


def decode(reader: Any, field: str, term: str) -> tuple[Numbers, Weights]:
    """The documents that hold a term and its weight in each; two empty arrays for none.

    Reads by position only, so that threads may share a reader. Whoosh's blocks are pickles: they
    are read only from files whose digest is that of what we wrote (`readers.py`).
    """
    try:
        info = reader.term_info(field, term)
    except TermNotFound:
        return _NONE
    if info.is_inlined():
        numbers, weights, _ = info.inlined_postings()
        return np.array(numbers, np.int32), np.array(weights, np.float32)
    offset, length = info.extent()
    if isinstance(length, tuple):  # 2.7.4 forgets to unpack it
        (length,) = length
    return _decode_blocks(reader._terms._postfile.get(offset, length))


def _decode_blocks(content: bytes) -> tuple[Numbers, Weights]:
    numbers: list[Numbers] = []
    weights: list[Weights] = []
    at, last = _HEADER_BYTES, False
    while not last:
        (size,) = _length.unpack_from(content, at)
        last, size = size < 0, abs(size)
        block = io.BytesIO(content[at + _length.size : at + _length.size + size])
        count, _, _, compressed, _, _ = pickle.load(block)  # noqa: S301
        data = block.read()
        steps, weight, _ = pickle.loads(zlib.decompress(data) if compressed else data)  # noqa: S301
        numbers.append(np.cumsum(steps, dtype=np.int32))
        if weight is None or isinstance(weight, float):
            weights.append(np.full(count, 1.0 if weight is None else weight, np.float32))
        else:
            weights.append(np.array(weight, np.float32))
        at += _length.size + size
    return np.concatenate(numbers), np.concatenate(weights)
