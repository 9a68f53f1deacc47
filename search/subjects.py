"""A plan of several subjects: none of them drowns another.

Every section of a long plan brings its own documents. What a document scores for a section counts
the more, the more it stands out among the others there: a section that says what any plan says is
like many documents, and like none of them in particular. The plan as a whole is one more section,
for a subject that is told all over it.
"""

import numpy as np

from .ranking import Floats

#: The first few of a section are what stands out; these are what they stand out from.
_FIRST, _LAST = 5, 60
_LEAST_DEVIATION = 1e-3


def with_whole(weights: Floats) -> Floats:
    """Weights of ideas by section, and the plan as a whole as the last section."""
    if len(weights) == 1:
        return weights
    whole: Floats = np.vstack([weights, weights.sum(axis=0)])
    return whole


def combined(scores: Floats) -> Floats:
    """One score for each document (a row) from those for each section (a column), the last of which
    is the whole plan, where there is more than one."""
    if scores.shape[1] == 1:
        return scores[:, 0]
    tops = scores.max(axis=0)
    scores = scores.copy()
    scores[:, -1] *= np.median(tops[:-1]) / max(tops[-1], _LEAST_DEVIATION)
    ranked = np.sort(scores, axis=0)[::-1]
    others = ranked[min(_FIRST, len(ranked) - 1) : _LAST]
    spread = np.maximum(others.std(axis=0), _LEAST_DEVIATION)
    standing_out = np.maximum((scores - others.mean(axis=0)) / spread, 0)
    best: Floats = (scores * standing_out).max(axis=1)
    return best
