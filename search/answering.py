"""Whether what was found answers: some hit holds half of what the words of the query tell.

A word tells its idf; one that nobody wrote tells most. A hit holds a word as it was typed, as it
was probably meant, or, for a share, by another name.
"""

from collections.abc import Sequence

import numpy as np

from .inverted import Numbers
from .matching import Matched
from .query import Asked
from .ranking import Floats
from .snapshot import Mask, Snapshot

#: So many of the most relevant are looked at, whatever page and order was asked for.
LOOKED_AT = 10
_ENOUGH = 0.5


def answered(
    snapshot: Snapshot, words: Sequence[Asked], matched: Matched, hits: Sequence[int]
) -> bool:
    """Whether one of some documents, by their numbers, holds enough of the words of a query."""
    numbers = np.array(hits, np.int32)
    typed = matched.typed
    tells = np.array([w.times * max(map(snapshot.idf, w.word.terms)) for w in typed], np.float32)
    enough = _ENOUGH * tells.sum()
    held = np.zeros((len(typed), len(numbers)), np.float32)
    for place, holders in enumerate(typed.values()):
        held[place, _among(numbers, holders)] = 1
    if not _any_holds(tells, held, enough):
        _otherwise(snapshot, words, matched, numbers, held)
    return _any_holds(tells, held, enough)


def _any_holds(tells: Floats, held: Floats, enough: float) -> bool:
    return bool((tells @ held >= enough).any())


def _otherwise(
    snapshot: Snapshot, words: Sequence[Asked], matched: Matched, numbers: Numbers, held: Floats
) -> None:
    """Put down what hits hold of words in another spelling, or by another name."""
    place_of = {word.word.terms: place for place, word in enumerate(matched.typed)}
    for place, word in enumerate(matched.typed):
        for guess in matched.unknown.get(word.token, []):
            held[place, _among(numbers, guess.holders)] = 1
    for word in words:
        terms = word.word.terms or tuple(word.token.split())  # a phrase stands for its words
        named = {word.word.terms} if word.word.terms else {(term,) for term in terms}
        places = [place_of[key] for key in named if key in place_of]
        for other in word.related if places else ():
            here = np.ones(len(numbers), np.bool_)
            for term in other.terms:
                here &= _among(numbers, snapshot.scored(term).numbers)
            held[places] = np.maximum(held[places], np.float32(other.share) * here)


def _among(numbers: Numbers, holders: Numbers) -> Mask:
    """Which of some documents are among those of a sorted list."""
    if not len(holders):
        return np.zeros(len(numbers), np.bool_)
    places = np.searchsorted(holders, numbers)
    found: Mask = holders[np.minimum(places, len(holders) - 1)] == numbers
    return found
