"""Which documents hold some terms one directly after another: what a phrase asks for."""

from collections.abc import Callable, Sequence

import numpy as np

from .columns import Array
from .segments import Segment
from .snapshot import Mask, Snapshot

#: So many documents are read at a time, so that a phrase of common words can be given up midway.
_AT_ONCE = 2_000


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
        candidates = np.flatnonzero(among[start : start + segment.count])
        for at in range(0, len(candidates), _AT_ONCE):
            check()
            some = candidates[at : at + _AT_ONCE]
            found[start + some[_with_run(segment, some, wanted)]] = True
    return found


def _with_run(segment: Segment, documents: Array, wanted: Sequence[int]) -> Array:
    """Places of the documents in whose stream the wanted terms stand in a row.

    No run reaches from one document into the next: a gap ends the last part of each.
    """
    places, terms = segment.stream.spread(documents)
    last = len(terms) - len(wanted) + 1
    if last <= 0:
        return places[:0]
    runs = terms[:last] == wanted[0]
    for step, term in enumerate(wanted[1:], 1):
        runs &= terms[step : last + step] == term
    return np.unique(places[:last][runs])
