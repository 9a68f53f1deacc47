"""From lessons to the columns of a segment: a batch at a time, hardly anything a word at a time.

Each different token of a batch is analysed once; what follows is arithmetic on arrays of numbers.
"""

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .analyzers import Word, analysed, is_stop_word
from .cards import card_columns
from .columns import Array, Columns
from .composite import FACTS, parts, value_of_kind
from .documents import Document
from .inverted import inverted_columns, lists_of
from .lengths import length_bytes
from .lexicons import lexicon_columns
from .ragged import Ragged, ragged
from .scripts import tokens

#: Stands between two parts of a lesson in the stream, so that no phrase reaches across.
GAP = -1


class Gathered:
    """The documents of one segment, as they come."""

    def __init__(self) -> None:
        self._documents: list[Document] = []
        self._tokens = _Numbered({"": 0})
        self._written = array("i")
        self._runs: list[tuple[int, int, int, int]] = []
        self._parts: list[list[int]] = []

    def add(self, document: Document) -> None:
        """One more document, in the order of their numbers."""
        number, written, told = len(self._documents), self._written, list(parts(document))
        for part in told:
            before = len(written)
            written.extend(map(self._tokens.__getitem__, tokens(part.text)))
            written.append(0)
            self._runs.append((number, part.fact, part.weight, len(written) - before))
        self._parts.append([part.part for part in told])
        self._documents.append(document)

    def columns(self) -> Columns:
        """Everything gathered, as a segment keeps it."""
        count = len(self._documents)
        runs = np.array(self._runs, np.int64).reshape(-1, 4)
        places = np.repeat(np.arange(len(runs)), runs[:, 3])
        occurred = _Occurred(
            np.frombuffer(self._written, np.int32),
            *(runs[places, column] for column in range(3)),
        )
        spoken = _Spoken([analysed(token) for token in self._tokens])
        cards, tables = card_columns(self._documents)
        kinds = [value_of_kind(document.kind) for document in self._documents]
        arrays = {
            **cards,
            **_text(occurred, spoken, count),
            **_words(occurred, spoken, count),
            **_facts(occurred, spoken, kinds),
            **_stream(occurred, spoken, count),
            **_parts(self._parts),
        }
        return Columns(arrays, tables)


class _Numbered(dict[str, int]):
    """Tokens numbered as they are first asked for."""

    def __missing__(self, token: str) -> int:
        self[token] = number = len(self)
        return number


class _Occurred(NamedTuple):
    """Every token as it was written: its number, document, kind of fact, weight; 0 is a gap."""

    tokens: Array
    documents: Array
    facts: Array
    weights: Array


class _Spoken:
    """The different tokens of a batch, analysed: rows of terms, forms and plain words for each."""

    def __init__(self, words: Sequence[Word]) -> None:
        terms = _Numbering(text for word in words for text in (*word.terms, *word.forms))
        plain = _Numbering(text for word in words for text in word.plain)
        self.terms, self.plain_words = terms.texts, plain.texts
        rows = [terms.of(word.terms) for word in words]
        self.written = ragged(rows)
        rows[0] = [GAP]
        self.streamed = ragged(rows)
        self.forms = ragged(terms.of(word.forms) for word in words)
        self.plain = ragged(plain.of(word.plain) for word in words)
        self.telling = np.array([not is_stop_word(word) for word in words])


class _Numbering:
    """Different texts, numbered in the order of their UTF-8 bytes."""

    def __init__(self, texts: Iterable[str]) -> None:
        encoded = {text: text.encode("utf-8", "surrogatepass") for text in texts}
        self.texts = sorted(encoded.values())
        numbers = {text: number for number, text in enumerate(self.texts)}
        self._numbers = {text: numbers[as_bytes] for text, as_bytes in encoded.items()}

    def of(self, texts: Iterable[str]) -> list[int]:
        return [self._numbers[text] for text in texts]


def _text(occurred: _Occurred, spoken: _Spoken, count: int) -> dict[str, Array]:
    """The scored field. Stop words and further forms add nothing to a document's length."""
    at, terms = spoken.written.spread(occurred.tokens)
    form_at, forms = spoken.forms.spread(occurred.tokens)
    counted = occurred.weights[at] * spoken.telling[occurred.tokens[at]]
    lengths = np.bincount(occurred.documents[at], weights=counted, minlength=count)
    places = np.concatenate([at, form_at])
    lists = lists_of(
        np.concatenate([terms, forms]),
        occurred.documents[places],
        occurred.weights[places],
        count=len(spoken.terms),
        among=count,
    )
    coded = length_bytes(lengths.astype(np.int64))
    return {**inverted_columns("text", spoken.terms, lists, coded), "lengths": coded}


def _words(occurred: _Occurred, spoken: _Spoken, count: int) -> dict[str, Array]:
    """Plain words as written, to look up by their beginning or by their letters."""
    at, words = spoken.plain.spread(occurred.tokens)
    lists = lists_of(
        words, occurred.documents[at], np.ones_like(at), count=len(spoken.plain_words), among=count
    )
    found = inverted_columns("words", spoken.plain_words, lists)
    return {**found, **lexicon_columns(spoken.plain_words)}


def _facts(occurred: _Occurred, spoken: _Spoken, kinds: list[str]) -> dict[str, Array]:
    """Field words: terms of title, topics, team and author, and of titles also as written."""
    found = [
        _fact(occurred, spoken.written, spoken.terms, number, f"{name}:")
        for number, name in enumerate(FACTS)
        if name
    ]
    title = FACTS.index("title")
    found.append(_fact(occurred, spoken.plain, spoken.plain_words, title, "begins:"))
    found.append(_fact(occurred, spoken.forms, spoken.terms, title, "begins:"))
    named = [f"kind:{kind}".encode() for kind in kinds]
    different = sorted({*named, *(text for texts, _, _ in found for text in texts)})
    numbers = {text: number for number, text in enumerate(different)}
    facts = [np.array([numbers[text] for text in texts], np.int64)[of] for texts, of, _ in found]
    facts.append(np.array([numbers[text] for text in named], np.int64))
    documents = [documents for _, _, documents in found]
    documents.append(np.arange(len(kinds)))
    joined = np.concatenate(facts)
    lists = lists_of(
        joined,
        np.concatenate(documents),
        np.ones_like(joined),
        count=len(different),
        among=len(kinds),
    )
    return inverted_columns("facts", different, lists)


def _fact(
    occurred: _Occurred, rows: Ragged, texts: list[bytes], fact: int, prefix: str
) -> tuple[list[bytes], Array, Array]:
    """Different texts of one kind of fact; for each time one occurs, which, and the document."""
    here = np.flatnonzero(occurred.facts == fact)
    at, values = rows.spread(occurred.tokens[here])
    different, of = np.unique(values, return_inverse=True)
    return [prefix.encode() + texts[v] for v in different], of, occurred.documents[here][at]


def _stream(occurred: _Occurred, spoken: _Spoken, count: int) -> dict[str, Array]:
    """The terms of each document in the order they were written, with gaps between its parts."""
    at, terms = spoken.streamed.spread(occurred.tokens)
    lengths: npt.NDArray[np.int64] = np.bincount(occurred.documents[at], minlength=count)
    return {"stream.terms": terms.astype(np.int32), "stream.ends": np.cumsum(lengths)}


def _parts(told: list[list[int]]) -> dict[str, Array]:
    """Which parts each document has, in the order of its stream, where a gap ends each of them."""
    rows = ragged(told)
    return {"parts.values": rows.values.astype(np.uint8), "parts.ends": rows.ends}
