"""The plain facts of documents, as columns: to know, filter, count and order them by.

A fact of few values (kind, team, topic …) is a number into a sorted table of its values.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import numpy as np

from .columns import Array, Columns
from .dictionary import Dictionary, dictionary_columns
from .documents import Document
from .ragged import Ragged

#: Facts of one value each, and those of several.
SINGLE = ("audience", "kind", "state", "team", "author", "author_name")
SEVERAL = ("topics", "topic_names")
#: Plain numbers, one a document.
NUMBERS = ("posted_on", "posted_at", "held_on", "effect")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEY_BYTES = 8


class Cards:
    """What is known of the documents of a segment without their text.

    `posted_on` are proleptic ordinals of days, `posted_at` µs since 1970 in UTC; `keys` are the
    first eight bytes of the ids as numbers, which sort as the ids do, but for equal beginnings.
    `effect` and `held_on` (a day as `posted_on`) are what `standing.py` goes by.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._ids = Dictionary(columns.under("ids"))
        self._stamps = Dictionary(columns.under("stamps"))
        self._by_id: Array = columns["ids.order"]
        self.tables = columns.tables
        self.count = len(self._ids)
        self.keys: Array = columns["ids.keys"]
        self.posted_on: Array = columns["posted_on"]
        self.posted_at: Array = columns["posted_at"]
        self.effect: Array = columns["effect"]
        self.held_on: Array = columns["held_on"]

    def id(self, number: int) -> str:
        """The id of a document by its number."""
        return self._ids[number].decode()

    def ids(self) -> list[str]:
        """All ids, in the order of their numbers."""
        return [id.decode() for id in self._ids]

    def stamp(self, number: int) -> str:
        """The stamp of a document by its number."""
        return self._stamps[number].decode("utf-8", "surrogatepass")

    def stamps(self) -> list[str]:
        """All stamps, in the order of their numbers."""
        return [stamp.decode("utf-8", "surrogatepass") for stamp in self._stamps]

    def single(self, name: str) -> Array:
        """For each document, where in the table of a fact its value stands."""
        return self._columns[name]

    def several(self, name: str) -> Ragged:
        """For each document, where in the table of a fact its values stand."""
        return Ragged(self._columns[f"{name}.ends"], self._columns[f"{name}.values"])

    def number(self, id: str) -> int:
        """The number of a document by its id, deleted ones too; -1 for none."""
        wanted = id.encode()
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            if self._ids[int(self._by_id[middle])] < wanted:
                low = middle + 1
            else:
                high = middle
        if low < self.count and self._ids[int(self._by_id[low])] == wanted:
            return int(self._by_id[low])
        return -1


def card_columns(documents: Sequence[Document]) -> tuple[dict[str, Array], dict[str, list[str]]]:
    """The arrays and tables of some documents, in the order of their numbers."""
    arrays = id_columns([document.id.encode() for document in documents])
    stamps = [document.stamp.encode("utf-8", "surrogatepass") for document in documents]
    arrays |= {f"stamps.{name}": array for name, array in dictionary_columns(stamps).items()}
    arrays |= _times(documents)
    arrays["effect"] = np.fromiter((d.effect for d in documents), np.int8, len(documents))
    tables: dict[str, list[str]] = {}
    for name in SINGLE:
        single = [(getattr(document, name),) for document in documents]
        tables[name], arrays[name] = _table(single)
    for name in SEVERAL:
        rows = [tuple(dict.fromkeys(getattr(document, name))) for document in documents]
        tables[name], arrays[f"{name}.values"] = _table(rows)
        arrays[f"{name}.ends"] = np.cumsum([len(row) for row in rows], dtype=np.int64)
    return arrays, tables


def _times(documents: Sequence[Document]) -> dict[str, Array]:
    count = len(documents)
    posted = (document.posted_on.toordinal() for document in documents)
    held = ((document.held_on or document.posted_on).toordinal() for document in documents)
    moments = ((d.posted_at - _EPOCH) // timedelta(microseconds=1) for d in documents)
    return {
        "posted_on": np.fromiter(posted, np.int32, count),
        "held_on": np.fromiter(held, np.int32, count),
        "posted_at": np.fromiter(moments, np.int64, count),
    }


def id_columns(ids: Sequence[bytes]) -> dict[str, Array]:
    """The ids of documents, their order, and their beginnings as numbers."""
    arrays = {f"ids.{name}": array for name, array in dictionary_columns(ids).items()}
    arrays["ids.order"] = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int32)
    beginnings = b"".join(id[:_KEY_BYTES].ljust(_KEY_BYTES, b"\0") for id in ids)
    arrays["ids.keys"] = np.frombuffer(beginnings, ">u8").astype(np.uint64)
    return arrays


def _table(rows: Iterable[tuple[Any, ...]]) -> tuple[list[str], Array]:
    """The different values in order, and where in it each value of the rows stands."""
    values = list(chain.from_iterable(rows))
    table = sorted(set(values))
    places = {value: place for place, value in enumerate(table)}
    return table, np.fromiter((places[value] for value in values), np.int32, len(values))
