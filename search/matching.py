"""From the words of a query to the score of every document a person may read."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial, reduce
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .analyzers import Word, analysed
from .budget import Budget
from .inverted import Numbers
from .query import Asked
from .ranking import K1, Floats
from .snapshot import Mask, Snapshot
from .spelling import respellings
from .standing import MOST as MOST_STANDING
from .standing import standing
from .widening import gain

Scores = npt.NDArray[np.float32]

#: Up to this many words, documents with all of them come before documents with any.
ALL_FIRST_UP_TO = 3
#: What another spelling of a whole word counts beside its parts ("follow-up" beside follow, up).
FORM_WEIGHT = 0.25
#: What a respelt word counts, by how many edits it is away.
_RESPELT_WEIGHT = {1: 0.6, 2: 0.4}
_FURTHER_GUESS = 0.9
#: What a word counts that mostly builds sentences: measured (docs/search.md).
_FAINT_WEIGHT = 0.5
#: So many words of a query are respelt, each of which is looked for among all words there are.
_MOST_RESPELT = 4


class Guess(NamedTuple):
    """A spelling that was probably meant, and the documents that hold it."""

    word: str
    holders: Numbers


class Matched(NamedTuple):
    """What the words of a query come to, for every document, also those that may not be read.

    `scores` are 0 where nothing matches; `typed` has the documents that hold each word as it was
    typed; `unknown` has, for each word that no readable document holds, what it probably meant.
    """

    scores: Scores
    typed: dict[Asked, Numbers]
    unknown: dict[str, list[Guess]]


def match(
    snapshot: Snapshot, words: Iterable[Asked], readable: Mask, budget: Budget | None = None,
    today: date | None = None,
) -> Matched:  # fmt: skip
    """Score every document by any of the words, and by what else they are called.

    A word that no readable document holds is taken for its respellings; a word that one does hold
    is never second-guessed. Words that the budget has no time for are left out. With `today`, what
    a document's standing is worth is in its score (`standing.py`).
    """
    budget = budget or Budget()
    words = list(words)
    scores = np.zeros(snapshot.count, np.float32)
    typed: dict[Asked, Numbers] = {}
    for word in words:
        if word.word.terms and not budget.spent():
            weight = word.times * (_FAINT_WEIGHT if word.faint else 1)
            holders = _add(snapshot, scores, word, weight)
            if not word.faint:
                typed[word] = holders
    meant, unknown = dict(typed), dict[str, list[Guess]]()
    for word, holders in typed.items():
        if not readable.take(holders).any():
            guesses: list[Guess] = []
            if len(unknown) < _MOST_RESPELT and not budget.spent():
                guesses = _respell(snapshot, scores, word, readable)
            unknown[word.token] = guesses
            meant[word] = _any_of([guess.holders for guess in guesses])
    for word in words:
        if word.related and not budget.spent():
            add(scores, *gain(snapshot, word.word.terms, word.related), word.times)
    most = 1.0
    if (shares := standing(snapshot, today)) is not None:
        scores *= shares
        most = MOST_STANDING
    if 1 < len(typed) <= ALL_FIRST_UP_TO:
        asked_for = [holders for holders in meant.values() if readable.take(holders).any()]
        _lift(scores, asked_for, most * _most(snapshot, words))
    return Matched(scores, typed, unknown)


def add(scores: Scores, numbers: Numbers, impacts: Floats, weight: float = 1) -> None:
    """Add what a term adds to some documents, each of which stands there once."""
    np.add.at(scores, numbers, impacts if weight == 1 else impacts * np.float32(weight))


def holders_of(snapshot: Snapshot, word: Word) -> Numbers:
    """The documents that hold a word: all of its terms, or another form of the whole."""
    lists = [snapshot.scored(term).numbers for term in word.terms]
    if len(lists) == 1 and not word.forms:
        return lists[0]
    together = reduce(partial(np.intersect1d, assume_unique=True), sorted(lists, key=len))
    return _any_of([together, *(snapshot.scored(form).numbers for form in word.forms)])


def _any_of(lists: Sequence[Numbers]) -> Numbers:
    return reduce(np.union1d, lists, np.zeros(0, np.int32))


def _add(snapshot: Snapshot, scores: Scores, word: Asked, weight: float) -> Numbers:
    """Add a word to the scores; which documents hold it."""
    for term in word.word.terms:
        add(scores, *snapshot.scored(term), weight)
    for form in word.word.forms:
        add(scores, *snapshot.scored(form), FORM_WEIGHT * weight)
    return holders_of(snapshot, word.word)


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
        holders = _add(snapshot, scores, Asked(word.token, meant, word.times), weight)
        if readable.take(holders).any():
            guesses.append(Guess(spelling.word, holders))
    return guesses


def _most(snapshot: Snapshot, words: Iterable[Asked]) -> float:
    """More than any document can score: no term adds more than its idf times k1 + 1."""
    telling = 1.0
    for word in words:
        names = (other.terms for other in word.related)
        terms = {*word.word.terms, *word.word.forms, *chain.from_iterable(names)}
        telling += word.times * sum(map(snapshot.idf, terms))
    return (K1 + 1) * telling


def _lift(scores: Scores, holders: Sequence[Numbers], most: float) -> None:
    """Put documents that hold every word that any document holds above all others."""
    if len(holders) > 1:
        together = partial(np.intersect1d, assume_unique=True)
        scores[reduce(together, sorted(holders, key=len))] += np.float32(most)
