"""The place where the first of a search may be put into another order; by default nothing is."""

from collections.abc import Sequence
from typing import Protocol

from .matching import Scores
from .ordering import first
from .snapshot import Mask, Snapshot


class Reranking(Protocol):
    """What puts the first of a search into another order, such as `search.meaning.Meaning`."""

    @property
    def reach(self) -> int:
        """How many of a search it puts in order."""

    def order(
        self, text: str, documents: Sequence[tuple[str, str]], scores: Sequence[float]
    ) -> list[int]:
        """The places of documents, given best first as (id, stamp), in the order to show them."""


def reranked(
    snapshot: Snapshot, rows: Mask, count: int, *, scores: Scores, text: str, by: Reranking
) -> list[int]:
    """The numbers of the first `count` documents or more: the first few in another order.

    How many are put in order does not depend on the page, so that no page repeats another's.
    """
    found = first(snapshot, rows, max(count, by.reach), scores=scores)
    places = reordered(snapshot, found, scores[found].tolist(), text=text, by=by)
    return [found[place] for place in places]


def reordered(
    snapshot: Snapshot, numbers: Sequence[int], scores: Sequence[float], *, text: str, by: Reranking
) -> list[int]:
    """The places of documents, given best first by number, in another order of the first few."""
    head = numbers[: by.reach]
    known = [(snapshot.id(number), snapshot.stamp(number)) for number in head]
    return [*by.order(text, known, scores[: by.reach]), *range(len(head), len(numbers))]
