"""The words of a long text that tell most of it: a pasted plan is asked for by these alone."""

from collections.abc import Iterable
from dataclasses import replace

from .query import Asked
from .snapshot import Snapshot
from .vocabulary import Related

#: So many terms of one query are scored: as typed, and what they are also called.
MAX_TERMS = 64


def telling(snapshot: Snapshot, words: Iterable[Asked], limit: int = MAX_TERMS) -> list[Asked]:
    """Words of at most `limit` terms, in their order: those that are rare and often repeated.

    What was typed goes first; what it is also called fills what is left. A term that nothing open
    to everyone holds tells least: in a text as long as this it is a name, or an error in typing.
    """
    words = list(words)
    if sum(len(word.word.terms) for word in words) > limit:
        words = _foremost(snapshot, words, limit)
    return _with_names(words, limit - sum(len(word.word.terms) for word in words))


def _foremost(snapshot: Snapshot, words: list[Asked], limit: int) -> list[Asked]:
    """The words with only those of their terms that weigh most: repetitions · idf."""
    weighed: list[tuple[float, int, str]] = []
    distinct = [tuple(dict.fromkeys(word.word.terms)) for word in words]
    for place, word in enumerate(words):
        for term in distinct[place]:
            tells = snapshot.idf(term) if snapshot.held(term) and not word.faint else 0.0
            weighed.append((-word.times * tells, place, term))
    chosen = {(place, term) for _, place, term in sorted(weighed)[:limit]}
    return [
        replace(word, word=word.word._replace(terms=tuple(kept)))
        for place, word in enumerate(words)
        if (kept := [term for term in distinct[place] if (place, term) in chosen])
    ]


def _with_names(words: list[Asked], left: int) -> list[Asked]:
    """The words with as many of their other names as there is room for, the first words' first."""
    kept: list[Asked] = []
    for word in words:
        also: list[Related] = []
        for other in word.related:
            left -= len(other.terms)
            if left >= 0:
                also.append(other)
        if also or word.word.terms:
            kept.append(
                word if len(also) == len(word.related) else replace(word, related=tuple(also))
            )
    return kept
