"""From the words of a query to the score of every document a person may read."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .analyzers import analysed
from .query import Asked
from .snapshot import Mask, Snapshot
from .spelling import Spelling, respellings

Scores = npt.NDArray[np.float64]

#: Up to this many words, documents with all of them come before documents with any.
ALL_FIRST_UP_TO = 3
#: What another spelling of a whole word counts beside its parts ("follow-up" beside follow, up).
_FORM_WEIGHT = 0.25
#: What a respelt word counts, by how many edits it is away.
_RESPELT_WEIGHT = {1: 0.6, 2: 0.4}


class Matched(NamedTuple):
    """Scores (0 where nothing matches), and for each unknown word what it probably meant."""

    scores: Scores
    respelt: dict[str, Spelling]


def match(snapshot: Snapshot, words: Iterable[Asked], readable: Mask) -> Matched:
    """Score every document by any of the words.

    A word that no readable document holds is taken for its respellings; a word that one does hold
    is never second-guessed.
    """
    words = list(words)
    scores = np.zeros(snapshot.count, np.float64)
    respelt: dict[str, Spelling] = {}
    together: list[Mask] = []
    for word in words:
        holds = _add(snapshot, scores, word, float(word.times))
        if not (holds & readable).any():
            for spelling in _respellings(snapshot, word):
                meant = Asked(spelling.word, analysed(spelling.word), word.times)
                weight = word.times * _RESPELT_WEIGHT[spelling.edits]
                found = _add(snapshot, scores, meant, weight)
                if (found & readable).any():
                    respelt.setdefault(word.token, spelling)
                    holds |= found
        together.append(holds)
    scores[~readable] = 0.0
    if 1 < len(words) <= ALL_FIRST_UP_TO:
        _lift(scores, [holds for holds in together if (holds & readable).any()])
    return Matched(scores, respelt)


def _add(snapshot: Snapshot, scores: Scores, word: Asked, weight: float) -> Mask:
    """Add a word to the scores; which documents hold it in full."""
    present = np.zeros(snapshot.count, np.uint8)
    for term in word.word.terms:
        numbers, impacts, _, _ = snapshot.scored(term)
        scores[numbers] += weight * impacts
        present[numbers] += 1
    holds: Mask = present == len(word.word.terms)
    for form in word.word.forms:
        numbers, impacts, _, _ = snapshot.scored(form)
        scores[numbers] += _FORM_WEIGHT * weight * impacts
        holds[numbers] = True
    return holds


def _respellings(snapshot: Snapshot, word: Asked) -> list[Spelling]:
    return respellings(snapshot, word.word.plain[0]) if len(word.word.plain) == 1 else []


def _lift(scores: Scores, together: list[Mask]) -> None:
    """Put documents that hold every word that any document holds above all others."""
    if len(together) > 1:
        everything = np.logical_and.reduce(together) & (scores > 0)
        scores[everything] += scores.max()
