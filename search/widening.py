"""What a document gains because it says a thing in other words.

For each word a document counts once: by the word itself, or by the best of its other names if that
adds more. Other names never make a document hold the word; they only move its score.
"""

from collections.abc import Sequence

import numpy as np

from .postings import Numbers
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
    own = np.zeros(snapshot.count, np.float32)
    telling = 0.0
    for term in terms:
        numbers, impacts, _, idf = snapshot.scored(term)
        own[numbers] += impacts
        telling += idf
    best = np.zeros(snapshot.count, np.float32)
    for other in related:
        impacts, idf = _together(snapshot, other.terms)
        # Another name that is rarer than the word must not count more than the word would.
        share = other.share * min(1.0, telling / idf) if terms else other.share
        np.maximum(best, share * impacts, out=best)
    best -= own
    gaining = np.flatnonzero(best > 0).astype(np.int32)
    return gaining, best[gaining]


def _together(snapshot: Snapshot, terms: Sequence[str]) -> tuple[Floats, float]:
    """The mean of what terms add where all are there, for every document; the highest idf."""
    total = np.zeros(snapshot.count, np.float32)
    present = np.zeros(snapshot.count, np.uint8)
    highest = 0.0
    for term in terms:
        numbers, impacts, _, idf = snapshot.scored(term)
        total[numbers] += impacts
        present[numbers] += 1
        highest = max(highest, idf)
    total[present < len(terms)] = 0.0
    total /= len(terms)
    return total, highest
