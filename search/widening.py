"""What a document gains because it says a thing in other words.

For each word a document counts once: by the word itself, or by the best of its other names if that
adds more. Other names never make a document hold the word; they only move its score.
"""

from collections.abc import Sequence

import numpy as np

from .inverted import Numbers
from .ranking import Floats
from .snapshot import Snapshot
from .vocabulary import Related

_Gain = tuple[Numbers, Floats]
_KEPT = 1_000


def gain(snapshot: Snapshot, terms: Sequence[str], related: tuple[Related, ...]) -> _Gain:
    """The documents that gain, and how much; kept for the next query.

    `terms` are those of the word itself; a phrase, which is not looked for itself, has none.
    """
    key = (tuple(terms), related)
    found: _Gain | None = snapshot.gains.get(key)
    if found is None:
        if len(snapshot.gains) >= _KEPT:
            snapshot.gains = {}
        snapshot.gains[key] = found = _gain(snapshot, terms, related)
    return found


def _gain(snapshot: Snapshot, terms: Sequence[str], related: tuple[Related, ...]) -> _Gain:
    telling = sum(map(snapshot.idf, terms))
    best = np.zeros(snapshot.count, np.float32)
    for other in related:
        numbers, impacts, idf = _together(snapshot, other.terms)
        # Another name that is rarer than the word must not count more than the word would.
        share = other.share * min(1.0, telling / idf) if terms else other.share
        best[numbers] = np.maximum(best[numbers], np.float32(share) * impacts)
    for term in terms:
        numbers, impacts = snapshot.scored(term)
        best[numbers] -= impacts
    gaining = np.flatnonzero(best > 0).astype(np.int32)
    return gaining, best[gaining]


def _together(snapshot: Snapshot, terms: Sequence[str]) -> tuple[Numbers, Floats, float]:
    """The documents in which all of some terms are, the mean of what they add; the highest idf."""
    numbers, total = snapshot.scored(terms[0])
    for term in terms[1:]:
        others, impacts = snapshot.scored(term)
        numbers, here, there = np.intersect1d(
            numbers, others, assume_unique=True, return_indices=True
        )
        total = total[here] + impacts[there]
    return numbers, total / np.float32(len(terms)), max(map(snapshot.idf, terms))
