"""What is new and useful for one person: in one question, then the lessons themselves in two."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Session, col

from app.following.models import Follow, SubjectKind
from app.home.came_of_it import lately_used, most_used, use_in_words, uses_in_words
from app.home.rows import IN_USE as STILL_IN_USE
from app.home.rows import placed, reasons_of
from app.lessons.access import Reader
from app.lessons.finding import IN_USE
from app.lessons.found import FoundLesson, found_lessons
from app.lessons.models import Lesson, LessonTopic
from app.people.models import Person, Team
from app.responses.models import Thanks
from app.topics.models import Topic

_MOST = {"new": 5, "useful": 3, "came": 4, "newest": 6}
# Older ones are not new; they are found when they are looked for.
_NEW_FOR = timedelta(days=60)
_THANKED_WITHIN = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Shown:
    """A lesson on the first page, and why it is there, in words."""

    lesson: FoundLesson
    why: str = ""


@dataclass(frozen=True, slots=True)
class ForMe:
    """What the first page shows: new for this person; used by others with success, or thanked for;
    what came of lessons of late; newest for everybody. No lesson stands in two of them."""

    new: Sequence[Shown] = ()
    useful: Sequence[Shown] = ()
    came: Sequence[Shown] = ()
    newest: Sequence[Shown] = field(default_factory=list)


def for_me(session: Session, who: Reader, *, now: datetime) -> ForMe:
    """What is new and useful for `who`. Whatever one may not read is in none of it."""
    useful = (most_used(who, now), _thanked(who, now))
    parts = (_new_for(who, now), *useful, lately_used(who, now), _newest(who))
    arms = [sa.select(part.subquery()) for part in parts]
    rows = session.connection().execute(sa.union_all(*arms)).all()
    ids = list(dict.fromkeys(row.id for row in rows))
    lessons = {lesson.id: lesson for lesson in found_lessons(session, ids, who, IN_USE)}
    sections: dict[str, list[Shown]] = {"new": [], "useful": [], "came": [], "newest": []}
    for row in rows:
        full = len(sections[row.section]) >= _MOST[row.section]
        lesson = None if full else lessons.pop(row.id, None)
        if lesson:
            sections[row.section].append(Shown(lesson, _why(row)))
    return ForMe(**sections)


def _why(row: Any) -> str:
    if row.section == "came":
        return use_in_words(row)
    if row.reach:
        return uses_in_words(row)
    if row.section == "useful":
        return f"thanked by {row.thanked} {'person' if row.thanked == 1 else 'people'}"
    if row.followed:
        return f"you follow {row.followed}"
    if row.team:
        return f"from {row.team}, your team"
    return f"you wrote about {row.topic}" if row.topic else ""


def _new_for(who: Reader, now: datetime) -> sa.Select[Any]:
    """New lessons of others that somebody, or something, this person follows stands behind; of
    their teams; about what they wrote about themselves."""
    me = who.person.id
    followed = sa.func.coalesce(
        _followed(me, SubjectKind.PERSON, Person, Lesson.author_id),
        _followed(me, SubjectKind.TEAM, Team, Lesson.team_id),
        _followed_topic(me),
    )
    team = (
        sa.select(col(Team.name))
        .where(col(Team.id) == Lesson.team_id, col(Team.id).in_(who.teams))
        .scalar_subquery()
    )
    rows = placed("new", followed=followed, team=team, topic=_topic_of_mine(me)).where(
        who.readable,
        STILL_IN_USE,
        col(Lesson.posted_at) > now - _NEW_FOR,
        sa.or_(col(Lesson.author_id).is_(None), col(Lesson.author_id) != me),
    )
    all_of_them = rows.add_columns(col(Lesson.posted_at)).subquery()
    c = all_of_them.c
    return (
        sa.select(*reasons_of(all_of_them))
        .where(sa.func.coalesce(c.followed, c.team, c.topic).is_not(None))
        .order_by(c.posted_at.desc(), c.id)
        .limit(_MOST["new"])
    )


def _followed(me: str, kind: SubjectKind, what: Any, subject: Any) -> sa.ScalarSelect[Any]:
    return (
        sa.select(col(what.name))
        .join(Follow, col(Follow.subject_id) == what.id)
        .where(col(Follow.person_id) == me, col(Follow.subject_kind) == kind, what.id == subject)
        .correlate(Lesson)
        .scalar_subquery()
    )


def _followed_topic(me: str) -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.min(Topic.name))
        .join(LessonTopic, col(LessonTopic.topic_id) == Topic.id)
        .join(Follow, col(Follow.subject_id) == Topic.id)
        .where(
            col(Follow.person_id) == me,
            col(Follow.subject_kind) == SubjectKind.TOPIC,
            col(LessonTopic.lesson_id) == Lesson.id,
        )
        .correlate(Lesson)
        .scalar_subquery()
    )


def _topic_of_mine(me: str) -> sa.ScalarSelect[Any]:
    own: Any = sqlalchemy.orm.aliased(Lesson)
    mine = (
        sa.select(col(LessonTopic.topic_id))
        .join(own, own.id == LessonTopic.lesson_id)
        .where(own.author_id == me)
    )
    return (
        sa.select(sa.func.min(Topic.name))
        .join(LessonTopic, col(LessonTopic.topic_id) == Topic.id)
        .where(col(LessonTopic.lesson_id) == Lesson.id, col(Topic.id).in_(mine))
        .correlate(Lesson)
        .scalar_subquery()
    )


def _thanked(who: Reader, now: datetime) -> sa.Select[Any]:
    """What others thanked for of late, most thanked first."""
    times = sa.func.count(col(Thanks.person_id))
    return (
        placed("useful", thanked=times)
        .join(Thanks, col(Thanks.lesson_id) == Lesson.id)
        .where(
            who.readable,
            STILL_IN_USE,
            col(Thanks.at) > now - _THANKED_WITHIN,
            sa.or_(col(Lesson.author_id).is_(None), col(Lesson.author_id) != who.person.id),
        )
        .group_by(Lesson.id)
        .order_by(times.desc(), sa.func.max(col(Thanks.at)).desc(), col(Lesson.id))
        .limit(sum(_MOST.values()))
    )


def _newest(who: Reader) -> sa.Select[Any]:
    return (
        placed("newest")
        .where(who.readable, STILL_IN_USE)
        .order_by(col(Lesson.posted_at).desc(), col(Lesson.id).desc())
        .limit(sum(_MOST.values()))
    )
