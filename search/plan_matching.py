"""Lessons that bear on a plan of work: a shortlist by all of its words, then each read closely."""

import math
from collections.abc import Sequence
from datetime import date

import numpy as np

from .budget import Budget
from .closely import Reading, read_closely
from .matching import FORM_WEIGHT, Scores, add
from .ordering import first
from .plans import telling_words
from .query import Asked
from .results import Match, Matches
from .snapshot import Mask, Snapshot
from .standing import standing
from .widening import gain

#: So many words of a plan are looked for, and so many documents are read closely.
MOST_WORDS = 96
SHORTLIST = 100
#: What a word counts that mostly builds sentences, or says when and how much.
_FAINT_WEIGHT = 0.25
_MOST_TOLD = 6
_MOST_UNMET = 5
#: Matches are good down to so much of the best one's score; so many at most.
_GOOD, _MOST_GOOD = 0.5, 10


def matches(
    snapshot: Snapshot, work: str, audiences: frozenset[str], today: date | None, limit: int,
    exclude: frozenset[str], budget: Budget | None = None,
) -> Matches:  # fmt: skip
    """The documents that bear on a plan, best first, and what of the plan none of them holds."""
    budget = budget or Budget()
    readable = snapshot.readable(audiences)
    weighed = _weighed(snapshot, telling_words(work))
    if all(word.faint for word, _ in weighed) or not readable.any():
        return Matches()
    numbers, scores = _shortlist(snapshot, weighed, readable, budget, len(exclude))
    read = read_closely(snapshot, numbers, weighed)
    scores = scores - read.against_it
    if (shares := standing(snapshot, today)) is not None:
        scores = scores * shares[numbers]
    order = [p for p in _in_order(scores) if scores[p] > 0]
    named = [(place, snapshot.id(numbers[place])) for place in order]
    kept = [(place, id) for place, id in named if id not in exclude][:limit]
    return Matches(
        tuple(_match(read, place, id, float(scores[place])) for place, id in kept),
        _unmet(read, [place for place, _ in named], scores),
        budget.ran_out,
    )


def _weighed(snapshot: Snapshot, words: Sequence[Asked]) -> list[tuple[Asked, float]]:
    """The words that tell most, and how much of their idf each counts: 1 + ln(times)."""
    single = [word for word in words if word.word.terms]
    worth = {w: (1 + math.log(w.times)) * (_FAINT_WEIGHT if w.faint else 1) for w in words}
    tells = {w: worth[w] * max(map(snapshot.idf, w.word.terms)) for w in single}
    foremost = set(sorted(single, key=lambda w: -tells[w])[:MOST_WORDS])
    return [(w, worth[w]) for w in words if not w.word.terms or w in foremost]


def _shortlist(
    snapshot: Snapshot, words: Sequence[tuple[Asked, float]], readable: Mask, budget: Budget,
    more: int,
) -> tuple[list[int], Scores]:  # fmt: skip
    scores: Scores = np.zeros(snapshot.count, np.float32)
    for word, weight in words:
        if budget.spent():
            break
        for term in word.word.terms:
            add(scores, *snapshot.scored(term), weight)
        for form in word.word.forms:
            add(scores, *snapshot.scored(form), FORM_WEIGHT * weight)
        if word.related:
            add(scores, *gain(snapshot, word.word.terms, word.related), weight)
    numbers = first(snapshot, readable, SHORTLIST + more, scores=scores)
    return numbers, scores[numbers]


def _in_order(scores: Scores) -> list[int]:
    """Places by score; equals as the shortlist has them."""
    return sorted(range(len(scores)), key=lambda place: (-float(scores[place]), place))


def _match(read: Reading, place: int, id: str, score: float) -> Match:
    return Match(
        id,
        score,
        read.told(place, read.shared)[:_MOST_TOLD],
        read.told(place, read.applies)[:_MOST_TOLD],
        read.told(place, read.against)[:_MOST_TOLD],
    )


def _unmet(read: Reading, places: Sequence[int], scores: Scores) -> tuple[str, ...]:
    """Words of the plan that none of the good matches holds, by any name."""
    least = _GOOD * float(scores[places[0]]) if places else 0.0
    good = [place for place in places[:_MOST_GOOD] if scores[place] >= least]
    return read.missing(good)[:_MOST_UNMET]
