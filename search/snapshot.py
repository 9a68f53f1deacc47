"""One generation of the index, as arrays over all its documents.

What may be told to whom is settled here: every statistic (number of documents, how many hold a
term, average length) is counted over the documents that everyone may read. A document that only a
few may read can be found by them and moves nobody's scores.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from .cards import Card
from .documents import EVERYONE
from .postings import Numbers, Weights
from .ranking import Floats, idf, impact, length_norm
from .segments import SINGLE, Codes, Segment

Mask = npt.NDArray[np.bool_]
_CACHED_TERMS = 20_000


class Scored(NamedTuple):
    """The live documents that hold a term, what it adds to the score of each, and df, idf."""

    numbers: Numbers
    impacts: Floats
    holding: int
    idf: float


class Snapshot:
    """Everything a search reads; never changes, and is replaced when the index does."""

    def __init__(self, parts: list[tuple[Segment, Any]], codes: Codes) -> None:
        self.segments = [segment for segment, _ in parts]
        self.codes = codes
        self.offsets = np.cumsum([0, *(segment.count for segment in self.segments)])
        self._starts: list[int] = self.offsets.tolist()
        self.count = self._starts[-1]
        self.live = np.ones(self.count, np.bool_)
        for offset, (_, deleted) in zip(self.offsets, parts, strict=False):
            self.live[[int(offset) + number for number in deleted]] = False
        self.singles = {name: self._joined(lambda s, n=name: s.singles[n]) for name in SINGLE}
        self.topics = self._joined(lambda s: s.topics)
        self.topic_rows = self._numbered([s.topic_rows for s in self.segments])
        self.posted_on = self._joined(lambda s: s.posted_on)
        self.posted_at = self._joined(lambda s: s.posted_at)
        lengths = self._joined(lambda s: s.lengths).astype(np.float32)
        self.public = self.live & self.readable({EVERYONE})
        self.public_count = int(np.count_nonzero(self.public))
        # A sum of whole numbers in float64 is exact: the order of documents does not show in it.
        average = lengths[self.public].sum(dtype=np.float64) / max(self.public_count, 1)
        self._norms = length_norm(lengths, float(average))
        self._scored: dict[str, Scored] = {}
        #: What `widening.py` worked out of this generation.
        self.gains: dict[Any, tuple[Numbers, Floats]] = {}

    def _joined(self, column: Any) -> Any:
        columns = [column(segment) for segment in self.segments]
        return np.concatenate(columns) if columns else np.zeros(0, np.int32)

    def _numbered(self, columns: list[Numbers]) -> Numbers:
        shifted = [c + int(offset) for c, offset in zip(columns, self.offsets, strict=False)]
        return np.concatenate(shifted).astype(np.int32) if shifted else np.zeros(0, np.int32)

    def readable(self, audiences: Iterable[str]) -> Mask:
        """Which documents belong to any of these audiences."""
        return self.having("audience", audiences)

    def having(self, name: str, values: Iterable[str]) -> Mask:
        """Which documents have one of these values in a fact of their card."""
        found: Mask = self.codes.chosen(name, values)[self.singles[name]]
        return found

    def about(self, topics: Iterable[str]) -> Mask:
        """Which documents have one of these topics."""
        found = np.zeros(self.count, np.bool_)
        found[self.topic_rows[self.codes.chosen("topic", topics)[self.topics]]] = True
        return found

    def postings(self, field: str, term: str) -> tuple[Numbers, Weights]:
        """The live documents that hold a term in a field, and its weight in each."""
        lists = [segment.postings(field, term) for segment in self.segments]
        numbers = self._numbered([numbers for numbers, _ in lists])
        if not len(numbers):
            return numbers, np.zeros(0, np.float32)
        weights = np.concatenate([weights for _, weights in lists])
        kept = self.live[numbers]
        return numbers[kept], weights[kept]

    def scored(self, term: str) -> Scored:
        """What a term of the text adds to each document; kept for the next query."""
        found = self._scored.get(term)
        if found is None:
            if len(self._scored) >= _CACHED_TERMS:
                self._scored = {}
            self._scored[term] = found = self._score(term)
        return found

    def _score(self, term: str) -> Scored:
        numbers, weights = self.postings("text", term)
        holding = int(np.count_nonzero(self.public[numbers]))
        telling = idf(self.public_count, holding)
        return Scored(numbers, impact(weights, self._norms[numbers], telling), holding, telling)

    def card(self, number: int) -> Card:
        """The card of a document by its number."""
        part = bisect_right(self._starts, number) - 1
        return self.segments[part].cards[number - self._starts[part]]

    def id(self, number: int) -> str:
        """The id of a document by its number."""
        return self.card(number).id

    @cached_property
    def topic_names(self) -> dict[str, int]:
        """Names of topics in documents that everyone may read, and how many have each."""
        cards = (card for segment in self.segments for card in segment.cards)
        named = zip(cards, self.public, strict=True)
        return dict(Counter(name for card, public in named if public for name in card.topic_names))
