"""Lessons found, as a list shows them: read freshly in two questions, for many to pass by."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from app.kit.db import several
from app.lessons.access import Reader, shared_with_teams
from app.lessons.models import AuthorMode, Lesson, LessonStanding, LessonTopic, Visibility
from app.people.models import Person, Team
from app.topics.models import Topic


class Named(NamedTuple):
    """A person or a team that a lesson names."""

    id: str
    name: str


class Subject(Named):
    """A topic that a lesson is about."""

    __slots__ = ()

    @property
    def url(self) -> str:
        return f"/topics/{self.id}"


class CameOfIt(NamedTuple):
    """What came of a lesson, as far as a list says it."""

    effect: int = 0
    better: int = 0
    worse: int = 0
    recurrences: int = 0


@dataclass(frozen=True, slots=True)
class FoundLesson:
    """A posted lesson with what a list says of it. `author` is None for a protected author, and
    for a lesson that was brought in from elsewhere without one; `passages` are its parts, those
    first that say most in a few words; `held_on` is the day on which somebody stood by it last,
    that of its posting where nobody did."""

    id: str
    external_id: str | None
    kind: str
    title: str
    state: str
    posted_at: datetime
    occurred_on: date | None
    team: Named | None
    author: Named | None
    is_protected: bool
    shared_with: str
    topics: Sequence[Subject]
    passages: Sequence[str]
    worth: CameOfIt
    held_on: date

    @property
    def url(self) -> str:
        return f"/lessons/{self.id}"

    @property
    def day(self) -> date:
        return self.posted_at.date()

    @property
    def byline(self) -> str:
        """Who it is from, in words; empty for one brought in from elsewhere."""
        if self.is_protected:
            return "protected author"
        return self.author.name if self.author else ""

    @property
    def recommendation(self) -> str:
        return self.passages[0]


def _plain(column: Any) -> sa.ColumnElement[str]:
    # As stored: what only goes into an answer need not become a member of its enumeration first.
    return sa.type_coerce(col(column), sa.String)


#: The parts of a lesson that hold text, those first that say most in a few words.
PASSAGES = (
    Lesson.recommendation,
    Lesson.lesson,
    Lesson.happened,
    Lesson.why,
    Lesson.context,
    Lesson.expected,
    Lesson.applies_when,
    Lesson.not_when,
)
# Said once: to make a question again each time costs more than to ask it.
_FOUND = (
    sa.select(
        col(Lesson.id),
        col(Lesson.external_id),
        _plain(Lesson.kind),
        col(Lesson.title),
        _plain(Lesson.state),
        col(Lesson.posted_at),
        col(Lesson.occurred_on),
        col(Lesson.team_id),
        col(Team.name),
        col(Lesson.author_id),
        col(Person.name),
        _plain(Lesson.author_mode),
        _plain(Lesson.visibility),
        *(
            sa.func.coalesce(col(number), 0)
            for number in (
                LessonStanding.effect,
                LessonStanding.better,
                LessonStanding.worse,
                LessonStanding.recurrences,
            )
        ),
        col(LessonStanding.used_on),
        col(LessonStanding.confirmed_on),
        *(col(passage) for passage in PASSAGES),
    )
    .outerjoin(Person, col(Person.id) == Lesson.author_id)
    .outerjoin(Team, col(Team.id) == Lesson.team_id)
    .outerjoin(LessonStanding, col(LessonStanding.lesson_id) == Lesson.id)
    .where(col(Lesson.id).in_(several("ids")), shared_with_teams(several("teams")))
)
_TOPICS = (
    sa.select(col(LessonTopic.lesson_id), col(Topic.id), col(Topic.name))
    .join(Topic, col(Topic.id) == LessonTopic.topic_id)
    .where(col(LessonTopic.lesson_id).in_(several("ids")))
    .order_by(col(LessonTopic.position))
)


def found_lessons(
    session: Session,
    ids: Sequence[str],
    who: Reader,
    states: Container[str],
    most: int | None = None,
) -> list[FoundLesson]:
    """Those of the lessons that are there, shared with this person and in these states, in the
    order of `ids`; at most `most`. What is not yet flushed is not seen."""
    if not ids:
        return []
    ask = session.connection().execute
    rows = {row[0]: row for row in ask(_FOUND, {"ids": ids, "teams": list(who.teams)})}
    left = [rows[i] for i in ids if i in rows and rows[i][4] in states][:most]
    topics: dict[str, list[Subject]] = {row[0]: [] for row in left}
    if left:
        for lesson_id, topic_id, name in ask(_TOPICS, {"ids": list(topics)}):
            topics[lesson_id].append(Subject(topic_id, name))
    return [_found(row, topics[row[0]]) for row in left]


def _found(row: Sequence[Any], topics: Sequence[Subject]) -> FoundLesson:
    lesson_id, external_id, kind, title, state, posted_at, occurred_on = row[:7]
    team_id, team, author_id, author, mode, visibility = row[7:13]
    held = [day for day in row[17:19] if day]
    protected = mode == AuthorMode.PROTECTED.value
    return FoundLesson(
        lesson_id,
        external_id,
        kind,
        title,
        state,
        posted_at,
        occurred_on,
        Named(team_id, team) if team_id else None,
        Named(author_id, author) if author_id and not protected else None,
        protected,
        "team" if visibility == Visibility.TEAM.value else "organisation",
        topics,
        row[19:],
        CameOfIt(*row[13:17]),
        max(held) if held else posted_at.date(),
    )
