"""A lesson to be read, with all the names that stand on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.lessons.access import Reader, readable_lesson
from app.lessons.cards import Card, topics_by_lesson
from app.lessons.freshness import Freshness, freshness
from app.lessons.models import Lesson, Retirement
from app.people.models import Person, Team

_RetiredBy = aliased(Person)
# Said once: to make a question again each time costs more than to ask it.
_WITH_NAMES: Any = (
    select(Lesson, Person, Team, Retirement)
    .add_columns(col(_RetiredBy.name))
    .outerjoin(Person, col(Person.id) == Lesson.author_id)
    .outerjoin(Team, col(Team.id) == Lesson.team_id)
    .outerjoin(Retirement, col(Retirement.lesson_id) == Lesson.id)
    .outerjoin(_RetiredBy, col(_RetiredBy.id) == Retirement.by_id)
    .where(col(Lesson.id) == sa.bindparam("lesson"))
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
        )


def lesson_to_read(session: Session, lesson_id: str, who: Reader) -> Reading:
    """The lesson with its names, in two questions. Raises NotFound as `readable_lesson`."""
    found: Sequence[Any] | None = session.exec(_WITH_NAMES, params={"lesson": lesson_id}).first()
    # The session holds it now: access is decided without asking for it again.
    lesson = readable_lesson(session, lesson_id, who)
    _, author, team, retirement, retired_by = found or (None,) * 5
    topics = topics_by_lesson(session, [lesson.id]).get(lesson.id, [])
    # A draft of a lesson to be protected has an author, whom nobody else is shown.
    card = Card(lesson, None if lesson.is_protected else author, team, topics)
    return Reading(card, retirement if lesson.is_retired else None, retired_by or "")
