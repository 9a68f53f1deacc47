"""Which documents pass what a person chose, and how many there are of each value."""

from collections.abc import Mapping

import numpy as np

from .columns import Array
from .query import Query
from .snapshot import Mask, Snapshot

#: The fact that each facet counts.
FACETS = {"kind": "kind", "team": "team", "topic": "topics", "state": "state"}


class Filters:
    """The masks of one query: one for each facet, and one for everything else."""

    def __init__(self, snapshot: Snapshot, query: Query) -> None:
        self._snapshot = snapshot
        self._query = query
        self.readable = snapshot.readable(query.audiences)
        self._others = self._author_and_days()
        chosen = {"kind": query.kinds, "team": query.teams, "state": query.states}
        self._masks = {name: snapshot.having(name, v) for name, v in chosen.items() if v}
        if query.topics:
            self._masks["topic"] = snapshot.about(query.topics)

    def passing(self, matched: Mask, *, but: str = "") -> Mask:
        """Which of the matched documents pass every filter, or every one but that of a facet."""
        found = matched & self._others
        for name, mask in self._masks.items():
            if name != but:
                found &= mask
        return found

    def facets(self, matched: Mask, rows: Mask) -> dict[str, Mapping[str, int]]:
        """How many documents have each value of the facets asked for, the most first.

        `rows` are those of the matched documents that pass all filters; a facet that filters is
        counted without its own filter.
        """
        numbers = np.flatnonzero(rows) if self._query.facets else rows
        counted: dict[str, Mapping[str, int]] = {}
        for name in self._query.facets:
            if name in self._masks:
                own = np.flatnonzero(self.passing(matched, but=name))
                counted[name] = _count(self._snapshot, name, own)
            else:
                counted[name] = _count(self._snapshot, name, numbers)
        return counted

    def _author_and_days(self) -> Mask:
        query, snapshot, found = self._query, self._snapshot, self.readable
        if query.author is not None:
            # No author at all is how a protected author looks: they cannot be listed.
            found = found & snapshot.having("author", [query.author] if query.author else [])
        if query.since is not None:
            found = found & (snapshot.posted_on >= query.since.toordinal())
        if query.until is not None:
            found = found & (snapshot.posted_on <= query.until.toordinal())
        return found


def _count(snapshot: Snapshot, facet: str, numbers: Array) -> dict[str, int]:
    name = FACETS[facet]
    if facet == "topic":
        found = snapshot.values_of(name, numbers)
    else:
        found = snapshot.single(name).take(numbers)
    counts = np.bincount(found)
    held = np.flatnonzero(counts)
    values = snapshot.values.all(name)
    pairs = zip([values[n] for n in held.tolist()], counts[held].tolist(), strict=True)
    return dict(sorted((pair for pair in pairs if pair[0]), key=lambda pair: (-pair[1], pair[0])))
