"""What comes out of the index."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

#: A passage as pieces of text, each with whether it matches the query.
Snippet = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. The score orders; it is never shown to people.

    `same` says of a document like a draft that it says the same again, in the same words.
    """

    id: str
    score: float
    same: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of hits, and what surrounds it.

    `facets` maps "kind", "team", "topic" and "state" to value → count. The counts of a field
    ignore that field's own filter, so that a person can change their mind. `partial` says that
    time ran out before all words were scored. `answered` says whether one of the best hits holds
    half of what the words of the query tell (`answering.py`). `plainly` is the query without its
    signs (quotes, minus, fields), where they alone keep it from finding anything.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    suggestion: str | None = None
    partial: bool = False
    plainly: str | None = None
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """One document that bears on a plan of work. The score orders; it is never shown to people.

    `shared` are words of the plan that the document holds, `applies` those of them that stand in
    its `applies_when`, `against` those in its `not_when`: as typed, those that tell most first.
    """

    id: str
    score: float
    shared: tuple[str, ...] = ()
    applies: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """What bears on a plan, best first, and words of the plan that no good match holds.

    `partial` says that time ran out before all of the plan was looked for.
    """

    matches: tuple[Match, ...] = ()
    unmet: tuple[str, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search box: a lesson by its id, the name of a topic as text, or both of a
    person."""

    kind: Literal["lesson", "topic", "person"]
    id: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How the index differs from what it should hold: ids in sorted order."""

    missing: tuple[str, ...]
    stale: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Nothing differs."""
        return not (self.missing or self.stale or self.extra)


def difference(expected: Mapping[str, str], held: Mapping[str, str]) -> Difference:
    """Compare id → stamp as it should be with id → stamp as it is."""
    return Difference(
        missing=tuple(sorted(expected.keys() - held.keys())),
        stale=tuple(sorted(i for i in expected.keys() & held.keys() if expected[i] != held[i])),
        extra=tuple(sorted(held.keys() - expected.keys())),
    )
