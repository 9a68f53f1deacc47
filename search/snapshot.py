"""One generation of the index, as arrays over all its documents.

What may be told to whom is settled here: every statistic (number of documents, how many hold a
term, average length) is counted over the documents that everyone may read. A document that only a
few may read can be found by them and moves nobody's scores.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from .columns import Array
from .documents import EVERYONE
from .inverted import Numbers
from .ragged import Ragged
from .ranking import Floats, idf, impact_table
from .segments import Segment, Values

Mask = npt.NDArray[np.bool_]
Result = TypeVar("Result")

#: What is kept for the next query: postings (eight bytes each), masks (a byte a document).
_KEPT_POSTINGS = 4_000_000
_KEPT_MASKS = 64
_KEPT_COUNTS = 50_000
#: From this part of all documents on, they are many.
_MANY = 8


_NO_IMPACTS: Floats = np.zeros(0, np.float32)


class Scored(NamedTuple):
    """The documents that hold a term, deleted ones too, and what it adds to the score of each."""

    numbers: Numbers
    impacts: Floats


class Snapshot:
    """Everything a search reads; never changes, and is replaced when the index does."""

    def __init__(self, parts: list[tuple[Segment, Iterable[int]]], values: Values) -> None:
        self.segments = [segment for segment, _ in parts]
        self.values = values
        self._starts: list[int] = np.cumsum([0, *(s.count for s in self.segments)]).tolist()
        self.count = self._starts[-1]
        self.live: Mask = np.ones(self.count, np.bool_)
        for start, (_, deleted) in zip(self._starts, parts, strict=False):
            self.live[np.fromiter(deleted, np.int64) + start] = False
        self._worked_out: dict[str, Any] = {}
        self._masks: dict[Any, Mask] = {}
        self._scored: dict[str, Scored] = {}
        self._scored_size = 0
        self._holding: dict[str, int] = {}
        self.public = self.readable({EVERYONE})
        self.public_count = int(np.count_nonzero(self.public))
        lengths = self.joined(lambda s: s.lengths)
        # A sum of whole numbers in float64 is exact: the order of documents does not show in it.
        total = lengths[self.public].sum(dtype=np.float64)
        self.average_length = float(total / max(self.public_count, 1))
        self._impacts = impact_table(self.average_length)
        #: What `widening.py` worked out of this generation.
        self.gains: dict[Any, tuple[Numbers, Floats]] = {}
        #: And `standing.py`, for a day.
        self.standing: tuple[date, Floats | None] | None = None

    def _kept(self, name: str, column: Callable[[Segment], Array]) -> Array:
        return self.worked_out(name, lambda _: self.joined(column))

    def joined(self, column: Callable[[Segment], Array]) -> Array:
        """A column over all documents."""
        columns = [column(segment) for segment in self.segments]
        if len(columns) == 1:
            return columns[0]
        return np.concatenate(columns) if columns else np.zeros(0, np.int32)

    def numbered(self, documents: Callable[[Segment], Numbers]) -> Numbers:
        """Numbers of documents in each segment, as numbers over all."""
        return self._shifted([documents(segment) for segment in self.segments])

    def _shifted(self, columns: list[Numbers]) -> Numbers:
        if len(columns) == 1:
            return columns[0]
        shifted = [c + np.int32(s) for c, s in zip(columns, self._starts, strict=False) if len(c)]
        return np.concatenate(shifted) if shifted else np.zeros(0, np.int32)

    @property
    def posted_on(self) -> Array:
        """The day of each document, as a proleptic ordinal."""
        return self._kept("posted_on", lambda s: s.cards.posted_on)

    @property
    def posted_at(self) -> Array:
        """The moment of each document, in µs UTC."""
        return self._kept("posted_at", lambda s: s.cards.posted_at)

    @property
    def keys(self) -> Array:
        """The beginning of the id of each document, as a number."""
        return self._kept("keys", lambda s: s.cards.keys)

    def single(self, name: str) -> Array:
        """The value of a fact of each document, as a number of `values`."""
        return self._kept(name, lambda s: s.singles[name])

    def several(self, name: str) -> Ragged:
        """The values of a fact of several of each document, as numbers of `values`."""
        return self.worked_out(name, lambda _: self._several(name))

    def values_of(self, name: str, numbers: Array) -> Array:
        """The values of a fact of several of some documents, end to end."""
        rows = self.several(name)
        if len(numbers) < self.count // _MANY:
            return rows.spread(numbers)[1]
        # Of many documents, one look at each value is less than three at theirs.
        wanted = self._marked(numbers)
        owners = self.worked_out(f"{name}, whose", lambda _: rows.owners())
        return rows.values[wanted[owners]]

    def _several(self, name: str) -> Ragged:
        lengths = self.joined(lambda s: s.several(name).lengths())
        return Ragged(np.cumsum(lengths), self.joined(lambda s: s.several(name).values))

    def readable(self, audiences: Iterable[str]) -> Mask:
        """Which live documents belong to any of these audiences."""
        return self._kept_mask("readable", audiences, lambda a: self._having("audience", a))

    def having(self, name: str, values: Iterable[str]) -> Mask:
        """Which live documents have one of these values in a fact of one value."""
        return self._kept_mask(name, values, lambda v: self._having(name, v))

    def about(self, topics: Iterable[str]) -> Mask:
        """Which live documents have one of these topics."""
        return self._kept_mask("topics", topics, self._about)

    def _kept_mask(
        self, name: str, values: Iterable[str], make: Callable[[frozenset[str]], Mask]
    ) -> Mask:
        key = name, frozenset(values)
        found = self._masks.get(key)
        if found is None:
            if len(self._masks) >= _KEPT_MASKS:
                self._masks = {}
            found = make(key[1]) & self.live
            found.flags.writeable = False
            self._masks[key] = found
        return found

    def _having(self, name: str, values: Iterable[str]) -> Mask:
        return self.values.chosen(name, values)[self.single(name)]

    def _about(self, topics: Iterable[str]) -> Mask:
        found = np.zeros(self.count, np.bool_)
        documents, values = self.several("topics").spread(np.arange(self.count))
        found[documents[self.values.chosen("topics", topics)[values]]] = True
        return found

    def holding(self, field: str, term: str) -> Mask:
        """Which documents hold a term of a field; deleted ones may be among them."""
        return self._marked(self.numbered(lambda s: s.field(field).holding(term)))

    def beginning(self, field: str, prefix: str) -> Mask:
        """Which documents hold any term of a field that begins so; deleted ones may be among."""
        return self._marked(self.numbered(lambda s: s.field(field).beginning(prefix)))

    def _marked(self, numbers: Numbers) -> Mask:
        found = np.zeros(self.count, np.bool_)
        found[numbers] = True
        return found

    def scored(self, term: str) -> Scored:
        """What a term of the text adds to each document; kept for the next query."""
        found = self._scored.get(term)
        if found is None:
            found = self._score(term)
            if self._scored_size + len(found.numbers) > _KEPT_POSTINGS:
                self._scored, self._scored_size = {}, 0
            self._scored[term] = found
            self._scored_size += len(found.numbers) + 1
        return found

    def _score(self, term: str) -> Scored:
        lists = [segment.text.coded(term) for segment in self.segments]
        numbers = self._shifted([numbers for numbers, _ in lists])
        self._count_holding(term, numbers)
        impacts = [self._impacts.take(codes) for _, codes in lists]
        joined = impacts[0] if len(impacts) == 1 else np.concatenate([*impacts, _NO_IMPACTS])
        joined *= np.float32(self.idf(term))
        return Scored(numbers, joined)

    def idf(self, term: str) -> float:
        """How much a term of the text tells."""
        return idf(self.public_count, self.held(term))

    def held(self, term: str) -> int:
        """How many documents that everyone may read hold a term of the text."""
        found = self._holding.get(term)
        if found is None:
            numbers = self.numbered(lambda s: s.text.holding(term))
            found = self._count_holding(term, numbers)
        return found

    def _count_holding(self, term: str, numbers: Numbers) -> int:
        if len(self._holding) >= _KEPT_COUNTS:
            self._holding = {}
        self._holding[term] = found = int(np.count_nonzero(self.public.take(numbers)))
        return found

    def worked_out(self, name: str, work: "Callable[[Snapshot], Result]") -> "Result":
        """What is worked out of a generation once, when it is first asked for."""
        if name not in self._worked_out:
            self._worked_out[name] = work(self)
        return self._worked_out[name]  # type: ignore[no-any-return]

    def check_size(self) -> None:
        """`IndexDamaged` if a file that is read in place was cut short."""
        for segment in self.segments:
            segment.columns.check_size()

    def placed_segments(self) -> Iterable[tuple[int, Segment]]:
        """Every segment, after the number of its first document."""
        return zip(self._starts, self.segments, strict=False)

    def placed(self, number: int) -> tuple[Segment, int]:
        """The segment of a document, and its number there."""
        part = bisect_right(self._starts, number) - 1
        return self.segments[part], number - self._starts[part]

    def stamp(self, number: int) -> str:
        """The stamp of a document by its number."""
        segment, there = self.placed(number)
        return segment.cards.stamp(there)

    def id(self, number: int) -> str:
        """The id of a document by its number."""
        segment, there = self.placed(number)
        return segment.cards.id(there)
