"""Lessons that bear on a plan of work: a shortlist by all of its words, then each read closely."""

from collections.abc import Iterable
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt

from .budget import Budget
from .closely import Reading, read_closely
from .matching import FORM_WEIGHT, Scores, add
from .ordering import first
from .plan_ideas import Chosen, chosen, telling, tells
from .plans import Idea, Plan, read_plan
from .results import Match, Matches
from .snapshot import Mask, Snapshot
from .standing import standing
from .subjects import combined, with_whole
from .unmet import Missing, unmet
from .widening import gain

#: So many documents are read closely, about; so many at least of each section of the plan.
SHORTLIST, _LEAST_OF_SECTION = 120, 12
_MOST_TOLD = 6
#: Matches are good down to so much of the best one's score; so many at most.
_GOOD, _MOST_GOOD = 0.6, 10


def matches(
    snapshot: Snapshot, work: str, audiences: frozenset[str], today: date | None, limit: int,
    exclude: frozenset[str], budget: Budget | None = None,
) -> Matches:  # fmt: skip
    """The documents that bear on a plan, best first, and what of the plan none of them holds."""
    budget = budget or Budget()
    readable = snapshot.readable(audiences)
    plan = read_plan(work)
    asked = chosen(snapshot, plan)
    if not telling(asked.ideas) or not readable.any():
        return Matches()
    numbers = _shortlist(snapshot, asked, readable, budget, len(exclude))
    if not numbers:
        return Matches((), _unmet(snapshot, plan, asked.places), budget.ran_out)
    read = read_closely(snapshot, numbers, asked.ideas, asked.places)
    by_section = read.worth @ with_whole(asked.weights).T
    if (shares := standing(snapshot, today)) is not None:
        by_section *= shares[numbers, np.newaxis]
    scores = combined(by_section)
    about = np.array([not idea.faint for idea in asked.ideas])
    scores *= (read.worth[:, about] > 0).any(axis=1)
    order = sorted(range(len(numbers)), key=lambda row: (-float(scores[row]), row))
    named = [(row, snapshot.id(numbers[row])) for row in order if scores[row] > 0]
    kept = [(row, id) for row, id in named if id not in exclude][:limit]
    return Matches(
        tuple(_match(asked, read, row, id, float(scores[row])) for row, id in kept),
        _unmet(snapshot, plan, _missing(asked, read, scores)),
        budget.ran_out,
    )


def _shortlist(
    snapshot: Snapshot, asked: Chosen, readable: Mask, budget: Budget, more: int
) -> list[int]:
    """The documents that each section brings first."""
    sections, _ = asked.weights.shape
    scores = np.zeros((sections, snapshot.count), np.float32)
    for number, idea in enumerate(asked.ideas):
        if budget.spent():
            break
        for section in np.flatnonzero(asked.weights[:, number]):
            _add(snapshot, scores[section], idea, float(asked.weights[section, number]))
    each = more + max(_LEAST_OF_SECTION, SHORTLIST // sections)
    found = [first(snapshot, readable, each, scores=row) for row in scores]
    return list(dict.fromkeys(number for numbers in found for number in numbers))


def _add(snapshot: Snapshot, scores: Scores, idea: Idea, weight: float) -> None:
    for term in idea.word.terms:
        add(scores, *snapshot.scored(term), weight)
    for form in idea.word.forms:
        add(scores, *snapshot.scored(form), FORM_WEIGHT * weight)
    if idea.names:
        add(scores, *gain(snapshot, idea.word.terms, idea.names), weight)


def _missing(asked: Chosen, read: Reading, scores: Scores) -> list[int]:
    """The ideas, by their places in the plan, that no good match holds."""
    best = np.argsort(-scores, kind="stable")[:_MOST_GOOD]
    good = best[scores[best] >= _GOOD * scores[best[0]]]
    absent = np.flatnonzero(~read.shared[good].any(axis=0))
    return [asked.places[number] for number in absent]


def _unmet(snapshot: Snapshot, plan: Plan, missing: Iterable[int]) -> tuple[str, ...]:
    def known(idea: Idea) -> bool:
        return any(snapshot.held(term) for term in idea.word.terms)

    return unmet(plan, Missing(frozenset(missing), partial(tells, snapshot), known))


def _match(asked: Chosen, read: Reading, row: int, id: str, score: float) -> Match:
    worth = read.tells * asked.weights.max(axis=0)

    def told(which: npt.NDArray[np.bool_]) -> tuple[str, ...]:
        held = [n for n in np.flatnonzero(which[row]) if _can_be_told(asked.ideas[n])]
        foremost = sorted(held, key=lambda n: (-float(worth[n]), n))[:_MOST_TOLD]
        return tuple(asked.ideas[n].token for n in foremost)

    return Match(id, score, told(read.shared), told(read.applies), told(read.against))


def _can_be_told(idea: Idea) -> bool:
    return bool(idea.word.terms) and not idea.faint
