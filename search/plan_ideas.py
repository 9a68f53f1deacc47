"""Which ideas of a plan are looked for, and what each counts in each of its sections."""

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from .plans import Idea, Plan
from .ranking import Floats
from .snapshot import Snapshot

#: So many ideas of a plan are looked for, about; so many of any section.
_MOST, _LEAST_OF_SECTION = 192, 8
#: What a word counts that mostly builds sentences, or says when and how much: measured. In a plan
#: of more sections than this, such words are left out.
_FAINT_WEIGHT, _FEW_SECTIONS = 0.25, 2


class Chosen(NamedTuple):
    """The ideas that are looked for, where each comes in the plan, and what it counts in each
    section (a row each): 1 + ln(times), less for faint words."""

    ideas: list[Idea]
    places: list[int]
    weights: Floats


def chosen(snapshot: Snapshot, plan: Plan) -> Chosen:
    """The ideas that tell most of each section. What nobody may read of does not count as rare."""
    few = len(plan.sections) <= _FEW_SECTIONS
    share = max(_LEAST_OF_SECTION, _MOST // max(len(plan.sections), 1))
    weights = [
        {n: _weight(plan.ideas[n], times) for n, times in section.items()}
        for section in plan.sections
    ]
    places: set[int] = set()
    for section in weights:
        telling = [n for n in section if not plan.ideas[n].faint]
        worth = {n: section[n] * tells(snapshot, plan.ideas[n]) for n in telling}
        places.update(sorted(telling, key=lambda n, worth=worth: -worth[n])[:share])  # type: ignore[misc]
        places.update(n for n in section if few and plan.ideas[n].faint)
    ordered = sorted(places)
    table = [[section.get(n, 0.0) for n in ordered] for section in weights]
    return Chosen([plan.ideas[n] for n in ordered], ordered, np.array(table, np.float32))


def tells(snapshot: Snapshot, idea: Idea) -> float:
    """How much an idea tells: the idf of its rarest term; a phrase, of its first name's."""
    return max(map(snapshot.idf, idea.word.terms or idea.names[0].terms))


def _weight(idea: Idea, times: int) -> float:
    share = _FAINT_WEIGHT if idea.faint else 1.0
    return share * (1 + math.log(times)) / math.sqrt(max(len(idea.word.terms), 1))


def telling(ideas: Iterable[Idea]) -> bool:
    """Whether any of some ideas tells what a plan is about."""
    return any(not idea.faint for idea in ideas)
