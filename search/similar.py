"""Lessons like a draft: the words that tell most of it, as a query.

A term's weight is (1 + ln tf) · idf (Salton and Buckley, "Term-weighting approaches in automatic
text retrieval", 1988); words of more than a fifth of all documents tell nothing.
"""

import math
from collections import Counter

import numpy as np

from .analyzers import is_stop_word, words
from .matching import add
from .ordering import first
from .results import Hit
from .snapshot import Snapshot

KEY_TERMS = 25
_COMMON = 0.2
_MAX_CHARACTERS = 20_000
_TITLE_WEIGHT = 3


def similar(
    snapshot: Snapshot, title: str, text: str, audiences: frozenset[str], limit: int,
    exclude: frozenset[str],
) -> list[Hit]:  # fmt: skip
    """The documents most like a draft, best first."""
    readable = snapshot.readable(audiences)
    scores = np.zeros(snapshot.count, np.float32)
    for term, weight in key_terms(snapshot, title, text):
        add(scores, *snapshot.scored(term), weight)
    numbers = first(snapshot, readable, limit + len(exclude), scores=scores)
    hits = [Hit(snapshot.id(number), float(scores[number])) for number in numbers]
    return [hit for hit in hits if hit.id not in exclude][:limit]


def key_terms(snapshot: Snapshot, title: str, text: str) -> list[tuple[str, float]]:
    """The terms of a text that tell most, with their weight; at most 25."""
    counted: Counter[str] = Counter()
    for part, times in ((title, _TITLE_WEIGHT), (text[:_MAX_CHARACTERS], 1)):
        for word in words(part):
            if not is_stop_word(word):
                for term in word.terms:
                    counted[term] += times
    weighed: list[tuple[float, str]] = []
    for term, times in counted.items():
        if snapshot.held(term) <= max(1.0, _COMMON * snapshot.public_count):
            weighed.append((-(1 + math.log(times)) * snapshot.idf(term), term))
    return [(term, -weight) for weight, term in sorted(weighed)[:KEY_TERMS]]
