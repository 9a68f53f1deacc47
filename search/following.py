"""Which documents hold some terms one directly after another: what a phrase asks for."""

from collections.abc import Callable, Sequence

import numpy as np

from .columns import Array
from .segments import Segment
from .snapshot import Mask, Snapshot

#: So many documents are read at a time, so that a phrase of common words can be given up midway.
_AT_ONCE = 2_000
#: Up to so many documents for each that is wanted, reading them all is faster than picking.
_DENSE = 8


def following(
    snapshot: Snapshot, terms: Sequence[str], among: Mask, check: Callable[[], None]
) -> Mask:
    """Those of some documents in which these terms follow one another within one part.

    `check` is called now and then, and may raise to give up.
    """
    found = np.zeros(snapshot.count, np.bool_)
    for start, segment in snapshot.placed_segments():
        wanted = [segment.text.terms.find(term) for term in terms]
        if min(wanted) < 0:
            continue
        rarest = min(range(len(wanted)), key=lambda n: _held(segment, wanted[n]))
        candidates = np.flatnonzero(among[start : start + segment.count])
        for at in range(0, len(candidates), _AT_ONCE):
            check()
            some = candidates[at : at + _AT_ONCE]
            found[start + _with_run(segment, some, wanted, rarest)] = True
    return found & among


def _held(segment: Segment, term: int) -> int:
    """By how many documents a term is held."""
    place = segment.text.place(term)
    return int(place.stop - place.start)


def _with_run(segment: Segment, documents: Array, wanted: Sequence[int], rarest: int) -> Array:
    """Documents in whose stream the wanted terms stand in a row; others between them may be too.

    No run reaches from one document into the next: a gap ends the last part of each.
    """
    ends, terms = segment.stream
    first, last = int(documents[0]), int(documents[-1])
    low, high = int(ends[first - 1]) if first else 0, int(ends[last])
    if last - first < _DENSE * len(documents):
        starts = low + _starts(terms[low:high], wanted, rarest)
        found: Array = np.unique(np.searchsorted(ends, starts, side="right"))
    else:
        places, terms = segment.stream.spread(documents)
        found = documents[np.unique(places[_starts(terms, wanted, rarest)])]
    return found


def _starts(terms: Array, wanted: Sequence[int], rarest: int) -> Array:
    """Where the wanted terms begin to stand in a row: the rarest is looked for, then the others
    around it, so that a long row costs hardly more than one term."""
    starts: Array = np.flatnonzero(terms == wanted[rarest]) - rarest
    starts = starts[(starts >= 0) & (starts <= len(terms) - len(wanted))]
    for step, term in enumerate(wanted):
        if step != rarest:
            starts = starts[terms[starts + step] == term]
    return starts
