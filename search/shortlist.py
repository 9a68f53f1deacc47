"""The documents that may bear on a plan, by all of its words on the fast path: who is read closely.

Each section of a plan brings its own, so that none is crowded out by another.
"""

import numpy as np

from .budget import Budget
from .matching import FORM_WEIGHT, Scores, add
from .ordering import first
from .plan_ideas import Chosen
from .plans import Idea
from .snapshot import Mask, Snapshot
from .widening import gain

#: So many documents, about; so many at least of each section.
_ABOUT, _LEAST_OF_SECTION = 120, 12


def shortlist(
    snapshot: Snapshot, asked: Chosen, readable: Mask, budget: Budget, more: int = 0
) -> list[int]:
    """The numbers of the documents that each section brings first, and so many more of each. What
    the budget has no time for is left out."""
    each = more + max(_LEAST_OF_SECTION, _ABOUT // len(asked.weights))
    found: dict[int, None] = {}
    for weights in asked.weights:
        if budget.spent():
            break
        scores = np.zeros(snapshot.count, np.float32)
        for number in np.flatnonzero(weights).tolist():
            if budget.spent():
                break
            _add(snapshot, scores, asked.ideas[number], float(weights[number]))
        found.update(dict.fromkeys(first(snapshot, readable, each, scores=scores)))
    return list(found)


def _add(snapshot: Snapshot, scores: Scores, idea: Idea, weight: float) -> None:
    for term in idea.word.terms:
        add(scores, *snapshot.scored(term), weight)
    for form in idea.word.forms:
        add(scores, *snapshot.scored(form), FORM_WEIGHT * weight)
    if idea.names:
        add(scores, *gain(snapshot, idea.word.terms, idea.names), weight)
