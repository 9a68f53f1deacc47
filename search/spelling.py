"""Words nobody wrote: what was probably meant, from documents that everyone may read.

An edit is one letter added, left out, changed, or two neighbours swapped (Damerau, "A technique for
computer detection and correction of spelling errors", 1964).
"""

from typing import NamedTuple

from .scripts import is_paired
from .snapshot import Snapshot

MIN_LETTERS = 4
TWO_EDITS_FROM_LETTERS = 8
_MAX_FOUND = 5


class Spelling(NamedTuple):
    """A word of the index near to what was typed, and how many edits away it is."""

    word: str
    edits: int


def respellings(snapshot: Snapshot, typed: str) -> list[Spelling]:
    """At most five words as near as any is to a folded word, the likeliest first."""
    if len(typed) < MIN_LETTERS or not typed.isalpha() or is_paired(typed):
        return []
    furthest = 2 if len(typed) >= TWO_EDITS_FROM_LETTERS else 1
    for edits in range(1, furthest + 1):
        if found := _at(snapshot, typed, edits):
            return [Spelling(word, edits) for word in found[:_MAX_FOUND]]
    return []


def _at(snapshot: Snapshot, typed: str, edits: int) -> list[str]:
    """Words that live documents hold, so many edits away; the likeliest first."""
    sieved = {word for segment in snapshot.segments for word in segment.lexicon.near(typed, edits)}
    near = [word for word in sieved if distance(typed, word, edits) == edits]
    counted = [(word[0] != typed[0], -_public_holding(snapshot, word), word) for word in near]
    return [word for _, holding, word in sorted(counted) if holding]


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
    return len(snapshot.postings("spelling", word)[0])
