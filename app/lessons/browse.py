"""Lists of lessons: the newest, a team's, a topic's, mine; and which topics somebody knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.kit.errors import NotFound
from app.lessons.access import Reader
from app.lessons.models import Lesson, LessonTopic, State
from app.people.models import Person
from app.topics.models import Topic


@dataclass(frozen=True, slots=True)
class Listing:
    """Some of the lessons found, and how many there are."""

    lessons: Sequence[Lesson]
    total: int


def in_use(
    who: Reader,
    *,
    team_id: str | None = None,
    topic_id: str | None = None,
    author_id: str | None = None,
) -> sa.ColumnElement[bool]:
    """A condition on `Lesson`: in use, readable for this person, of this team, about this topic,
    under this name."""
    condition = sa.and_(who.readable, col(Lesson.state) != State.RETIRED)
    if team_id:
        condition = sa.and_(condition, col(Lesson.team_id) == team_id)
    if author_id:
        condition = sa.and_(condition, col(Lesson.author_id) == author_id)
    if topic_id:
        about = select(LessonTopic.lesson_id).where(LessonTopic.topic_id == topic_id)
        condition = sa.and_(condition, col(Lesson.id).in_(about))
    return condition


def newest(
    session: Session,
    who: Reader,
    *,
    team_id: str | None = None,
    topic_id: str | None = None,
    author_id: str | None = None,
    offset: int = 0,
    limit: int = 20,
) -> Listing:
    """Lessons in use that this person may read, newest first."""
    condition = in_use(who, team_id=team_id, topic_id=topic_id, author_id=author_id)
    total = sa.select(sa.func.count()).select_from(Lesson).where(condition).scalar_subquery()
    rows = session.exec(
        select(Lesson, total)
        .where(condition)
        .order_by(col(Lesson.posted_at).desc(), col(Lesson.id).desc())
        .offset(offset)
        .limit(limit)
    ).all()
    if not rows and offset:  # beyond the end nothing says how long the list is
        return Listing([], session.scalar(sa.select(total)) or 0)
    return Listing([lesson for lesson, _ in rows], rows[0][1] if rows else 0)


def mine(session: Session, person: Person, *, drafts: bool) -> Sequence[Lesson]:
    """The person's drafts, or the lessons posted under their name; last changed first. Lessons
    that they posted as a protected author are not among them: nothing knows whose those are."""
    state = col(Lesson.state) == State.DRAFT
    return session.exec(
        select(Lesson)
        .where(Lesson.author_id == person.id, state if drafts else ~state)
        .order_by(col(Lesson.changed_at).desc(), Lesson.id)
        .limit(500)
    ).all()


def has_posted(session: Session, person: Person) -> bool:
    """Whether a posted lesson carries the person's name."""
    posted = select(Lesson.id).where(
        Lesson.author_id == person.id, col(Lesson.state) != State.DRAFT
    )
    return session.exec(posted.limit(1)).first() is not None


def _readable_topics(who: Reader) -> sa.Select[str]:
    return (
        sa.select(col(LessonTopic.topic_id))
        .join(Lesson, col(Lesson.id) == LessonTopic.lesson_id)
        .where(
            sa.or_(
                sa.and_(who.readable, col(Lesson.state) != State.RETIRED),
                sa.and_(col(Lesson.state) == State.DRAFT, col(Lesson.author_id) == who.person.id),
            )
        )
    )


def known_topics(session: Session, who: Reader) -> list[tuple[Topic, int]]:
    """The topics this person may know of, by name, with how many lessons they may read in each."""
    counts = (
        sa.select(col(LessonTopic.topic_id), sa.func.count().label("lessons"))
        .join(Lesson, col(Lesson.id) == LessonTopic.lesson_id)
        .where(who.readable, col(Lesson.state) != State.RETIRED)
        .group_by(col(LessonTopic.topic_id))
        .subquery()
    )
    rows = session.exec(
        select(Topic, sa.func.coalesce(counts.c.lessons, 0))
        .outerjoin(counts, counts.c.topic_id == Topic.id)
        .where(sa.or_(col(Topic.curated), col(Topic.id).in_(_readable_topics(who))))
        .order_by(Topic.key)
    ).all()
    return [(topic, count) for topic, count in rows]


def known_topic(session: Session, topic_id: str, who: Reader) -> Topic:
    """A topic by id, if this person may know of it: one that only hidden lessons carry is not
    there."""
    readable = _readable_topics(who).where(col(LessonTopic.topic_id) == topic_id).exists()
    known = select(Topic).where(Topic.id == topic_id, sa.or_(col(Topic.curated), readable))
    topic = session.exec(known).first()
    if topic is None:
        raise NotFound
    return topic


def known_names(session: Session, topic_ids: Iterable[str], who: Reader) -> dict[str, str]:
    """The names, by id, of those of the topics that this person may know of."""
    ids = list(topic_ids)
    rows = session.exec(
        select(Topic.id, Topic.name).where(
            col(Topic.id).in_(ids),
            sa.or_(col(Topic.curated), col(Topic.id).in_(_readable_topics(who))),
        )
    )
    return dict(rows.all())


def known_among(session: Session, topic_ids: Iterable[str], who: Reader) -> set[str]:
    """Those of the topics, by id, that this person may know of."""
    return set(known_names(session, topic_ids, who))
