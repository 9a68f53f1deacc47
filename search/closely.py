"""A few documents read part by part: where each word of a plan stands in them, by any name.

A word counts as BM25F has it: its times in each part, by the part's weight and length, are added
up before they are saturated (Robertson, Zaragoza and Taylor, CIKM 2004), so that a word in several
parts counts more than in one, and repetition counts less and less.
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from .composite import PARTS
from .query import Asked
from .ranking import Floats
from .snapshot import Snapshot

_PART_WEIGHTS = {
    "title": 2.0,
    "recommendation": 2.0,
    "applies_when": 3.0,
    "lesson": 1.5,
    "topic": 2.0,
    "not_when": 0.0,
    "author_name": 0.0,
}
_WEIGHTS = np.array([_PART_WEIGHTS.get(part, 1.0) for part in PARTS], np.float32)
_APPLIES, _NOT_WHEN = PARTS.index("applies_when"), PARTS.index("not_when")
_K1 = 2.0
_B = 0.5
#: A part of so many words counts by its weight; a longer one for less, a shorter one for more.
_USUAL_LENGTH = 30
#: What a word counts against a document in whose `not_when` it stands.
_AGAINST = 0.5


class Reading:
    """What was read: for each document (by its place) and word of the plan, how much it holds."""

    def __init__(self, words: Sequence[Asked], tells: Floats, held: Floats, parts: Floats) -> None:
        self._words = words
        self._tells = tells
        #: Which words each document holds at all, in `applies_when`, and in `not_when`.
        self.shared = held > 0
        self.applies = parts[:, _APPLIES] > 0
        self.against = parts[:, _NOT_WHEN] > 0
        self._typed = np.array([bool(word.word.terms) and not word.faint for word in words])
        #: What the words that stand in a document's `not_when` alone count against it.
        self.against_it: Floats = _AGAINST * (self.against & (held == 0)) @ tells

    def told(self, place: int, which: npt.NDArray[np.bool_]) -> tuple[str, ...]:
        """The words of a document among `which`, as typed, those that tell most first."""
        found = np.flatnonzero(which[place] & self._typed)
        return tuple(self._words[n].token for n in self._foremost(found))

    def missing(self, places: Sequence[int]) -> tuple[str, ...]:
        """The words that none of some documents holds, those that tell most first."""
        held = self.shared[list(places)].any(axis=0)
        return tuple(
            self._words[n].token for n in self._foremost(np.flatnonzero(~held & self._typed))
        )

    def _foremost(self, numbers: npt.NDArray[np.int64]) -> list[int]:
        return sorted(numbers.tolist(), key=lambda n: (-float(self._tells[n]), n))


def read_closely(
    snapshot: Snapshot, numbers: Sequence[int], words: Sequence[tuple[Asked, float]]
) -> Reading:
    """Read some documents for some words, each with its weight."""
    names = [
        (place, share, terms)
        for place, (word, _) in enumerate(words)
        for terms, share in [*([(word.word.terms, 1.0)] if word.word.terms else []), *word.related]
    ]
    columns = {term: n for n, term in enumerate(dict.fromkeys(chain(*(t for *_, t in names))))}
    counts, lengths = _counted(snapshot, numbers, columns)
    times = np.zeros((len(numbers), len(PARTS), len(words)), np.float32)
    for place, share, terms in names:
        here = counts[:, :, [columns[term] for term in terms]].min(axis=2)
        times[:, :, place] = np.maximum(times[:, :, place], np.float32(share) * here)
    norms = 1 - _B + _B * lengths / _USUAL_LENGTH
    weighed = ((_WEIGHTS / norms)[:, :, np.newaxis] * times).sum(axis=1)
    tells = np.array([weight * _idf(snapshot, word) for word, weight in words], np.float32)
    return Reading([word for word, _ in words], tells, weighed / (weighed + _K1), times)


def _idf(snapshot: Snapshot, word: Asked) -> float:
    if word.word.terms:
        return max(map(snapshot.idf, word.word.terms))
    return max(max(map(snapshot.idf, other.terms)) for other in word.related)


def _counted(
    snapshot: Snapshot, numbers: Sequence[int], columns: dict[str, int]
) -> tuple[Floats, Floats]:
    """How often each term stands in each part of each document, and how long each part is."""
    counts = np.zeros((len(numbers), len(PARTS), len(columns)), np.float32)
    lengths = np.zeros((len(numbers), len(PARTS)), np.float32)
    of_segment: dict[int, list[tuple[int, int]]] = {}
    starts = dict(enumerate(snapshot.placed_segments()))
    for place, number in enumerate(numbers):
        which = max(n for n, (start, _) in starts.items() if start <= number)
        of_segment.setdefault(which, []).append((place, number - starts[which][0]))
    for which, here in of_segment.items():
        segment = starts[which][1]
        places, there = np.array([p for p, _ in here]), np.array([n for _, n in here])
        rows, terms = segment.stream.spread(there)
        _, parts = segment.parts.spread(there)
        gaps = terms < 0
        part = parts[(np.cumsum(gaps) - gaps)[~gaps]]
        rows, terms = places[rows[~gaps]], terms[~gaps]
        np.add.at(lengths, (rows, part), 1)
        known = {segment.text.terms.find(term): n for term, n in columns.items()}
        known.pop(-1, None)
        wanted = np.array(sorted(known), np.int64)
        if not len(wanted):
            continue
        at = np.minimum(np.searchsorted(wanted, terms), len(wanted) - 1)
        found = wanted[at] == terms
        column = np.array([known[int(term)] for term in wanted])[at[found]]
        np.add.at(counts, (rows[found], part[found], column), 1)
    return counts, lengths
