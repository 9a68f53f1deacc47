"""Which documents pass what a person chose, and how many there are of each value."""

from collections.abc import Mapping

import numpy as np

from .query import Query
from .snapshot import Mask, Snapshot

FACETS = ("kind", "team", "topic", "state")


class Filters:
    """The masks of one query: one for each facet, and one for everything else."""

    def __init__(self, snapshot: Snapshot, query: Query) -> None:
        self._snapshot = snapshot
        self.readable = snapshot.live & snapshot.readable(query.audiences)
        self._others = self.readable & _author_and_days(snapshot, query)
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

    def facets(self, matched: Mask) -> dict[str, Mapping[str, int]]:
        """How many matched documents have each value, most frequent first."""
        everything = self.passing(matched)
        counted: dict[str, Mapping[str, int]] = {}
        for name in FACETS:
            rows = self.passing(matched, but=name) if name in self._masks else everything
            counted[name] = _count(self._snapshot, name, rows)
        return counted


def _author_and_days(snapshot: Snapshot, query: Query) -> Mask:
    found = np.ones(snapshot.count, np.bool_)
    if query.author is not None:
        # No author at all is how a protected author looks: they cannot be listed.
        found &= snapshot.having("author", [query.author] if query.author else [])
    if query.since is not None:
        found &= snapshot.posted_on >= query.since.toordinal()
    if query.until is not None:
        found &= snapshot.posted_on <= query.until.toordinal()
    return found


def _count(snapshot: Snapshot, name: str, rows: Mask) -> dict[str, int]:
    if name == "topic":
        codes = snapshot.topics[rows[snapshot.topic_rows]]
    else:
        codes = snapshot.singles[name][rows]
    values = snapshot.codes.values(name)
    counts = np.bincount(codes.astype(np.int64), minlength=len(values))
    found = [(values[code], int(counts[code])) for code in np.flatnonzero(counts)]
    return dict(sorted(((v, n) for v, n in found if v), key=lambda item: (-item[1], item[0])))
