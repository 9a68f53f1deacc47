"""Whether what was found answers: some hit holds half of what the words of the query tell.

A word tells its idf; one that nobody wrote tells most. A hit holds a word as it was typed, as it
was probably meant, or by another name, which counts half at most.
"""

from collections.abc import Sequence

import numpy as np

from .inverted import Numbers
from .matching import Matched
from .query import Asked
from .ranking import Floats
from .snapshot import Mask, Snapshot
from .widening import gain

#: So many of the most relevant are looked at, whatever page and order was asked for.
LOOKED_AT = 10
_ENOUGH = 0.5
#: What a word counts at most that a hit holds by another name.
_OTHERWISE = 0.5


def answered(
    snapshot: Snapshot, words: Sequence[Asked], matched: Matched, hits: Sequence[int]
) -> bool:
    """Whether one of some documents, best first by number, holds enough of the words of a query."""
    typed = matched.typed
    tells = [word.times * max(map(snapshot.idf, word.word.terms)) for word in typed]
    enough = _ENOUGH * sum(tells)
    pairs = zip(tells, typed.values(), strict=True)
    # Mostly the first does, and one document is looked up much faster than ten.
    if sum(told for told, holders in pairs if _is_among(hits[0], holders)) >= enough:
        return True
    numbers, worth = np.array(hits, np.int32), np.array(tells, np.float32)
    held = np.zeros((len(typed), len(numbers)), np.float32)
    for place, holders in enumerate(typed.values()):
        held[place] = _among(numbers, holders)
    if not _any_holds(worth, held, enough):
        _otherwise(snapshot, words, matched, numbers, held)
    return _any_holds(worth, held, enough)


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
        if word.related:
            # A phrase stands for its words.
            named = [word.word.terms] if word.word.terms else [(t,) for t in word.token.split()]
            places = [place_of[terms] for terms in named if terms in place_of]
            share = min(_OTHERWISE, max(other.share for other in word.related))
            gaining = _among(numbers, gain(snapshot, word.word.terms, word.related)[0])
            held[places] = np.maximum(held[places], np.float32(share) * gaining)


def _is_among(number: int, holders: Numbers) -> bool:
    """Whether a document is among those of a sorted list."""
    place = int(holders.searchsorted(number))
    return place < len(holders) and bool(holders[place] == number)


def _among(numbers: Numbers, holders: Numbers) -> Mask:
    """Which of some documents are among those of a sorted list."""
    if not len(holders):
        return np.zeros(len(numbers), np.bool_)
    found: Mask = holders.take(holders.searchsorted(numbers), mode="clip") == numbers
    return found
