"""The words of one segment, laid out to be looked up by their beginning or by their letters."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from .postings import Numbers

_LAST_LETTER = "\U0010ffff"


class Titles:
    """The words of titles in sorted order, each followed to the documents that have it."""

    def __init__(self, titles: Sequence[str]) -> None:
        found: dict[str, list[int]] = {}
        for number, title in enumerate(titles):
            for word in title.split():
                found.setdefault(word, []).append(number)
        self._words = sorted(found)
        lists = [found[word] for word in self._words]
        self._starts = np.cumsum([0, *(len(numbers) for numbers in lists)])
        self._numbers = np.array([number for numbers in lists for number in numbers], np.int32)

    def beginning(self, prefix: str) -> Numbers:
        """The documents with a word that begins so; a document may come twice."""
        low = bisect_left(self._words, prefix)
        high = bisect_left(self._words, prefix + _LAST_LETTER, low)
        return self._numbers[self._starts[low] : self._starts[high]]


class Lexicon:
    """Words sieved by their letters, as bits of one number: an edit changes at most two of them."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._letters = np.array([_letters(word) for word in words], np.uint64)
        self._lengths = np.array([len(word) for word in words], np.int64)

    def near(self, word: str, edits: int) -> list[str]:
        """Every word that can be so many edits from another, and some that are more."""
        apart = np.bitwise_count(self._letters ^ np.uint64(_letters(word)))
        close = (apart <= 2 * edits) & (np.abs(self._lengths - len(word)) <= edits)
        return [self._words[int(i)] for i in np.flatnonzero(close)]


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
