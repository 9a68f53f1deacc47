"""Finding while the index is missing, damaged or being mended: the database answers, more plainly.

Access, filters, order by date and totals are as with the index; words are found as written.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from prometheus_client import Counter
from sqlmodel import Session, col, select

from app.lessons.access import Reader
from app.lessons.as_written import begins, holds, number_of, telling_words
from app.lessons.browse import known_topics
from app.lessons.found import PASSAGES
from app.lessons.models import Lesson, LessonTopic
from app.topics.models import Topic
from search import IndexBusy, IndexDamaged, Query

NO_ANSWER = (IndexDamaged, IndexBusy, OSError)  # no rights, no descriptors: searching must go on
NO_FACETS: Mapping[str, Mapping[str, int]] = {"kind": {}, "team": {}, "topic": {}, "state": {}}
NOTICE = (
    "The search index is being mended. Until it is back, lessons are found only by words as they "
    "are written, so try other words before you conclude that nobody has learned this."
)
# Every word is looked for in every part of a lesson, and nobody may keep the server at that:
# beyond so many lessons the oldest are left out.
_MOST_LESSONS = 20_000
_MOST_RESULTS = 10_000
_MOST_TOPICS = 3
_PARTS = (*PASSAGES, Lesson.external_id)
_FALLBACKS = Counter("commonplace_search_fallbacks", "Searches answered without the index")
_log = structlog.get_logger("finding")


def note(error: Exception) -> None:
    """That the index did not answer, for the log and the measurements."""
    _FALLBACKS.inc()
    _log.warning("searched without the index", error=str(error))


def lessons_found(session: Session, who: Reader, query: Query) -> tuple[list[str], int]:
    """Ids of one page of the lessons with any word of a query, and how many there are.

    Those with most of its words come first, then those with most in the title, then the newest.
    """
    words = telling_words(query.text)
    if query.text.strip() and not words:
        return [], 0
    scored = _scored(session, words, who, query)
    found = sa.select(scored.c.id, sa.func.count().over()).where(scored.c.words >= int(bool(words)))
    start = (max(query.page, 1) - 1) * query.per_page
    rows = (
        session.connection()
        .execute(
            found.order_by(*_order(scored, query.sort))
            .offset(min(start, _MOST_RESULTS))
            .limit(query.per_page if start < _MOST_RESULTS else 0)
        )
        .all()
    )
    if not rows and start:  # beyond the end nothing says how many there are
        total = session.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
        return [], total
    return [row[0] for row in rows], rows[0][1] if rows else 0


def lessons_begun(
    session: Session, who: Reader, prefix: str, states: Iterable[str], limit: int
) -> Sequence[str]:
    """Ids of the newest lessons in these states in whose title every word typed begins a word."""
    begun = begins(session, col(Lesson.title), prefix)
    if begun is None:
        return []
    return session.exec(
        select(Lesson.id)
        .where(who.readable, col(Lesson.state).in_(states), begun)
        .order_by(col(Lesson.posted_at).desc(), col(Lesson.id))
        .limit(limit)
    ).all()


def topics_begun(session: Session, who: Reader, prefix: str) -> list[Topic]:
    """Topics that this person may know of in whose name every word typed begins a word."""
    begun = begins(session, col(Topic.name), prefix)
    if begun is None:
        return []
    ids = set(session.exec(select(Topic.id).where(begun)))
    return [topic for topic, _ in known_topics(session, who) if topic.id in ids][:_MOST_TOPICS]


def _scored(session: Session, words: list[str], who: Reader, query: Query) -> sa.Subquery:
    """The newest lessons that pass the filters, with how many of the words each holds anywhere,
    and in its title."""
    titled = [holds(session, col(Lesson.title), word) for word in words]
    elsewhere = [_elsewhere(session, word) for word in words]
    anywhere = [sa.or_(*places) for places in zip(titled, elsewhere, strict=True)]
    return (
        sa.select(
            col(Lesson.id),
            col(Lesson.posted_at),
            number_of(anywhere).label("words"),
            number_of(titled).label("titled"),
        )
        .where(who.readable, *_filters(query))
        .order_by(col(Lesson.posted_at).desc())
        .limit(_MOST_LESSONS)
        .subquery()
    )


def _elsewhere(session: Session, word: str) -> sa.ColumnElement[bool]:
    about = (
        sa.select(col(LessonTopic.lesson_id))
        .join(Topic, col(Topic.id) == LessonTopic.topic_id)
        .where(holds(session, col(Topic.name), word))
    )
    parts = (holds(session, col(part), word) for part in _PARTS)
    return sa.or_(col(Lesson.id).in_(about), *parts)


def _filters(query: Query) -> list[sa.ColumnElement[bool]]:
    filters: list[sa.ColumnElement[bool]] = [
        column.in_(values)
        for column, values in (
            (col(Lesson.kind), query.kinds),
            (col(Lesson.state), query.states),
            (col(Lesson.team_id), query.teams),
        )
        if values
    ]
    if query.topics:
        about = select(LessonTopic.lesson_id).where(col(LessonTopic.topic_id).in_(query.topics))
        filters.append(col(Lesson.id).in_(about))
    if query.author:
        filters.append(col(Lesson.author_id) == query.author)
    if query.since:
        filters.append(col(Lesson.posted_at) >= _midnight(query.since))
    if query.until and query.until < date.max:
        filters.append(col(Lesson.posted_at) < _midnight(query.until + timedelta(days=1)))
    return filters


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _order(scored: sa.Subquery, sort: str) -> list[sa.ColumnElement[Any]]:
    best = [scored.c.words.desc(), scored.c.titled.desc()] if sort == "relevance" else []
    posted = scored.c.posted_at.asc() if sort == "oldest" else scored.c.posted_at.desc()
    return [*best, posted, scored.c.id]
