"""Whether a lesson says the same again: runs of words that it shares with a draft.

The share of the draft's runs of four words that stand in the lesson too (containment of shingles;
Broder, "On the resemblance and containment of documents", 1997). Other words for the same thing
share hardly any runs; a copy with a few changes shares most.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .segments import Segment

#: Words of a run; how many runs must be shared, and what share of the draft's, to be the same.
RUN = 4
_LEAST_RUNS = 3
_LEAST_SHARE = 0.3
#: Any odd number: runs are told apart by a polynomial in it, modulo 2**64.
_BASE = np.uint64(0x9E3779B97F4A7C15)

Hashes = npt.NDArray[np.uint64]


class Draft:
    """The runs of a draft, given by the terms of its parts."""

    def __init__(self, parts: Sequence[Sequence[str]]) -> None:
        self._parts = parts
        self._count = sum(max(len(part) - RUN + 1, 0) for part in parts)
        self._hashed: dict[int, Hashes] = {}

    def same(self, segment: Segment, number: int) -> bool:
        """Whether a document of a segment shares enough of them."""
        hashed = self._hashed.get(id(segment))
        if hashed is None:
            self._hashed[id(segment)] = hashed = self._in_terms_of(segment)
        _, stream = segment.stream.spread(np.array([number]))
        shared = int(np.count_nonzero(np.isin(hashed, _runs(stream.astype(np.int64)))))
        return shared >= max(_LEAST_RUNS, _LEAST_SHARE * self._count)

    def _in_terms_of(self, segment: Segment) -> Hashes:
        find = segment.text.terms.find
        known = {term: find(term) for part in self._parts for term in part}
        runs = [_runs(np.array([known[t] for t in part], np.int64)) for part in self._parts]
        return np.concatenate(runs)


def _runs(terms: npt.NDArray[np.int64]) -> Hashes:
    """Every run of terms that reaches over no gap and no unknown term, as a number."""
    count = len(terms) - RUN + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    hashed = np.zeros(count, np.uint64)
    whole = np.ones(count, np.bool_)
    for step in range(RUN):
        some = terms[step : step + count]
        hashed = hashed * _BASE + some.astype(np.uint64)
        whole &= some >= 0
    found: Hashes = hashed[whole]
    return found
