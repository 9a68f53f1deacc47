"""Did you mean: the same query with other spellings, where a reader would expect to be asked.

They are asked when a word is unknown and a near spelling is not rare, or when what they typed finds
almost nothing and a near spelling finds something. A word that many lessons hold is theirs to use.
"""

import re
from collections.abc import Iterable

import numpy as np

from .analyzers import analysed
from .filters import Filters
from .grammar import MAX_CHARACTERS
from .inverted import Numbers
from .matching import Guess, Matched, holders_of
from .query import Asked
from .scripts import token_pattern
from .snapshot import Snapshot
from .spelling import respellings

#: So many documents or fewer are almost nothing.
FEW = 2
#: So many hold a spelling that is worth asking about, though the other words found something.
COMMON = 3
#: So many times more hold the near spelling of a word that few hold.
_TIMES_MORE = 10
#: So many words of a query that are no error by themselves are looked at twice.
_DOUBTED = 4


def suggestion(
    snapshot: Snapshot, text: str, words: Iterable[Asked], matched: Matched, filters: Filters,
    total: int,
) -> str | None:  # fmt: skip
    """The whole query with its doubtful words respelt, or nothing.

    Nobody is asked about a long text: it was pasted, and much of it is names. `total` is how many
    documents the query found, by whatever it was taken for.
    """
    if len(text) > MAX_CHARACTERS or (total > FEW and not matched.unknown):
        return None
    typed = _count(snapshot, filters, matched.typed.values())
    few = typed <= FEW
    respelt: dict[str, str] = {}
    doubts = _DOUBTED if few else 0
    for word in words:
        guesses = matched.unknown.get(word.token, [])
        least = 1 if few else COMMON
        if doubts and word.token not in matched.unknown:
            doubts -= 1
            guesses = _near(snapshot, word)
            least = _TIMES_MORE * max(1, typed)
        for guess in guesses:
            if _count(snapshot, filters, [guess.holders]) >= least:
                respelt[word.token] = guess.word
                break
    return _with(text, respelt)


def _count(snapshot: Snapshot, filters: Filters, holders: Iterable[Numbers]) -> int:
    """How many documents of some lists may be read and pass the filters."""
    rows = np.zeros(snapshot.count, np.bool_)
    for numbers in holders:
        rows[numbers] = True
    return int(np.count_nonzero(filters.passing(rows)))


def _near(snapshot: Snapshot, word: Asked) -> list[Guess]:
    """What a word that few documents hold may be a typing error for, one edit away."""
    if len(word.word.plain) != 1 or word.related:
        return []
    near = respellings(snapshot, word.word.plain[0], furthest=1)
    return [Guess(s.word, holders_of(snapshot, analysed(s.word))) for s in near]


def _with(text: str, respelt: dict[str, str]) -> str | None:
    if not respelt:
        return None

    def better(found: re.Match[str]) -> str:
        field, colon, word = found[0].rpartition(":")
        return respelt.get(found[0]) or field + colon + respelt.get(word, word)

    text = text.strip()
    return token_pattern(text).sub(better, text)
