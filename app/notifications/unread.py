"""How much in the inbox waits to be read: one number, for the head of every page."""

import sqlalchemy as sa
from sqlmodel import col

from app.lessons.access import shared_with_teams
from app.lessons.models import Lesson
from app.notifications.models import Notification
from app.people.models import Person
from app.people.teams import teams_read


def still_shared(
    teams: frozenset[str] | sa.Select[str],
) -> sa.ColumnElement[bool]:
    """A condition on `Notification` with its `Lesson` joined: what it tells of may be read by who
    reads what `teams` keep to themselves. What may not is neither listed nor counted."""
    return sa.or_(col(Notification.lesson_id).is_(None), shared_with_teams(teams))


#: How many notifications wait for a person, as a column of a question about `Person`.
UNREAD: sa.ScalarSelect[int] = (
    sa.select(sa.func.count())
    .select_from(Notification)
    .outerjoin(Lesson, col(Lesson.id) == Notification.lesson_id)
    .where(
        col(Notification.person_id) == Person.id,
        col(Notification.read_at).is_(None),
        still_shared(teams_read(col(Person.id))),
    )
    .correlate(Person)
    .scalar_subquery()
)
