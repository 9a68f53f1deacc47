"""From the words of a query to the score of every document a person may read."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .analyzers import analysed
from .budget import Budget
from .inverted import Numbers
from .query import Asked
from .ranking import Floats
from .snapshot import Mask, Snapshot
from .spelling import respellings
from .widening import gain

Scores = npt.NDArray[np.float32]

#: Up to this many words, documents with all of them come before documents with any.
ALL_FIRST_UP_TO = 3
#: What another spelling of a whole word counts beside its parts ("follow-up" beside follow, up).
_FORM_WEIGHT = 0.25
#: What a respelt word counts, by how many edits it is away.
_RESPELT_WEIGHT = {1: 0.6, 2: 0.4}
_FURTHER_GUESS = 0.9
#: So many words of a query are respelt, each of which is looked for among all words there are.
_MOST_RESPELT = 4


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


def match(
    snapshot: Snapshot, words: Iterable[Asked], readable: Mask, budget: Budget | None = None
) -> Matched:
    """Score every document by any of the words, and by what else they are called.

    A word that no readable document holds is taken for its respellings; a word that one does hold
    is never second-guessed, and of many unknown ones the first few are respelt. Words that the
    budget has no time for are left out.
    """
    budget = budget or Budget()
    words = list(words)
    scores = np.zeros(snapshot.count, np.float32)
    together: dict[Asked, Mask] = {}
    for word in words:
        if word.word.terms and not budget.spent():
            together[word] = _add(snapshot, scores, word, word.times) & readable
    typed: Mask = (scores > 0) & readable
    unknown: dict[str, list[Guess]] = {}
    for word, holds in together.items():
        if not holds.any() and len(unknown) < _MOST_RESPELT and not budget.spent():
            unknown[word.token] = guesses = _respell(snapshot, scores, word, readable)
            np.logical_or.reduce([holds, *(guess.holds for guess in guesses)], out=holds)
    for word in words:
        if word.related and not budget.spent():
            add(scores, *gain(snapshot, word.word.terms, word.related), word.times)
    scores *= readable
    if 1 < len(together) <= ALL_FIRST_UP_TO:
        _lift(scores, [holds for holds in together.values() if holds.any()])
    return Matched(scores, typed, unknown)


def add(scores: Scores, numbers: Numbers, impacts: Floats, weight: float = 1) -> None:
    """Add what a term adds to some documents, each of which stands there once."""
    np.add.at(scores, numbers, impacts if weight == 1 else impacts * np.float32(weight))


def _add(snapshot: Snapshot, scores: Scores, word: Asked, weight: float) -> Mask:
    """Add a word to the scores; which documents hold it in full."""
    present = np.zeros(snapshot.count, np.uint8)
    for term in word.word.terms:
        found = snapshot.scored(term)
        add(scores, *found, weight)
        present[found.numbers] += 1
    holds: Mask = present == len(word.word.terms)
    for form in word.word.forms:
        found = snapshot.scored(form)
        add(scores, *found, _FORM_WEIGHT * weight)
        holds[found.numbers] = True
    return holds


def _respell(snapshot: Snapshot, scores: Scores, word: Asked, readable: Mask) -> list[Guess]:
    """Add what a word probably meant to the scores; a rarer guess tells no more than the first."""
    if len(word.word.plain) != 1 or word.related:
        return []
    guesses: list[Guess] = []
    telling = 0.0
    for spelling in respellings(snapshot, word.word.plain[0]):
        meant = analysed(spelling.word)
        idf = max(map(snapshot.idf, meant.terms))
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
