"""A few documents read closely: where the ideas of a plan stand in them, by any name.

An idea counts as in a search, by the best of its names; but a longer document, which holds more
words of any plan, pays more for its length. Ideas that stand near one another count more.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .columns import Array
from .composite import PARTS, WEIGHTS
from .naming import Flags, Naming
from .nearness import nearness
from .occurrences import Occurrences, occurrences
from .plans import Idea
from .ranking import Floats, impact, length_norm
from .snapshot import Snapshot

_APPLIES, _NOT_WHEN = PARTS.index("applies_when"), PARTS.index("not_when")
#: What a part adds to the weight of a word: as in the index, but for whom a lesson is not, and by.
_WEIGHTS = np.array([{**WEIGHTS, "topic": 2}[part] for part in PARTS], np.float32)
_WEIGHTS[[_NOT_WHEN, PARTS.index("author_name")]] = 0
#: Of BM25, for plans: measured (docs/search.md).
_K1, _B = 2.0, 0.9
#: What ideas near one another add, and what an idea counts against a document that tells of it only
#: in `not_when`.
_NEARNESS = 0.6
_AGAINST = 0.3


class Reading(NamedTuple):
    """For each document and idea: what it counts, without the plan's own weights; whether it stands
    in the document by a near name, in its `applies_when`, in its `not_when`. `tells` is the idf of
    each idea."""

    worth: Floats
    shared: Flags
    applies: Flags
    against: Flags
    tells: Floats


def read_closely(
    snapshot: Snapshot, numbers: Sequence[int], ideas: Sequence[Idea], places: Sequence[int]
) -> Reading:
    """Read some documents for some ideas, of which `places` says where they come in the plan."""
    naming = Naming(snapshot, ideas)
    found = occurrences(snapshot, numbers, naming.columns)
    shape = len(numbers), len(naming.columns)
    weights = _summed(found, shape, _WEIGHTS[found.parts])
    idf = np.array([snapshot.idf(term) for term in naming.columns], np.float32)
    norms = length_norm(found.lengths, snapshot.average_length, _K1, _B)
    worth = naming.worth(idf * impact(weights, norms[:, np.newaxis], _K1))
    shared = naming.held(weights > 0)
    applies, against = (
        naming.held(_summed(found, shape, found.parts == part) > 0)
        for part in (_APPLIES, _NOT_WHEN)
    )
    telling = naming.tells * np.array([not idea.faint for idea in ideas])
    near_by = nearness(found, *naming.foremost(), np.array(places), telling, len(numbers))
    worth += _NEARNESS * near_by - _AGAINST * naming.tells * (against & ~shared)
    return Reading(worth, shared, applies, against, naming.tells)


def _summed(found: Occurrences, shape: tuple[int, int], values: Array) -> Floats:
    """What the occurrences of each term in each document add up to."""
    summed = np.zeros(shape, np.float32)
    np.add.at(summed, (found.rows, found.columns), values)
    return summed
