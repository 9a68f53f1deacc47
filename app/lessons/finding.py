"""Finding: the one question behind the search page and call, and its two small sisters."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sqlmodel import Session

from app.lessons import fallback
from app.lessons.access import Reader, readable_lessons
from app.lessons.browse import known_among
from app.lessons.cards import Card, cards
from app.lessons.facets import FacetValue, labelled
from app.lessons.fairness import fairly
from app.lessons.models import Lesson, State
from app.topics.directory import topic_key, topics_named
from app.topics.models import Topic
from search import Hit, Index, Query

IN_USE = (State.POSTED.value, State.IDENTIFIED.value, State.LEARNED.value)
MOST_SUGGESTED = 8
MOST_ALIKE = 5

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody looks for: ids of teams, topics and author, values of kinds and states.

    Empty means any, except that no states means those in use. `since` and `until` are days of
    posting, both included.
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

    card: Card
    snippet: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of what was found. `facets` has "kind", "team", "topic" and "state", the most
    frequent values first; `took_ms` is the time that it all took, in milliseconds.

    `notice` is what to tell people of an answer that came without the index: its facets hold only
    the filters in force, counted 0. `plainly` is the text without quotes, minus and fields where
    they alone keep it from finding anything; `partial` says that time ran out before all words of
    the text were looked for.
    """

    asked: Asked
    hits: list[Found]
    total: int
    facets: dict[str, list[FacetValue]]
    suggestion: str | None
    took_ms: float
    notice: str | None = None
    plainly: str | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Suggested:
    """What may be meant by what was typed so far."""

    lessons: list[Lesson]
    topics: list[Topic]
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """The lessons most like a draft, best first; none without the index, as the notice says."""

    cards: list[Card] = field(default_factory=list)
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    """The lessons of one page, and what surrounds them."""

    rows: Sequence[Lesson]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    suggestion: str | None = None
    notice: str | None = None
    plainly: str | None = None
    partial: bool = False


def find(session: Session, index: Index, who: Reader, asked: Asked) -> Answer:
    """What `who` may read of what is asked, in at most five questions to the database.

    While the index cannot answer, the database does, and `notice` says so. Raises as `fairly`.
    """
    started = time.perf_counter()
    query = _query(who, asked, asked.states or IN_USE)
    try:
        found = _by_index(session, index, who, query)
    except fallback.NO_ANSWER as error:
        fallback.note(error)
        listing = fallback.lessons_found(session, who, query)
        found = _Page(listing.lessons, listing.total, fallback.NO_FACETS, notice=fallback.NOTICE)
    parts = [(card, _passages(card.row)) for card in cards(session, found.rows)]
    return Answer(
        asked=asked,
        hits=[Found(card, index.snippet(asked.text, texts)) for card, texts in parts],
        total=found.total,
        facets=labelled(session, found.facets, _chosen(asked)),
        suggestion=found.suggestion,
        took_ms=round((time.perf_counter() - started) * 1000, 2),
        notice=found.notice,
        plainly=found.plainly,
        partial=found.partial,
    )


def suggestions(session: Session, index: Index, who: Reader, prefix: str) -> Suggested:
    """Lessons whose title, and topics whose name, has words that begin like what was typed."""
    try:
        # More than are shown: some may be retired by now.
        with fairly(who.person.id):
            lines = index.suggest(prefix, audiences=who.audiences, limit=2 * MOST_SUGGESTED)
    except fallback.NO_ANSWER as error:
        fallback.note(error)
        named_so = fallback.topics_begun(session, who, prefix)
        left = MOST_SUGGESTED - len(named_so)
        begun = fallback.lessons_begun(session, who, prefix, IN_USE, left)
        return Suggested(list(begun), named_so, fallback.NOTICE)
    ids = [line.id for line in lines if line.kind == "lesson"]
    names = [line.text for line in lines if line.kind == "topic"]
    named = topics_named(session, names)
    topics = {t.id: t for name in names if (t := named.get(topic_key(name)))}
    known = known_among(session, topics, who) if topics else set()
    lessons = _still_so(session, who, ids, IN_USE)[: MOST_SUGGESTED - len(known)]
    return Suggested(lessons, [topic for topic in topics.values() if topic.id in known])


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
    return Alike(cards(session, _still_so(session, who, alike, IN_USE)[:MOST_ALIKE]))


def _by_index(session: Session, index: Index, who: Reader, query: Query) -> _Page:
    with fairly(who.person.id):
        results = index.search(query)
    rows = _still_so(session, who, results.hits, query.states)
    # What the index has yet to hear of is not counted either.
    total = results.total - (len(results.hits) - len(rows))
    ways_on = results.suggestion, None, results.plainly, results.partial
    return _Page(rows, total, results.facets, *ways_on)


def _query(who: Reader, asked: Asked, states: Iterable[str]) -> Query:
    return Query(
        text=asked.text,
        audiences=who.audiences,
        kinds=frozenset(asked.kinds),
        teams=frozenset(asked.teams),
        topics=frozenset(asked.topics),
        states=frozenset(states),
        author=asked.author,
        since=asked.since,
        until=asked.until,
        sort=asked.sort,
        page=asked.page,
        per_page=asked.per_page,
    )


def _still_so(
    session: Session, who: Reader, hits: Iterable[Hit | str], states: Iterable[str]
) -> list[Lesson]:
    """The hits' lessons that are still there, readable and in these states, in their order."""
    ids = [hit.id if isinstance(hit, Hit) else hit for hit in hits]
    rows = readable_lessons(session, ids, who)
    found = (rows[lesson_id] for lesson_id in ids if lesson_id in rows)
    return [row for row in found if row.state.value in states]


def _passages(row: Lesson) -> list[str]:
    return [
        row.recommendation,
        row.lesson,
        row.happened,
        row.why,
        row.context,
        row.expected,
        row.applies_when,
        row.not_when,
    ]


def _chosen(asked: Asked) -> dict[str, tuple[str, ...]]:
    return {
        "kind": asked.kinds,
        "team": asked.teams,
        "topic": asked.topics,
        "state": asked.states,
    }
