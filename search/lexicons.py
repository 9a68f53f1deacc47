"""The words of a segment, laid out to be found by their letters when one of them is wrong.

A word is sieved by two sets of 64 bits: its letters, and its pairs of neighbouring letters. An edit
changes at most two bits of the one and six of the other. Words lie in the order of their lengths,
so that only those of about the right length are looked at.
"""

from collections.abc import Sequence

import numpy as np

from .columns import Array, Columns

_LETTERS = range(3, 33)
_BITS = 63
#: What one edit may change at most: two neighbours swapped end three pairs and begin three.
_LETTERS_CHANGED, _PAIRS_CHANGED = 2, 6


class Lexicon:
    """Words of 3 to 32 letters, by where they stand among the terms of the segment."""

    def __init__(self, columns: Columns) -> None:
        self._words = columns["words"]
        self._letters = columns["letters"]
        self._pairs = columns["pairs"]
        self._ends = columns["ends"]

    def near(self, word: str, edits: int) -> list[int]:
        """The numbers of all words that can be so many edits from another, and of some others."""
        (letters,), (pairs,) = _sieves([word])
        low = self._start(len(word) - edits)
        high = self._start(len(word) + edits + 1)
        apart = np.bitwise_count(self._letters[low:high] ^ letters)
        close = np.flatnonzero(apart <= _LETTERS_CHANGED * edits) + low
        apart = np.bitwise_count(self._pairs[close] ^ pairs)
        found: list[int] = self._words[close[apart <= _PAIRS_CHANGED * edits]].tolist()
        return found

    def _start(self, length: int) -> int:
        """Where the words of so many letters begin."""
        return int(self._ends[min(max(length - 1, 0), len(self._ends) - 1)])


def lexicon_columns(words: Sequence[bytes]) -> dict[str, Array]:
    """The arrays of a lexicon of the terms that are words."""
    texts = [word.decode("utf-8", "surrogatepass") for word in words]
    lengths = np.array(
        [len(t) if len(t) in _LETTERS and t.isalpha() else 0 for t in texts], np.int64
    )
    order = np.argsort(lengths, kind="stable")
    order = order[np.count_nonzero(lengths == 0) :]
    letters, pairs = _sieves([texts[number] for number in order])
    return {
        "lexicon.words": order.astype(np.int32),
        "lexicon.letters": letters,
        "lexicon.pairs": pairs,
        "lexicon.ends": np.searchsorted(lengths[order], np.arange(_LETTERS.stop + 1), "right"),
    }


def _sieves(words: Sequence[str]) -> tuple[Array, Array]:
    """The bits of the letters and of the pairs of each word."""
    longest = max(map(len, words), default=1)
    codes = np.array(words, f"U{longest}").view(np.uint32).reshape(len(words), longest)
    there = codes != 0
    letters = np.left_shift(there.astype(np.uint64), codes & _BITS)
    mixed = codes[:, :-1] * np.uint32(31) + codes[:, 1:]
    pairs = np.left_shift(there[:, 1:].astype(np.uint64), mixed & _BITS)
    return np.bitwise_or.reduce(letters, axis=1), np.bitwise_or.reduce(pairs, axis=1)
