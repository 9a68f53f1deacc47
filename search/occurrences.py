"""Where wanted terms stand in a few documents: read from their streams, all at once."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from .columns import Array
from .ranking import Floats
from .segments import Segment
from .snapshot import Snapshot

#: So many words lie between two parts of a document, as against one another.
_BETWEEN_PARTS = 50


class Occurrences(NamedTuple):
    """Each time one of the terms stands in one of the documents, in the order of reading: the row
    of the document, the part (`composite.PARTS`), the place in the document, the column of the
    term. `lengths` are those of the documents, in weighted words."""

    rows: Array
    parts: Array
    places: Array
    columns: Array
    lengths: Floats


def occurrences(
    snapshot: Snapshot, numbers: Sequence[int], columns: Mapping[str, int]
) -> Occurrences:
    """Read some documents, by number, for some terms, each with its column."""
    by_segment: dict[int, tuple[Segment, list[tuple[int, int]]]] = {}
    lengths = np.zeros(len(numbers), np.float32)
    for row, number in enumerate(numbers):
        segment, there = snapshot.placed(number)
        by_segment.setdefault(id(segment), (segment, []))[1].append((row, there))
        lengths[row] = segment.lengths[there]
    read = [_read(segment, np.array(here), columns) for segment, here in by_segment.values()]
    rows, parts, places, found = map(np.concatenate, zip(*read, strict=True))
    return Occurrences(rows, parts, places, found, lengths)


def _read(
    segment: Segment, here: Array, columns: Mapping[str, int]
) -> tuple[Array, Array, Array, Array]:
    """The occurrences in documents of one segment, given as rows and their numbers there."""
    of, terms = segment.stream.spread(here[:, 1])
    _, parts = segment.parts.spread(here[:, 1])
    gaps = terms < 0
    before: Array = np.cumsum(gaps) - gaps
    find = segment.text.terms.find
    known = {number: column for term, column in columns.items() if (number := find(term)) >= 0}
    # One place for every term there is, and a last one, which is where gaps (-1) look.
    column_of = np.full(len(segment.text.terms) + 1, -1, np.int32)
    column_of[list(known)] = list(known.values())
    columns_there = column_of[terms]
    found = np.flatnonzero(columns_there >= 0)
    places = found + _BETWEEN_PARTS * before[found]
    return here[of[found], 0], parts[before[found]], places, columns_there[found]
