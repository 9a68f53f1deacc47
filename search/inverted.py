"""Which documents hold a term: one list of document numbers a term, all lists end to end.

A list may carry a code for each document: its weight of the term (one byte, at most 255) and its
length as Whoosh encodes it (one byte), so that what a term adds is looked up in a table of 65,536.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .columns import Array, Columns
from .dictionary import Dictionary, dictionary_columns

Numbers = npt.NDArray[np.int32]
Codes = npt.NDArray[np.uint16]

HEAVIEST = 255
_WEIGHT_BITS = 8


class Inverted:
    """Terms and their lists of documents. A list is sorted and names no document twice."""

    def __init__(self, columns: Columns, *, coded: bool = False) -> None:
        self.terms = Dictionary(columns)
        self.ends: npt.NDArray[np.int64] = columns["lists"]
        self.numbers: Numbers = columns["numbers"]
        self._codes: Codes | None = columns["codes"] if coded else None

    def holding(self, term: str) -> Numbers:
        """The documents with a term."""
        found = self.terms.find(term)
        return self.numbers[self.place(found)] if found >= 0 else self.numbers[:0]

    def coded(self, term: str) -> tuple[Numbers, Codes]:
        """The documents with a term, and its code in each."""
        found = self.terms.find(term)
        place = self.place(found) if found >= 0 else slice(0, 0)
        assert self._codes is not None
        return self.numbers[place], self._codes[place]

    def beginning(self, prefix: str) -> Numbers:
        """The documents with any term that begins so; one may come several times.

        Lists lie in the order of their terms, so that this is one slice, however many there are.
        """
        span = self.terms.span(prefix)
        if not span:
            return self.numbers[:0]
        return self.numbers[self.place(span.start).start : self.place(span.stop - 1).stop]

    def place(self, term: int) -> slice:
        """Where the list of a term lies, by the number of the term."""
        return slice(int(self.ends[term - 1]) if term else 0, int(self.ends[term]))


class Lists(NamedTuple):
    """Lists of documents as arrays, terms aside: where each ends, documents, their weights."""

    ends: npt.NDArray[np.int64]
    numbers: Numbers
    weights: npt.NDArray[np.int64]


def lists_of(terms: Array, documents: Array, weights: Array, *, count: int, among: int) -> Lists:
    """Lists from single occurrences, weights of the same (term, document) added up, 255 at most.

    `terms` are numbers below `count`, `documents` numbers below `among`. One sort of whole
    numbers does it: term, document and weight in one number of 64 bits.
    """
    packed = (terms.astype(np.int64) * among + documents) << _WEIGHT_BITS
    packed |= np.minimum(weights, HEAVIEST).astype(np.int64)
    packed.sort()
    pairs = packed >> _WEIGHT_BITS
    first = np.flatnonzero(np.diff(pairs, prepend=-1))
    if not len(first):
        return Lists(np.zeros(count, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int64))
    summed = np.add.reduceat(packed & HEAVIEST, first)
    pairs = pairs[first]
    ends = np.cumsum(np.bincount(pairs // among, minlength=count))
    return Lists(ends, (pairs % among).astype(np.int32), np.minimum(summed, HEAVIEST))


def inverted_columns(
    name: str, terms: Sequence[bytes], lists: Lists, lengths: Array | None = None
) -> dict[str, Array]:
    """The arrays of a field under its name; with lengths (as bytes, by document) also its codes."""
    arrays = dictionary_columns(terms)
    arrays |= {"lists": lists.ends, "numbers": lists.numbers}
    if lengths is not None:
        codes = (lists.weights << _WEIGHT_BITS) | lengths[lists.numbers]
        arrays["codes"] = codes.astype(np.uint16)
    return {f"{name}.{part}": array for part, array in arrays.items()}
