"""Rows of different length, end to end: what numpy has no array for."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from .columns import Array


class Ragged(NamedTuple):
    """Row r is `values[ends[r - 1]:ends[r]]`."""

    ends: Array
    values: Array

    def lengths(self) -> Array:
        """How long each row is."""
        return np.diff(self.ends, prepend=0)

    def owners(self) -> Array:
        """The row of each value."""
        return np.repeat(np.arange(len(self.ends), dtype=np.int32), self.lengths())

    def spread(self, rows: Array) -> tuple[Array, Array]:
        """All values of some rows in turn, each after the place in `rows` that it comes from."""
        lengths = self.lengths()[rows]
        places = np.repeat(np.arange(len(rows)), lengths)
        before = np.cumsum(lengths) - lengths
        starts = self.ends[rows] - lengths - before
        return places, self.values[np.arange(len(places)) + starts[places]]


def ragged(rows: Iterable[Sequence[int]]) -> Ragged:
    """Rows of whole numbers."""
    held = list(rows)
    lengths = np.fromiter(map(len, held), np.int64, len(held))
    values = np.fromiter(chain.from_iterable(held), np.int32, int(lengths.sum()))
    return Ragged(np.cumsum(lengths), values)
