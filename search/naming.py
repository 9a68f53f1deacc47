"""The names of the ideas of a plan, end to end, and what an idea is worth by the best of them."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from .columns import Array
from .plans import Idea
from .ranking import Floats
from .snapshot import Snapshot
from .vocabulary import Key

#: From this share on, another name says the same.
_NEAR = 0.5

Flags = npt.NDArray[np.bool_]


class Naming:
    """Ideas by their names. `columns` gives a column to each term of any name; what is told of
    terms is an array with a row a document and a column a term, what comes out has one an idea."""

    def __init__(self, snapshot: Snapshot, ideas: Sequence[Idea]) -> None:
        self.columns: dict[str, int] = {}
        #: How much each idea tells: the idf of its rarest term, or of its first name's.
        self.tells: Floats = np.array([_tells(snapshot, idea) for idea in ideas], np.float32)
        shares: list[float] = []
        near: list[bool] = []
        self._terms: list[list[int]] = []
        self._ideas: list[int] = []
        self._own: list[bool] = []
        for number, idea in enumerate(ideas):
            for terms, share, is_near in _names(snapshot, idea):
                self._terms.append([self._column(term) for term in terms])
                self._ideas.append(number)
                self._own.append(terms == idea.word.terms)
                shares.append(share)
                near.append(is_near)
        self._shares: Floats = np.array(shares, np.float32)
        self._near = np.array(near)
        self._first = np.array([columns[0] for columns in self._terms])
        self._starts = np.searchsorted(self._ideas, np.arange(len(ideas)))

    def _column(self, term: str) -> int:
        return self.columns.setdefault(term, len(self.columns))

    def worth(self, by_term: Floats) -> Floats:
        """What the best name of each idea is worth. An idea of several terms is worth their sum;
        another name of several counts only where all of them are, as their mean."""
        worth = by_term[:, self._first]
        for name, columns in self._several():
            some = by_term[:, columns]
            if self._own[name]:
                worth[:, name] = some.sum(axis=1)
            else:
                worth[:, name] = some.mean(axis=1) * (some > 0).all(axis=1)
        best: Floats = np.maximum.reduceat(worth * self._shares, self._starts, axis=1)
        return best

    def held(self, by_term: Flags) -> Flags:
        """Whether all terms of any name that is near to an idea are there."""
        held = by_term[:, self._first]
        for name, columns in self._several():
            held[:, name] = by_term[:, columns].all(axis=1)
        any_of: Flags = np.logical_or.reduceat(held & self._near, self._starts, axis=1)
        return any_of

    def foremost(self) -> tuple[Array, Floats]:
        """For each term the idea that it tells most of, and its share in that."""
        ideas, shares = np.zeros(len(self.columns), np.int64), np.zeros(len(self.columns))
        for idea, columns, share in zip(self._ideas, self._terms, self._shares, strict=True):
            for column in columns:
                if share / len(columns) > shares[column]:
                    ideas[column], shares[column] = idea, share / len(columns)
        return ideas, shares.astype(np.float32)

    def _several(self) -> Iterator[tuple[int, list[int]]]:
        return ((name, some) for name, some in enumerate(self._terms) if len(some) > 1)


def _names(snapshot: Snapshot, idea: Idea) -> Iterator[tuple[Key, float, bool]]:
    """An idea's names, its own first, what each counts, and whether it is near to the idea. A name
    that is rarer must not count more than the idea's own."""
    own = idea.word.terms
    if own:
        yield own, 1.0, True
    tells = sum(map(snapshot.idf, own))
    for terms, share in idea.names:
        counts = share * min(1.0, tells / max(map(snapshot.idf, terms))) if own else share
        yield terms, counts, share >= _NEAR


def _tells(snapshot: Snapshot, idea: Idea) -> float:
    terms = idea.word.terms or idea.names[0].terms
    return max(map(snapshot.idf, terms))
