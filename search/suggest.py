"""As you type: lessons whose title has words beginning so, and names of topics."""

from functools import reduce

import numpy as np

from .analyzers import words
from .documents import EVERYONE
from .filters import Filters
from .ordering import first
from .query import Query, cut
from .results import Suggestion
from .scripts import fold
from .snapshot import Mask, Snapshot

_MAX_WORDS = 8
_MAX_TOPICS = 3


def suggest(
    snapshot: Snapshot, prefix: str, audiences: frozenset[str], limit: int
) -> list[Suggestion]:
    """At most `limit` lines: topics first, then lessons, newest first.

    Every word typed must begin a word of the title; the names of topics come from documents that
    everyone may read.
    """
    typed = [part for word in words(cut(prefix)) for part in word.plain][:_MAX_WORDS]
    if not typed or limit < 1:
        return []
    readable = Filters(snapshot, Query(audiences=audiences)).readable
    titled = reduce(np.logical_and, (_beginning(snapshot, part) for part in typed), readable)
    topics = _topics(snapshot, typed) if EVERYONE in audiences else []
    topics = topics[: min(_MAX_TOPICS, limit)]
    numbers = first(snapshot, titled, limit - len(topics)) if limit > len(topics) else []
    return [
        *(Suggestion("topic", text=name) for name in topics),
        *(Suggestion("lesson", id=snapshot.id(number)) for number in numbers),
    ]


def _beginning(snapshot: Snapshot, part: str) -> Mask:
    found = np.zeros(snapshot.count, np.bool_)
    for segment, offset in zip(snapshot.segments, snapshot.offsets, strict=False):
        found[segment.titles.beginning(part) + offset] = True
    return found


def _topics(snapshot: Snapshot, typed: list[str]) -> list[str]:
    counted = snapshot.topic_names
    found = []
    for name, times in counted.items():
        begun = fold(name).split()
        if all(any(word.startswith(part) for word in begun) for part in typed):
            found.append((-times, name))
    return [name for _, name in sorted(found)]
