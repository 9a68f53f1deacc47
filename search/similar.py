"""Lessons like a draft: the words that tell most of it, as a query.

A term's weight is (1 + ln tf) · idf (Salton and Buckley, "Term-weighting approaches in automatic
text retrieval", 1988); words of more than a fifth of all documents tell nothing.
"""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import islice

import numpy as np

from .analyzers import Word, is_stop_word, words
from .matching import add
from .ordering import first
from .results import Hit
from .runs import Draft
from .snapshot import Mask, Snapshot

KEY_TERMS = 25
#: So many of the most like are looked at for whether they say the same again.
_COMPARED = 20
_COMMON = 0.2
_MAX_CHARACTERS = 20_000
_TITLE_WEIGHT = 3


def similar(
    snapshot: Snapshot, title: str, text: str, audiences: frozenset[str], limit: int,
    exclude: frozenset[str],
) -> list[Hit]:  # fmt: skip
    """The documents most like a draft, best first; those that say the same again say so."""
    readable = snapshot.readable(audiences)
    written = words(title), words(text[:_MAX_CHARACTERS])
    scores = np.zeros(snapshot.count, np.float32)
    for term, weight in key_terms(snapshot, *written, readable):
        add(scores, *snapshot.scored(term), weight)
    numbers = first(snapshot, readable, limit + len(exclude), scores=scores)
    draft = Draft([[term for word in part for term in word.terms] for part in written])
    hits = (
        Hit(
            snapshot.id(number),
            float(scores[number]),
            place < _COMPARED and draft.same(*snapshot.placed(number)),
        )
        for place, number in enumerate(numbers)
    )
    return [hit for hit in hits if hit.id not in exclude][:limit]


def key_terms(
    snapshot: Snapshot, title: Sequence[Word], text: Sequence[Word], readable: Mask
) -> list[tuple[str, float]]:
    """The terms of a text that tell most, with their weight; at most 25."""
    counted: Counter[str] = Counter()
    for part, times in ((title, _TITLE_WEIGHT), (text, 1)):
        for word in part:
            if not is_stop_word(word):
                for term in word.terms:
                    counted[term] += times
    weighed: list[tuple[float, str]] = []
    for term, times in counted.items():
        if snapshot.held(term) <= max(1.0, _COMMON * snapshot.public_count):
            weighed.append((-(1 + math.log(times)) * snapshot.idf(term), term))
    held = ((term, -weight) for weight, term in sorted(weighed) if _held(snapshot, term, readable))
    return list(islice(held, KEY_TERMS))


def _held(snapshot: Snapshot, term: str, readable: Mask) -> bool:
    """Whether the reader may read any document with a term; others must not take its place."""
    return bool(snapshot.held(term)) or bool(readable[snapshot.scored(term).numbers].any())
