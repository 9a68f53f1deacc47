"""What other people call the same thing: the common vocabulary of work, read from text files.

Ask for "vendor" and you want what is written of suppliers too. What counts as a word is settled in
`words/`, whose README says how to read it; stems are made here, as for lessons and queries.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from .analyzers import Word, words

FOLDER = Path(__file__).with_name("words")
#: The files in the order in which they name things: what is said first is nearest.
FILES = (
    "forms", "common", "phrases", "work", "trouble", "people", "trade", "making", "computing",
    "sites", "care", "talk", "bearings",
)  # fmt: skip
#: What another name adds, of what the word itself would, by the sign that leads to it: measured
#: (docs/search.md). Plans are told in other words than lessons more often than questions are.
SAME = 0.8
SHARES = {"=": SAME, ",": 0.55, ">": 0.55, "<>": 0.25, "back": 0.2}
SHARES_IN_PLANS = {"=": SAME, ",": 0.6, ">": 0.6, "<>": 0.5, "back": 0.35, "~": 0.4}
#: At most so many other names for one word, the nearest first: of a question, and of a plan; and so
#: many things that a word of a plan bears on.
MOST, MOST_IN_PLANS, MOST_BEARINGS = 6, 10, 8

#: Words of which the names are kept ready.
_KEPT = 1 << 14

Key = tuple[str, ...]
#: Other names, each with the sign that leads to it.
_Names = dict[Key, str]


class Related(NamedTuple):
    """Another way to say something: terms that must all be there, and the share they count."""

    terms: Key
    share: float


@lru_cache(maxsize=_KEPT)
def related(terms: Key) -> tuple[Related, ...]:
    """What else a word (its terms), or a phrase (those of all its words), may be called."""
    names = [(key, sign) for key, sign in _vocabulary().get(terms, {}).items() if sign in SHARES]
    return tuple(Related(key, SHARES[sign]) for key, sign in names[:MOST])


@lru_cache(maxsize=_KEPT)
def related_widely(terms: Key) -> tuple[Related, ...]:
    """What else a word or phrase of a plan may be called, and what it has to do with."""
    known = _vocabulary().get(terms, {}).items()
    names = [(key, sign) for key, sign in known if sign != "~"][:MOST_IN_PLANS]
    bearings = [(key, sign) for key, sign in known if sign == "~"][:MOST_BEARINGS]
    return tuple(Related(key, SHARES_IN_PLANS[sign]) for key, sign in (*names, *bearings))


def phrases(spoken: Sequence[Word]) -> list[Key]:
    """The phrases of the vocabulary among the words of a text, stop words included."""
    known = _vocabulary()
    terms = [term for word in spoken for term in word.terms]
    found: list[Key] = []
    for length in range(_longest(), 1, -1):
        for start in range(len(terms) - length + 1):
            key = tuple(terms[start : start + length])
            if key in known:
                found.append(key)
    return found


@cache
def _longest() -> int:
    return max(map(len, _vocabulary()))


@cache
def _vocabulary() -> dict[Key, _Names]:
    """For each word or phrase its other names: by the order of the signs, then of the files."""
    by_sign: dict[str, dict[Key, _Names]] = {sign: {} for sign in SHARES_IN_PLANS}
    for (first, *others), sign in _lines():
        for key in (first, *others) if sign in "=," else (first,):
            _lead(by_sign, sign, key, (first, *others))
        for other in others if sign == "<>" else ():
            _lead(by_sign, "back", other, (first,))
    found: dict[Key, _Names] = {}
    for names_of in by_sign.values():
        for key, names in names_of.items():
            mine = found.setdefault(key, {})
            for name, sign in names.items():
                mine.setdefault(name, sign)
    return found


def _lines() -> Iterator[tuple[list[Key], str]]:
    """Each line of the files: what stands in it, and the sign between."""
    for file in FILES:
        for line in (FOLDER / f"{file}.txt").read_text("utf-8").splitlines():
            group = line.partition("#")[0]
            sign = next((sign for sign in ("<>", ">", "~", "=", ",") if sign in group), "")
            if sign:
                first, _, others = group.partition(sign)
                rest = others.split("=" if sign == "=" else ",")
                yield [_key(entry) for entry in (first, *rest)], sign


def _lead(
    by_sign: dict[str, dict[Key, _Names]], sign: str, first: Key, others: Sequence[Key]
) -> None:
    for other in others:
        if other != first:
            by_sign[sign].setdefault(first, {}).setdefault(other, sign)


def _key(entry: str) -> Key:
    return tuple(term for word in words(entry) for term in word.terms)
