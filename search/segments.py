"""One segment of the index, opened: its columns on the map, ready to be searched.

A segment never changes once it is written; what is derived from it never grows old. Which of its
documents are deleted is not its own affair but that of a generation (`snapshot.py`).
"""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .cards import SEVERAL, SINGLE, Cards
from .columns import Columns
from .inverted import Inverted, Numbers
from .lengths import LENGTHS
from .lexicons import Lexicon
from .ragged import Ragged


class Values:
    """Small numbers for the values of facts, the same in all segments of a process."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, int]] = {name: {} for name in (*SINGLE, *SEVERAL)}

    def encode(self, name: str, values: Iterable[str]) -> Numbers:
        """The number of each value; new values get the next one."""
        known = self._numbers[name]
        return np.array([known.setdefault(value, len(known)) for value in values], np.int32)

    def chosen(self, name: str, values: Iterable[str]) -> npt.NDArray[np.bool_]:
        """For each number, whether it stands for one of these values."""
        known = self._numbers[name]
        table = np.zeros(len(known), np.bool_)
        numbers = (known.get(value, len(table)) for value in values)
        # A value that another thread has only just met stands in no segment that is asked here.
        table[[number for number in numbers if number < len(table)]] = True
        return table

    def all(self, name: str) -> list[str]:
        """All values, in the order of their numbers."""
        return list(self._numbers[name])


class Segment:
    """What a search needs of one segment. Closed by dropping the last reference."""

    def __init__(self, columns: Columns, values: Values) -> None:
        self.columns = columns
        self.cards = Cards(columns)
        self.count = self.cards.count
        tables = columns.tables
        self.singles = {
            name: values.encode(name, tables[name])[self.cards.single(name)] for name in SINGLE
        }
        self._several = {
            name: values.encode(name, tables[name])[self.cards.several(name).values]
            for name in SEVERAL
        }
        self.lengths = LENGTHS[columns["lengths"]]
        self.text = Inverted(columns.under("text"), coded=True)

    @cached_property
    def words(self) -> Inverted:
        """The plain words as written, and who holds them."""
        return Inverted(self.columns.under("words"))

    @cached_property
    def facts(self) -> Inverted:
        """What field words and the beginnings of titles are looked up in."""
        return Inverted(self.columns.under("facts"))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The plain words by their letters."""
        return Lexicon(self.columns.under("lexicon"))

    @cached_property
    def stream(self) -> Ragged:
        """The terms of each document as they were written, with gaps between its parts."""
        return Ragged(self.columns["stream.ends"], self.columns["stream.terms"])

    @cached_property
    def parts(self) -> Ragged:
        """Which part of a lesson (`composite.PARTS`) each gap of its stream ends."""
        return Ragged(self.columns["parts.ends"], self.columns["parts.values"])

    def several(self, name: str) -> Ragged:
        """The values of a fact of several of each document, as numbers of `Values`."""
        return Ragged(self.cards.several(name).ends, self._several[name])

    def field(self, name: str) -> Inverted:
        """A field by its name: "text", "words" or "facts"."""
        found: Inverted = getattr(self, name)
        return found
