"""One segment of the index, opened: its terms on the map, its cards as columns.

A segment never changes once it is written; what is derived from it never grows old. Which of its
documents are deleted is not its own affair but that of a generation (`snapshot.py`).
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from .cards import Card, read_cards
from .engine import byte_to_length
from .errors import UNREADABLE, IndexDamaged
from .inplace import InPlaceReader
from .lexicons import Lexicon, Titles
from .postings import Numbers, Weights, decode

#: The facts of a card that documents are filtered by, one value each.
SINGLE = ("audience", "kind", "state", "team", "author")
#: Eight bytes each; the words of many queries.
_KEPT_POSTINGS = 1_000_000
_LENGTHS = np.array([byte_to_length(code) for code in range(256)], np.float32)


class Codes:
    """Small numbers for the values of the cards, the same in all segments of a process."""

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, int]] = {name: {} for name in (*SINGLE, "topic")}

    def encode(self, name: str, values: Iterable[str]) -> Numbers:
        """The number of each value; new values get the next one."""
        known = self._numbers[name]
        return np.array([known.setdefault(value, len(known)) for value in values], np.int32)

    def chosen(self, name: str, values: Iterable[str]) -> npt.NDArray[np.bool_]:
        """For each number, whether it stands for one of these values."""
        known = self._numbers[name]
        table = np.zeros(len(known), np.bool_)
        table[[known[value] for value in values if value in known]] = True
        return table

    def values(self, name: str) -> list[str]:
        """All values, in the order of their numbers."""
        return list(self._numbers[name])


class Segment:
    """What a search needs of one segment. Closed by dropping the last reference."""

    def __init__(self, reader: InPlaceReader, codes: Codes) -> None:
        self._reader = reader
        self._decoded: dict[tuple[str, str], tuple[Numbers, Weights]] = {}
        self._decoded_size = 0
        self.count = int(reader.doc_count_all())
        cards = read_cards(list(reader.stored_column("card")))
        self.cards: list[Card] = cards
        self.singles = {
            name: codes.encode(name, (getattr(card, name) for card in cards)) for name in SINGLE
        }
        self.topics = codes.encode("topic", (topic for card in cards for topic in card.topics))
        self.topic_rows = np.repeat(
            np.arange(self.count, dtype=np.int32), [len(card.topics) for card in cards]
        )
        self.posted_on = np.array([card.posted_on for card in cards], np.int32)
        self.posted_at = np.array([card.posted_at for card in cards], np.int64)
        self.lengths = _text_lengths(reader, self.count)

    def postings(self, field: str, term: str) -> tuple[Numbers, Weights]:
        """The documents of this segment that hold a term, and its weights, deleted ones too."""
        try:
            self._reader.check_size()
            found = self._decoded.get((field, term))
            return self._decode(field, term) if found is None else found
        except UNREADABLE as error:
            raise IndexDamaged("a segment of the search index cannot be read") from error

    def _decode(self, field: str, term: str) -> tuple[Numbers, Weights]:
        """Kept: a commit leaves this segment as it is, and need not slow what follows."""
        found = decode(self._reader, field, term)
        if self._decoded_size > _KEPT_POSTINGS:
            self._decoded, self._decoded_size = {}, 0
        self._decoded[field, term] = found
        self._decoded_size += len(found[0])
        return found

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each document by its id, deleted ones too."""
        return {card.id: number for number, card in enumerate(self.cards)}

    @cached_property
    def titles(self) -> Titles:
        """The words of titles, sorted."""
        return Titles([card.title_words for card in self.cards])

    @cached_property
    def lexicon(self) -> Lexicon:
        """The plain words of the documents that everyone may read."""
        self._reader.check_size()
        return Lexicon([term.decode() for term in self._reader.lexicon("spelling")])


def _text_lengths(reader: Any, count: int) -> npt.NDArray[np.float32]:
    column = reader._perdoc
    if not column.has_column("_text_len"):
        return np.zeros(count, np.float32)
    codes = column._get_column_file("_text_len")[0]
    stored = np.frombuffer(codes.get(0, count), np.uint8)
    lengths = np.zeros(count, np.float32)
    lengths[: len(stored)] = _LENGTHS[stored]
    return lengths
