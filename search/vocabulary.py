"""What other people call the same thing: the common vocabulary of work, read from a text file.

Ask for "vendor" and you want what is written of suppliers too. What counts as a word is settled in
`vocabulary.txt`, which says how to read it; stems are made here, as for lessons and queries.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .analyzers import Word, words

_FILE = Path(__file__).with_name("vocabulary.txt")
#: What a word said otherwise adds, of what the word itself would: measured (docs/search.md).
SAME, NEAR = 0.8, 0.55
#: At most so many other words for one, the nearest first.
MOST = 6

Key = tuple[str, ...]


class Related(NamedTuple):
    """Another way to say something: terms that must all be there, and the share they count."""

    terms: Key
    share: float


def related(terms: Key) -> tuple[Related, ...]:
    """What else a word (its terms), or a phrase (those of all its words), may be called."""
    return _vocabulary().get(terms, ())


def phrases(spoken: Sequence[Word]) -> list[Key]:
    """The phrases of the vocabulary among the words of a text, stop words included."""
    terms = [term for word in spoken for term in word.terms]
    found: list[Key] = []
    for length in range(_longest(), 1, -1):
        for start in range(len(terms) - length + 1):
            key = tuple(terms[start : start + length])
            if key in _vocabulary():
                found.append(key)
    return found


@cache
def _longest() -> int:
    return max(map(len, _vocabulary()))


@cache
def _vocabulary() -> dict[Key, tuple[Related, ...]]:
    same: dict[Key, dict[Key, float]] = {}
    near: dict[Key, dict[Key, float]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        group = line.partition("#")[0]
        first, leads, others = group.partition(">")
        if leads:
            _lead(near, first, others.split(","), NEAR)
        elif "=" in group:
            _join(same, group.split("="), SAME)
        elif group.strip():
            _join(near, group.split(","), NEAR)
    # What is the same comes before what is near, and keeps its share if it is both.
    both = {key: near.get(key, {}) | same.get(key, {}) for key in {**same, **near}}
    ordered = {key: {**same.get(key, {}), **shares} for key, shares in both.items()}
    return {
        key: tuple(Related(terms, share) for terms, share in list(shares.items())[:MOST])
        for key, shares in ordered.items()
    }


def _join(found: dict[Key, dict[Key, float]], group: Sequence[str], share: float) -> None:
    for entry in group:
        _lead(found, entry, group, share)


def _lead(
    found: dict[Key, dict[Key, float]], first: str, others: Sequence[str], share: float
) -> None:
    key = _key(first)
    for other in map(_key, others):
        if other != key:
            found.setdefault(key, {}).setdefault(other, share)


def _key(entry: str) -> Key:
    return tuple(term for word in words(entry) for term in word.terms)
