"""From the words of a query to the score of every document a person may read."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .analyzers import analysed
from .query import Asked
from .snapshot import Mask, Snapshot
from .spelling import respellings
from .widening import gain

Scores = npt.NDArray[np.float64]

#: Up to this many words, documents with all of them come before documents with any.
ALL_FIRST_UP_TO = 3
#: What another spelling of a whole word counts beside its parts ("follow-up" beside follow, up).
_FORM_WEIGHT = 0.25
#: What a respelt word counts, by how many edits it is away.
_RESPELT_WEIGHT = {1: 0.6, 2: 0.4}
_FURTHER_GUESS = 0.9


class Guess(NamedTuple):
    """A spelling that was probably meant, and the documents that hold it."""

    word: str
    holds: Mask


class Matched(NamedTuple):
    """What the words of a query come to, for every document.

    `scores` are 0 where nothing matches; `typed` is where any word stands as it was typed;
    `unknown` has, for each word that no readable document holds, what it probably meant.
    """

    scores: Scores
    typed: Mask
    unknown: dict[str, list[Guess]]


def match(snapshot: Snapshot, words: Iterable[Asked], readable: Mask) -> Matched:
    """Score every document by any of the words, and by what else they are called.

    A word that no readable document holds is taken for its respellings; a word that one does hold
    is never second-guessed.
    """
    words = list(words)
    typed_words = [word for word in words if word.word.terms]
    scores = np.zeros(snapshot.count, np.float64)
    together = [_add(snapshot, scores, word, word.times) & readable for word in typed_words]
    typed: Mask = (scores > 0) & readable
    unknown: dict[str, list[Guess]] = {}
    for word, holds in zip(typed_words, together, strict=True):
        if not holds.any():
            unknown[word.token] = guesses = _respell(snapshot, scores, word, readable)
            np.logical_or.reduce([holds, *(guess.holds for guess in guesses)], out=holds)
    for word in words:
        if word.related:
            numbers, gains = gain(snapshot, word.word.terms, word.related)
            scores[numbers] += word.times * gains
    scores[~readable] = 0.0
    if 1 < len(together) <= ALL_FIRST_UP_TO:
        _lift(scores, [holds for holds in together if holds.any()])
    return Matched(scores, typed, unknown)


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


def _respell(snapshot: Snapshot, scores: Scores, word: Asked, readable: Mask) -> list[Guess]:
    """Add what a word probably meant to the scores; a rarer guess tells no more than the first."""
    if len(word.word.plain) != 1 or word.related:
        return []
    guesses: list[Guess] = []
    telling = 0.0
    for spelling in respellings(snapshot, word.word.plain[0]):
        meant = analysed(spelling.word)
        idf = max(snapshot.scored(term).idf for term in meant.terms)
        share = _FURTHER_GUESS if telling else 1.0
        telling = telling or idf
        weight = word.times * _RESPELT_WEIGHT[spelling.edits] * share * min(1.0, telling / idf)
        holds = _add(snapshot, scores, Asked(word.token, meant, word.times), weight) & readable
        if holds.any():
            guesses.append(Guess(spelling.word, holds))
    return guesses


def _lift(scores: Scores, together: list[Mask]) -> None:
    """Put documents that hold every word that any document holds above all others."""
    if len(together) > 1:
        everything = np.logical_and.reduce(together) & (scores > 0)
        scores[everything] += scores.max()
