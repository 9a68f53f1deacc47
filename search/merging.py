"""Which segments are made one, and how: small ones within a commit, larger ones behind it."""

from collections.abc import Iterable, Sequence
from typing import Any

#: A commit pours together segments of fewer live documents than this, eight of a kind at a time.
SMALL = 256
FACTOR = 8
#: No merge makes a larger segment: what it needs of memory and time is bounded.
LARGEST = 250_000
#: A segment of which more than this share is deleted is worth writing anew.
_SPARSE = 0.3


def alike(segments: Sequence[Any]) -> list[Any]:
    """Small segments to pour into the one that a commit is writing.

    Eight of like size at a time: every document is thus rewritten at most three times on its way
    to a segment of 256, and a commit never waits for a large merge.
    """
    chosen: list[Any] = []
    for tier in range(3):
        some = [s for s in segments if FACTOR**tier <= s.doc_count() < FACTOR ** (tier + 1)]
        some = [s for s in some if s.doc_count() < SMALL]
        if len(some) >= FACTOR:
            chosen += some
    return chosen


def due(segments: Iterable[Any]) -> list[Any]:
    """The larger segments that are worth making one behind the commits, or none.

    Eight of like size; and any of which much is deleted, alone.
    """
    larger = [segment for segment in segments if segment.doc_count_all() >= SMALL]
    for segment in larger:
        if segment.deleted_count() > _SPARSE * segment.doc_count_all():
            return [segment]
    low = SMALL
    while low * FACTOR <= LARGEST:
        some = [s for s in larger if low <= s.doc_count_all() < low * FACTOR]
        if len(some) >= FACTOR:
            return _bounded(some)
        low *= FACTOR
    return []


def _bounded(segments: list[Any]) -> list[Any]:
    """As many as make no segment larger than the largest."""
    chosen, total = [], 0
    for segment in segments:
        if total + segment.doc_count() <= LARGEST:
            chosen.append(segment)
            total += segment.doc_count()
    return chosen if len(chosen) > 1 else []
