"""Sorted texts end to end in one array: found by halving, and whole ranges by their beginning."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from .columns import Array, Columns

_STEP = 64
_SMALL = 32_768


class Dictionary:
    """Texts in the order of their UTF-8 bytes, numbered from 0."""

    def __init__(self, columns: Columns) -> None:
        self._text = columns["text"].data
        self._ends = columns["ends"]
        self._count = len(self._ends)

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _numbers(self) -> dict[bytes, int]:
        """Where so few are, they are kept ready to be found."""
        return {text: number for number, text in enumerate(self)}

    @cached_property
    def _guides(self) -> list[bytes]:
        """Every so many texts, so that most of the halving is done by the interpreter itself."""
        return [self[number] for number in range(0, self._count, _STEP)]

    def __getitem__(self, number: int) -> bytes:
        start = int(self._ends[number - 1]) if number else 0
        return bytes(self._text[start : int(self._ends[number])])

    def __iter__(self) -> Iterator[bytes]:
        whole, start = bytes(self._text), 0
        for end in self._ends.tolist():
            yield whole[start:end]
            start = end

    def find(self, text: str) -> int:
        """The number of a text, or -1."""
        wanted = text.encode("utf-8", "surrogatepass")
        if self._count <= _SMALL:
            return self._numbers.get(wanted, -1)
        at = self._first_from(wanted)
        return at if at < self._count and self[at] == wanted else -1

    def span(self, beginning: str) -> range:
        """The numbers of all texts that begin so."""
        wanted = beginning.encode("utf-8", "surrogatepass")
        # No byte of UTF-8 is 0xff: this stands behind everything that begins so.
        return range(self._first_from(wanted), self._first_from(wanted + b"\xff"))

    def _first_from(self, wanted: bytes) -> int:
        block = bisect_left(self._guides, wanted)
        low, high = max(block - 1, 0) * _STEP, min(block * _STEP, self._count)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < wanted:
                low = middle + 1
            else:
                high = middle
        return low


def dictionary_columns(texts: Sequence[bytes]) -> dict[str, Array]:
    """The arrays of a dictionary of texts that are sorted already."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return {"text": np.frombuffer(b"".join(texts), np.uint8), "ends": np.cumsum(lengths)}
