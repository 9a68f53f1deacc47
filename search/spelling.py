"""Words nobody wrote: what was probably meant, from documents that everyone may read.

An edit is one letter added, left out, changed, or two neighbours swapped (Damerau, 1964). All
words are first sieved by which letters they have, as bits of one number: an edit changes at most
two of them.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .scripts import is_paired
from .segments import Segment
from .snapshot import Snapshot

MIN_LETTERS = 4
TWO_EDITS_FROM_LETTERS = 8
_MAX_FOUND = 5
_MAX_COMPARED = 400


class Spelling(NamedTuple):
    """A word of the index near to what was typed, and how many edits away it is."""

    word: str
    edits: int


def respellings(snapshot: Snapshot, typed: str) -> list[Spelling]:
    """At most five words as near as any is to a folded word, the likeliest first."""
    if len(typed) < MIN_LETTERS or not typed.isalpha() or is_paired(typed):
        return []
    reach = 2 if len(typed) >= TWO_EDITS_FROM_LETTERS else 1
    near: dict[str, int] = {}
    for segment in snapshot.segments:
        for word in _sieved(segment, typed, reach)[:_MAX_COMPARED]:
            if word not in near and (edits := distance(typed, word, reach)) <= reach:
                near[word] = edits
    found: list[tuple[int, bool, int, str]] = []
    for word, edits in near.items():
        holding = _public_holding(snapshot, word)
        if holding and edits:
            found.append((edits, word[0] != typed[0], -holding, word))
    nearest = min((edits for edits, *_ in found), default=0)
    return [Spelling(f[3], f[0]) for f in sorted(found) if f[0] == nearest][:_MAX_FOUND]


def distance(one: str, other: str, limit: int) -> int:
    """Edits from one word to another, or `limit` + 1 when there are more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1] if row[-1] <= limit else limit + 1


def _public_holding(snapshot: Snapshot, word: str) -> int:
    return len(snapshot.postings("spelling", word)[0])


def _sieved(segment: Segment, typed: str, reach: int) -> list[str]:
    letters, lengths = _signatures(segment)
    apart = np.bitwise_count(letters ^ np.uint64(_signature(typed)))
    close = (apart <= 2 * reach) & (np.abs(lengths - len(typed)) <= reach)
    order = np.flatnonzero(close)
    order = order[np.argsort(apart[order], kind="stable")]
    return [segment.spellings[i] for i in order]


@lru_cache(maxsize=256)
def _signatures(segment: Segment) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    words = segment.spellings
    letters = np.array([_signature(word) for word in words], np.uint64)
    return letters, np.array([len(word) for word in words], np.int64)


def _signature(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
