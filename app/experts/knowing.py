"""People who know about something: by what they wrote, used, answered and confirmed about it.

A lesson under one's name is worth three points, a use that one reported or an answer that one gave
two, a confirmation one; each is weighed by how much its lesson bears on the subject, and halves
with every year that passed (`HALF_LIFE_DAYS`): who did it last month remembers, who did it five
years ago has mostly moved on, and nobody has to be struck off a list. Each kind of act counts once
a lesson, so that twenty answers about one lesson make nobody an expert.

Only acts that carry a name count: a protected author's lesson and the answers given with its claim
code carry none, and who changed a lesson is not asked at all. Only lessons in use that the asker
may read count. Whoever does not want to be listed (`Unlisted`) is not.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from app.experts.models import Unlisted
from app.kit.db import several
from app.lessons.access import Reader, shared_with_teams
from app.lessons.models import AuthorMode, Lesson, LessonTopic, State
from app.people.models import Person
from app.responses.models import Answer, Question
from app.uses.models import Confirmation, Manner, Use

HALF_LIFE_DAYS = 365
# Older acts than the newest so many would change nothing: they count least.
_MOST_ACTS = 2_000
_MOST_LESSONS = 500
_MONTHS_SAID_ALONE_DAYS = 330


class Act(StrEnum):
    """What shows that somebody knows, in the order in which it is said."""

    WROTE = "wrote"
    USED = "used"
    ANSWERED = "answered questions on"
    CONFIRMED = "confirmed"


POINTS = {Act.WROTE: 3.0, Act.USED: 2.0, Act.ANSWERED: 2.0, Act.CONFIRMED: 1.0}


class Somebody(NamedTuple):
    """A person by name, and what they do here."""

    id: str
    name: str
    title: str

    @property
    def url(self) -> str:
        return f"/people/{self.id}"


class Knows(NamedTuple):
    """Somebody who knows, and why in words: “wrote 3 lessons on this, used 2, last in May”."""

    person: Somebody
    why: str


@dataclass(slots=True)
class _Shown:
    """What one person showed so far."""

    person: Somebody
    last: date
    points: float = 0.0
    lessons: dict[Act, set[str]] = field(default_factory=dict)


def who_knows(
    session: Session,
    who: Reader,
    lesson_ids: Mapping[str, float],
    *,
    now: datetime,
    limit: int = 5,
    but: Collection[str] = (),
) -> list[Knows]:
    """Who knows most about what these lessons tell of, each lesson by its weight of relevance;
    without the persons whose ids are in `but`. One question to the database, none without lessons.
    """
    heaviest = sorted(lesson_ids, key=lambda lesson_id: (-lesson_ids[lesson_id], lesson_id))
    asked = {"ids": heaviest[:_MOST_LESSONS], "teams": list(who.teams)}
    rows = session.connection().execute(_OF_LESSONS, asked).all() if heaviest else []
    return _ranked(rows, lesson_ids, now.date(), but)[:limit]


def who_knows_topic(
    session: Session, who: Reader, topic_id: str, *, now: datetime, limit: int = 5
) -> list[Knows]:
    """Who knows most about a topic, by all its lessons. One question to the database."""
    asked = {"topic": topic_id, "teams": list(who.teams)}
    rows = session.connection().execute(_OF_TOPIC, asked).all()
    return _ranked(rows, dict.fromkeys((row.lesson_id for row in rows), 1.0), now.date())[:limit]


def by_place(lesson_ids: Iterable[str]) -> dict[str, float]:
    """Weights for lessons in the order in which they were found: the fifth counts half of the
    first, the tenth a third."""
    return {lesson_id: 4 / (4 + place) for place, lesson_id in enumerate(lesson_ids)}


def _ranked(
    rows: Sequence[Any], weights: Mapping[str, float], today: date, but: Collection[str] = ()
) -> list[Knows]:
    """Most points first. Of several acts of one kind on one lesson the newest row, which comes
    first, counts."""
    found: dict[str, _Shown] = {}
    for row in rows:
        if row.person_id in but:
            continue
        person = Somebody(row.person_id, row.name, row.title)
        shown = found.setdefault(row.person_id, _Shown(person, row.at.date()))
        act = Act[row.act]
        lessons = shown.lessons.setdefault(act, set())
        if row.lesson_id not in lessons:
            lessons.add(row.lesson_id)
            years = max((today - row.at.date()).days, 0) / HALF_LIFE_DAYS
            shown.points += POINTS[act] * weights[row.lesson_id] * 0.5**years
    order = sorted(found.values(), key=lambda s: (-s.points, s.person.name.casefold(), s.person.id))
    return [Knows(shown.person, _why(shown, today)) for shown in order]


def _why(shown: _Shown, today: date) -> str:
    parts: list[str] = []
    for act in Act:
        number = len(shown.lessons.get(act, ()))
        if not number:
            continue
        lessons = "" if parts else " lesson on this" if number == 1 else " lessons on this"
        count = ("one" if parts else "a") if number == 1 else str(number)
        parts.append(f"{act.value} {count}{lessons}")
    return f"{', '.join(parts)}, {_when(shown.last, today)}"


def _when(day: date, today: date) -> str:
    if (day.year, day.month) == (today.year, today.month):
        return "last this month"
    near = (today - day).days < _MONTHS_SAID_ALONE_DAYS
    return f"last in {day:%B}" if near else f"last in {day:%B %Y}"


def _acts(which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Every act under a name on lessons of a condition, newest first."""
    lesson = sa.and_(which, shared_with_teams(several("teams")), col(Lesson.state) != State.RETIRED)
    wrote = _act(Act.WROTE, Lesson.author_id, Lesson.posted_at).where(
        lesson, col(Lesson.author_mode) == AuthorMode.NAMED, col(Lesson.author_id).is_not(None)
    )
    used = (
        _act(Act.USED, Use.by_id, Use.reported_at)
        .join(Use, col(Use.lesson_id) == Lesson.id)
        .where(lesson, col(Use.manner) != Manner.REJECTED)
    )
    answered = (
        _act(Act.ANSWERED, Answer.by_id, Answer.answered_at)
        .join(Question, col(Question.lesson_id) == Lesson.id)
        .join(Answer, col(Answer.question_id) == Question.id)
        .where(lesson, col(Answer.by_id).is_not(None))
    )
    confirmed = (
        _act(Act.CONFIRMED, Confirmation.person_id, Confirmation.at)
        .join(Confirmation, col(Confirmation.lesson_id) == Lesson.id)
        .where(lesson)
    )
    acts = sa.union_all(wrote, used, answered, confirmed).subquery()
    hidden = sa.exists().where(col(Unlisted.person_id) == acts.c.person_id)
    named: sa.Select[Any] = sa.select(
        acts, col(Person.name).label("name"), col(Person.title).label("title")
    )
    return (
        named.join(Person, col(Person.id) == acts.c.person_id)
        .where(col(Person.disabled_at).is_(None), ~hidden)
        .order_by(acts.c.at.desc(), acts.c.person_id, acts.c.lesson_id, acts.c.act)
        .limit(_MOST_ACTS)
    )


def _act(act: Act, person_id: Any, at: Any) -> sa.Select[Any]:
    columns: list[Any] = [
        sa.literal(act.name, sa.String).label("act"),
        col(person_id).label("person_id"),
        col(Lesson.id).label("lesson_id"),
        col(at).label("at"),
    ]
    return sa.select(*columns).select_from(Lesson)


# Said once: to make a question again each time costs more than to ask it.
_OF_LESSONS = _acts(col(Lesson.id).in_(several("ids")))
_OF_TOPIC = _acts(
    col(Lesson.id).in_(
        sa.select(col(LessonTopic.lesson_id)).where(
            col(LessonTopic.topic_id) == sa.bindparam("topic")
        )
    )
)
