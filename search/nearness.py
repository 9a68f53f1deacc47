"""Ideas that stand near one another in a document, as they do in the plan, are its subject.

For each two different ideas within a few words of each other, both gain: by what the other tells,
less the farther they stand apart, and less if the plan does not speak of them in one breath. Gains
are saturated, so that a document cannot live by them (Büttcher, Clarke and Lushman, "Term proximity
scoring for ad-hoc retrieval on very large text collections", SIGIR 2006).
"""

import numpy as np

from .columns import Array
from .occurrences import Occurrences
from .ranking import Floats

#: Words that may lie between two ideas, and so many of the ideas that follow one are looked at.
_WITHIN = 8
_FOLLOWING = 6
#: Ideas so few apart in a plan are told in one breath; others count for so much.
_ONE_BREATH, _APART = 3, 0.3
#: What the usual idea tells: gains are measured by it, and so is what an idea may gain at most.
_USUAL = 6.0


def nearness(
    found: Occurrences, ideas: Array, shares: Floats, places: Array, tells: Floats, count: int
) -> Floats:
    """What each idea gains in each of `count` documents.

    For each term (column of `found`) `ideas` and `shares` say of which idea it tells, and how much;
    for each idea `places` says where it comes in the plan, and `tells` its idf, 0 for faint ones.
    """
    idea = ideas[found.columns]
    share = shares[found.columns] * (tells[idea] > 0)
    order = np.lexsort((found.places, found.rows))
    order = order[share[order] > 0]
    row, place, idea, share = found.rows[order], found.places[order], idea[order], share[order]
    gained = np.zeros((count, len(tells)), np.float32)
    for step in range(1, _FOLLOWING + 1):
        apart = place[step:] - place[:-step]
        one, other = idea[:-step], idea[step:]
        pair = (row[step:] == row[:-step]) & (apart <= _WITHIN) & (one != other)
        at = np.flatnonzero(pair)
        one, other, rows = one[at], other[at], row[:-step][at]
        worth = share[:-step][at] * share[step:][at] / np.maximum(apart[at], 1)
        worth *= np.where(abs(places[one] - places[other]) <= _ONE_BREATH, 1, _APART) / _USUAL
        np.add.at(gained, (rows, one), worth * tells[other])
        np.add.at(gained, (rows, other), worth * tells[one])
    saturated: Floats = np.minimum(tells, _USUAL) * gained / (gained + 1)
    return saturated
