"""Finding: the one question behind the search page and call, and lessons like a draft."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sqlmodel import Session

from app.lessons import fallback
from app.lessons.access import Reader
from app.lessons.facets import FEW_VALUES, FacetValue, labelled
from app.lessons.fairness import fairly
from app.lessons.found import FoundLesson, found_lessons
from app.lessons.models import State
from search import Index, Query

IN_USE = (State.POSTED.value, State.IDENTIFIED.value, State.LEARNED.value)
MOST_ALIKE = 5

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody looks for: ids of teams, topics and author, values of kinds and states.

    Empty means any, except that no states means those in use. `since` and `until` are days of
    posting, both included. With `today`, effect and age move what is found by relevance.
    """

    text: str = ""
    kinds: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    author: str | None = None
    since: date | None = None
    until: date | None = None
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = 10
    today: date | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything but the words limits what is found."""
        return bool(
            self.kinds
            or self.teams
            or self.topics
            or self.states
            or self.author
            or self.since
            or self.until
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One lesson found; `snippet` is its passage in pieces (text, whether it matches)."""

    card: FoundLesson
    snippet: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of what was found. `facets` has "kind", "team", "topic" and "state", the most
    frequent values first, `values` how many values each has in all; `took_ms` is the time that it
    all took, in milliseconds.

    `notice` is what to tell people of an answer that came without the index: its facets hold only
    the filters in force, counted 0. `plainly` is the text without quotes, minus and fields where
    they alone keep it from finding anything; `partial` says that time ran out before all words of
    the text were looked for. `answered` says whether one of the best hits holds half of what the
    words tell; without the index nobody can say, and it is taken for answered.
    """

    asked: Asked
    hits: list[Found]
    total: int
    facets: dict[str, list[FacetValue]]
    values: Mapping[str, int]
    suggestion: str | None
    took_ms: float
    notice: str | None = None
    plainly: str | None = None
    partial: bool = False
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Alike:
    """The lessons most like a draft, best first; none without the index, as the notice says.

    `same` are the ids of those that say the same again, in the same words.
    """

    cards: list[FoundLesson] = field(default_factory=list)
    same: frozenset[str] = frozenset()
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    """The lessons of one page, and what surrounds them."""

    cards: Sequence[FoundLesson]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    suggestion: str | None = None
    notice: str | None = None
    plainly: str | None = None
    partial: bool = False
    answered: bool = True


def find(
    session: Session,
    index: Index,
    who: Reader,
    asked: Asked,
    *,
    steady: bool = False,
    most: Mapping[str, int] = FEW_VALUES,
) -> Answer:
    """What `who` may read of what is asked, in at most five questions to the database.

    While the index cannot answer, the database does, and `notice` says so. If `steady`, facets have
    the values and the order that the words alone give, whatever filters are in force; of each facet
    at most so many as `most` says. Raises as `fairly`.
    """
    started = time.perf_counter()
    query = query_for(who, asked)
    try:
        found = _by_index(session, index, who, query)
        facets = _steady(index, who, asked, found.facets) if steady else found.facets
    except fallback.NO_ANSWER as error:
        fallback.note(error)
        ids, total = fallback.lessons_found(session, who, query)
        shown = found_lessons(session, ids, who, query.states)
        facets = fallback.NO_FACETS
        found = _Page(shown, total, facets, notice=fallback.NOTICE)
    return Answer(
        asked=asked,
        hits=[Found(card, index.snippet(asked.text, card.passages)) for card in found.cards],
        total=found.total,
        facets=labelled(session, facets, _chosen(asked), most),
        values={name: len(counts) for name, counts in facets.items()},
        suggestion=found.suggestion,
        took_ms=round((time.perf_counter() - started) * 1000, 2),
        notice=found.notice,
        plainly=found.plainly,
        partial=found.partial,
        answered=found.answered,
    )


def similar_to(
    session: Session,
    index: Index,
    who: Reader,
    title: str,
    text: str,
    exclude: Iterable[str] = (),
) -> Alike:
    """The lessons in use most like a draft; `text` is all its parts."""
    try:
        with fairly(who.person.id):
            ours, most, but = who.audiences, 2 * MOST_ALIKE, frozenset(exclude)
            alike = index.similar(title=title, text=text, audiences=ours, limit=most, exclude=but)
    except fallback.NO_ANSWER as error:
        fallback.note(error)
        return Alike(notice=fallback.NOTICE)
    same = frozenset(hit.id for hit in alike if hit.same)
    found = found_lessons(session, [hit.id for hit in alike], who, IN_USE, MOST_ALIKE)
    return Alike(found, same)


def _by_index(session: Session, index: Index, who: Reader, query: Query) -> _Page:
    with fairly(who.person.id):
        results = index.search(query)
    # Some may have been retired, or shared with fewer, since the index heard of them.
    shown = found_lessons(session, [hit.id for hit in results.hits], who, query.states)
    # What the index has yet to hear of is not counted either.
    total = results.total - (len(results.hits) - len(shown))
    ways_on = results.suggestion, None, results.plainly, results.partial, results.answered
    return _Page(shown, total, results.facets, *ways_on)


def _steady(
    index: Index, who: Reader, asked: Asked, counts: Mapping[str, Mapping[str, int]]
) -> Mapping[str, Mapping[str, int]]:
    """The same counts in the order in which the words alone would have them, 0 for what the filters
    leave out: whatever is chosen, nothing changes its place."""
    if not asked.narrowed:
        return counts
    words = Query(text=asked.text, audiences=who.audiences, states=frozenset(IN_USE), per_page=0)
    with fairly(who.person.id):
        order = index.search(words).facets
    return {
        name: {value: here.get(value, 0) for value in order[name]} | dict(here)
        for name, here in counts.items()
    }


def query_for(who: Reader, asked: Asked) -> Query:
    """What is asked, as the index is asked it for `who`."""
    return Query(
        text=asked.text,
        audiences=who.audiences,
        kinds=frozenset(asked.kinds),
        teams=frozenset(asked.teams),
        topics=frozenset(asked.topics),
        states=frozenset(asked.states or IN_USE),
        author=asked.author,
        since=asked.since,
        until=asked.until,
        sort=asked.sort,
        page=asked.page,
        per_page=asked.per_page,
        today=asked.today,
    )


def _chosen(asked: Asked) -> dict[str, tuple[str, ...]]:
    return {
        "kind": asked.kinds,
        "team": asked.teams,
        "topic": asked.topics,
        "state": asked.states,
    }
