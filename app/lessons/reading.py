"""A lesson to be read, with all the names that stand on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.lessons.access import Reader, readable_lesson
from app.lessons.cards import Card
from app.lessons.freshness import Freshness, freshness
from app.lessons.models import Lesson, LessonStanding, LessonTopic, Retirement
from app.lessons.worth import sign_of
from app.people.models import Person, Team
from app.topics.models import Topic

_RetiredBy = aliased(Person)
# Said once: to make a question again each time costs more than to ask it.
_WITH_NAMES: Any = (
    select(Lesson, Person, Team, Retirement)
    .add_columns(col(_RetiredBy.name), LessonStanding, Topic)
    .outerjoin(Person, col(Person.id) == Lesson.author_id)
    .outerjoin(Team, col(Team.id) == Lesson.team_id)
    .outerjoin(Retirement, col(Retirement.lesson_id) == Lesson.id)
    .outerjoin(_RetiredBy, col(_RetiredBy.id) == Retirement.by_id)
    .outerjoin(LessonStanding, col(LessonStanding.lesson_id) == Lesson.id)
    .outerjoin(LessonTopic, col(LessonTopic.lesson_id) == Lesson.id)
    .outerjoin(Topic, col(Topic.id) == LessonTopic.topic_id)
    .where(col(Lesson.id) == sa.bindparam("lesson"))
    .order_by(col(LessonTopic.position))
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A lesson as its page shows it. `retirement` is None while it is in use; `retired_by` is empty
    where nobody is named."""

    card: Card
    retirement: Retirement | None
    retired_by: str

    def freshness(self, today: date) -> Freshness:
        """How old it is, in words."""
        row = self.card.row
        return freshness(
            row.state,
            posted=row.posted_at.date(),
            changed=row.changed_at.date(),
            occurred=row.occurred_on,
            today=today,
            last=sign_of(self.card.worth),
        )


def lesson_to_read(session: Session, lesson_id: str, who: Reader) -> Reading:
    """The lesson with its names, in one question. Raises NotFound as `readable_lesson`."""
    # A row for each topic, of which there are few.
    rows: Sequence[Any] = session.exec(_WITH_NAMES, params={"lesson": lesson_id}).all()
    # The session holds it now: access is decided without asking for it again.
    lesson = readable_lesson(session, lesson_id, who)
    _, author, team, retirement, retired_by, worth, _ = rows[0] if rows else (None,) * 7
    topics = [row[-1] for row in rows if row[-1]]
    # A draft of a lesson to be protected has an author, whom nobody else is shown.
    card = Card(lesson, None if lesson.is_protected else author, team, topics, worth)
    return Reading(card, retirement if lesson.is_retired else None, retired_by or "")
