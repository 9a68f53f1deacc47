"""Several segments' columns into one: what gathering the same documents anew would give.

Lists are laid where they belong by counting, without sorting: in each term's list, the documents of
one segment follow those of the segment before.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .cards import NUMBERS, SEVERAL, SINGLE, id_columns
from .columns import Array, Columns
from .dictionary import Dictionary, dictionary_columns
from .inverted import Lists, inverted_columns
from .lexicons import lexicon_columns
from .ragged import Ragged

_FIELDS = ("text", "words", "facts")


class Part(NamedTuple):
    """A segment's columns, and the numbers of the documents to keep of it, in order."""

    columns: Columns
    kept: npt.NDArray[np.int64]


class _Source(NamedTuple):
    """A part with the new number of each of its documents, -1 for those left behind."""

    columns: Columns
    kept: Array
    renumbered: Array


def poured(parts: Sequence[Part]) -> Columns:
    """One segment's columns of the documents kept, in the order of the parts."""
    sources, before = [], 0
    for columns, kept in parts:
        renumbered = np.full(len(columns["lengths"]), -1, np.int32)
        renumbered[kept] = np.arange(before, before + len(kept))
        sources.append(_Source(columns, kept, renumbered))
        before += len(kept)
    arrays = {"lengths": _joined(sources, lambda s: s.columns["lengths"][s.kept])}
    terms: dict[str, tuple[list[bytes], list[Array]]] = {}
    for field in _FIELDS:
        lengths = arrays["lengths"] if field == "text" else None
        lists, terms[field] = _lists(sources, field)
        arrays |= inverted_columns(field, terms[field][0], lists, lengths)
    arrays |= lexicon_columns(terms["words"][0])
    arrays |= _stream(sources, terms["text"][1]) | _parts(sources)
    cards, tables = _cards(sources)
    return Columns(arrays | cards, tables)


def _joined(sources: Sequence[_Source], column: Callable[[_Source], Array]) -> Array:
    return np.concatenate([column(source) for source in sources])


def _lists(sources: Sequence[_Source], field: str) -> tuple[Lists, tuple[list[bytes], list[Array]]]:
    """The lists of one field; its terms, and what number each source's terms have among them."""
    kept = [_kept_lists(source, field) for source in sources]
    terms, numbers = _united([_texts(s, field) for s in sources], [k.counts for k in kept])
    counts = np.zeros(len(terms), np.int64)
    for lists, new in zip(kept, numbers, strict=True):
        counts[new[new >= 0]] += lists.counts[new >= 0]
    ends = np.cumsum(counts)
    free = ends - counts
    documents = np.zeros(int(counts.sum()), np.int32)
    weights = np.zeros(len(documents), np.uint8)
    for lists, new in zip(kept, numbers, strict=True):
        held = np.flatnonzero(lists.counts)
        lengths, targets = lists.counts[held], new[held]
        shift = free[targets] - (np.cumsum(lengths) - lengths)
        places = np.repeat(shift, lengths) + np.arange(len(lists.numbers))
        documents[places], weights[places] = lists.numbers, lists.weights
        free[targets] += lengths
    return Lists(ends, documents, weights.astype(np.int64)), (terms, numbers)


class _Kept(NamedTuple):
    counts: Array
    numbers: Array
    weights: Array


def _kept_lists(source: _Source, field: str) -> _Kept:
    """The lists of a source without the documents left behind."""
    columns = source.columns.under(field)
    numbers = source.renumbered[columns["numbers"]]
    weights = columns["codes"] >> 8 if field == "text" else np.ones(len(numbers), np.uint8)
    counts = np.diff(columns["lists"], prepend=0)
    if len(source.kept) == len(source.renumbered):
        return _Kept(counts, numbers, weights)
    live = numbers >= 0
    terms = np.repeat(np.arange(len(counts)), counts)
    counts = np.bincount(terms[live], minlength=len(counts))
    return _Kept(counts, numbers[live], weights[live])


def _texts(source: _Source, field: str) -> list[bytes]:
    return list(Dictionary(source.columns.under(field)))


def _united(
    texts: Sequence[list[bytes]], counts: Sequence[Array]
) -> tuple[list[bytes], list[Array]]:
    """The sorted terms that are still held, and the new number of each source's terms, or -1."""
    held = [
        [text for text, n in zip(some, of.tolist(), strict=True) if n]
        for some, of in zip(texts, counts, strict=True)
    ]
    united = sorted(set().union(*held))
    places = {text: place for place, text in enumerate(united)}
    numbers = [
        np.fromiter((places.get(text, -1) for text in some), np.int64, len(some)) for some in texts
    ]
    return united, numbers


def _stream(sources: Sequence[_Source], numbers: Sequence[Array]) -> dict[str, Array]:
    """The streams of the documents kept, in the new numbers of their terms."""
    lengths, pieces = [], []
    for source, new in zip(sources, numbers, strict=True):
        rows = Ragged(source.columns["stream.ends"], source.columns["stream.terms"])
        lengths.append(rows.lengths()[source.kept])
        _, terms = rows.spread(source.kept)
        # A gap, -1, takes the last place: it stays a gap.
        pieces.append(np.append(new, -1)[terms].astype(np.int32))
    return {
        "stream.terms": np.concatenate(pieces),
        "stream.ends": np.cumsum(np.concatenate(lengths)),
    }


def _parts(sources: Sequence[_Source]) -> dict[str, Array]:
    rows = [Ragged(s.columns["parts.ends"], s.columns["parts.values"]) for s in sources]
    picked = [row.spread(s.kept)[1] for row, s in zip(rows, sources, strict=True)]
    lengths = [row.lengths()[s.kept] for row, s in zip(rows, sources, strict=True)]
    return {
        "parts.values": np.concatenate(picked),
        "parts.ends": np.cumsum(np.concatenate(lengths), dtype=np.int64),
    }


def _cards(sources: Sequence[_Source]) -> tuple[dict[str, Array], dict[str, list[str]]]:
    arrays = id_columns(_picked(sources, "ids"))
    stamps = dictionary_columns(_picked(sources, "stamps"))
    arrays |= {f"stamps.{name}": array for name, array in stamps.items()}
    for name in NUMBERS:
        arrays[name] = _joined(sources, lambda s, n=name: s.columns[n][s.kept])  # type: ignore[misc]
    tables: dict[str, list[str]] = {}
    for name in SINGLE:
        picked = [source.columns[name][source.kept] for source in sources]
        tables[name], arrays[name] = _table(sources, name, picked)
    for name in SEVERAL:
        rows = [Ragged(s.columns[f"{name}.ends"], s.columns[f"{name}.values"]) for s in sources]
        picked = [row.spread(s.kept)[1] for row, s in zip(rows, sources, strict=True)]
        tables[name], arrays[f"{name}.values"] = _table(sources, name, picked)
        lengths = [row.lengths()[s.kept] for row, s in zip(rows, sources, strict=True)]
        arrays[f"{name}.ends"] = np.cumsum(np.concatenate(lengths), dtype=np.int64)
    return arrays, tables


def _picked(sources: Sequence[_Source], name: str) -> list[bytes]:
    found: list[bytes] = []
    for source in sources:
        texts = list(Dictionary(source.columns.under(name)))
        found.extend(texts[number] for number in source.kept.tolist())
    return found


def _table(
    sources: Sequence[_Source], name: str, picked: Sequence[Array]
) -> tuple[list[str], Array]:
    """A table of the values still used, and the values picked as numbers into it."""
    tables = [source.columns.tables[name] for source in sources]
    used = [
        {table[number] for number in np.unique(some).tolist()}
        for table, some in zip(tables, picked, strict=True)
    ]
    united = sorted(set().union(*used))
    places = {value: place for place, value in enumerate(united)}
    codes = [
        np.array([places.get(value, -1) for value in table], np.int32)[some]
        for table, some in zip(tables, picked, strict=True)
    ]
    return united, np.concatenate(codes).astype(np.int32)
