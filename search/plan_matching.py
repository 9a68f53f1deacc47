"""Lessons that bear on a plan of work: a shortlist by all of its words, then each read closely."""

from collections.abc import Iterable
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt

from .budget import Budget
from .closely import Reading, read_closely
from .matching import Scores
from .plan_ideas import Chosen, chosen, telling, tells
from .plans import Idea, Plan, read_plan
from .reranking import Reranking, reordered
from .results import Match, Matches
from .shortlist import shortlist
from .snapshot import Snapshot
from .standing import standing
from .subjects import combined, with_whole
from .unmet import Missing, unmet

_MOST_TOLD = 6
#: Matches are good down to so much of the best one's score; so many at most.
_GOOD, _MOST_GOOD = 0.6, 10


def matches(
    snapshot: Snapshot, work: str, audiences: frozenset[str], today: date | None, limit: int,
    exclude: frozenset[str], budget: Budget | None = None, meaning: Reranking | None = None,
) -> Matches:  # fmt: skip
    """The documents that bear on a plan, best first, and what of the plan none of them holds.

    With `meaning`, the first are put in order by it too, if the plan is short enough for it.
    """
    budget = budget or Budget()
    readable = snapshot.readable(audiences)
    plan = read_plan(work)
    asked = chosen(snapshot, plan)
    if not telling(asked.ideas) or not readable.any():
        return Matches()
    numbers = shortlist(snapshot, asked, readable, budget, len(exclude))
    if not numbers:
        return Matches((), _unmet(snapshot, plan, asked.places), budget.ran_out)
    read = read_closely(snapshot, numbers, asked.ideas, asked.places)
    scores = _scores(snapshot, asked, read, numbers, today)
    rows = [row for row in np.argsort(-scores, kind="stable").tolist() if scores[row] > 0]
    worth = scores[rows].tolist()
    if meaning is not None and len(plan.sections) == 1:
        found = [numbers[row] for row in rows]
        rows = [rows[place] for place in reordered(snapshot, found, worth, text=work, by=meaning)]
    named = [
        (row, snapshot.id(numbers[row]), score) for row, score in zip(rows, worth, strict=True)
    ]
    kept = [_match(asked, read, *one) for one in named if one[1] not in exclude]
    lacking = _unmet(snapshot, plan, _missing(asked, read, scores))
    return Matches(tuple(kept[:limit]), lacking, budget.ran_out)


def _scores(
    snapshot: Snapshot, asked: Chosen, read: Reading, numbers: list[int], today: date | None
) -> Scores:
    """What each document scores; 0 for one that holds nothing that tells what the plan is about."""
    about = np.array([not idea.faint for idea in asked.ideas])
    scores: Scores = combined(read.worth @ with_whole(asked.weights).T)
    scores *= (read.worth[:, about] > 0).any(axis=1)
    if (shares := standing(snapshot, today)) is not None:
        scores *= shares[numbers]
    return scores


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
