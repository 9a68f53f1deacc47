"""Words nobody wrote: what was probably meant, from documents that everyone may read.

An edit is one letter added, left out, changed, or two neighbours swapped (Damerau, "A technique for
computer detection and correction of spelling errors", 1964).
"""

from typing import NamedTuple

import numpy as np

from .scripts import is_paired
from .snapshot import Snapshot

MIN_LETTERS = 4
TWO_EDITS_FROM_LETTERS = 8
_MAX_FOUND = 5
_SWAPPED = 4.0
_OTHER_START = 0.1


class Spelling(NamedTuple):
    """A word of the index near to what was typed, and how many edits away it is."""

    word: str
    edits: int


def respellings(snapshot: Snapshot, typed: str, *, furthest: int = 2) -> list[Spelling]:
    """At most five words as near as any is to a folded word, the likeliest first."""
    if len(typed) < MIN_LETTERS or not typed.isalpha() or is_paired(typed):
        return []
    if len(typed) < TWO_EDITS_FROM_LETTERS:
        furthest = 1
    for edits in range(1, furthest + 1):
        if found := _at(snapshot, typed, edits):
            return [Spelling(word, edits) for word in found[:_MAX_FOUND]]
    return []


def _at(snapshot: Snapshot, typed: str, edits: int) -> list[str]:
    """Words that live documents hold, so many edits away; the likeliest first."""
    sieved = {
        segment.words.terms[number]
        for segment in snapshot.segments
        for number in segment.lexicon.near(typed, edits)
    }
    near = [word for text in sieved if distance(typed, word := text.decode(), edits) == edits]
    counted = [(_likelihood(typed, word, _public_holding(snapshot, word)), word) for word in near]
    ordered = sorted(counted, key=lambda one: (-one[0], one[1]))
    return [word for likelihood, word in ordered if likelihood]


def _likelihood(typed: str, word: str, holding: int) -> float:
    """How likely a word was meant, up to a factor: common words are; first letters are seldom
    wrong, unless two neighbours were swapped, which is the commonest slip of all."""
    if sorted(typed) == sorted(word):
        return holding * _SWAPPED
    return holding * (_OTHER_START if typed[0] != word[0] else 1.0)


def distance(one: str, other: str, limit: int) -> int:
    """Edits from one word to another, or `limit` + 1 when there are more."""
    one, other = _apart(one, other)
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


def _apart(one: str, other: str) -> tuple[str, str]:
    """The two words without the beginning and the end that they share."""
    start, shorter = 0, min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


def _public_holding(snapshot: Snapshot, word: str) -> int:
    numbers = snapshot.numbered(lambda segment: segment.words.holding(word))
    return int(np.count_nonzero(snapshot.public[numbers]))
