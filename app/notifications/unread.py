"""How much in the inbox waits to be read: one number, for the head of every page."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import col

from app.briefs.models import Brief
from app.events.models import Event
from app.lessons.access import shared_with_teams
from app.lessons.models import Lesson
from app.notifications.models import Notification, NotificationKind
from app.people.models import Person
from app.people.teams import teams_read
from app.searches.models import Miss, Want

#: What comes in numbers and is one line while it is unread: of each lesson, or of each brief.
TOGETHER = (
    NotificationKind.QUESTION,
    NotificationKind.ANSWER,
    NotificationKind.THANKS,
    NotificationKind.RECURRENCE,
    NotificationKind.USED,
    NotificationKind.HELP,
    NotificationKind.FOLLOW_UP,
    NotificationKind.MATCH,
    NotificationKind.MENTION,
)


_STILL_WANTED = sa.exists().where(
    col(Event.id) == Notification.event_id,
    sa.or_(
        sa.exists().where(col(Want.id) == Event.subject_id),
        sa.exists().where(col(Miss.id) == Event.subject_id, col(Miss.shown)),
    ),
)


def still_shared(
    person_id: str | Mapped[str],
    lessons_of: frozenset[str] | sa.Select[str],
    briefs_of: frozenset[str] | sa.Select[str],
) -> sa.ColumnElement[bool]:
    """A condition on `Notification` with its `Lesson` and its `Brief` joined: what it tells of may
    be read by this person, who reads the lessons and briefs that these teams keep to themselves,
    and that everybody may see what is wanted. What is not so is neither listed nor counted."""
    own = sa.or_(col(Brief.by_id) == person_id, col(Brief.team_id).in_(briefs_of))
    return sa.and_(
        sa.or_(col(Notification.lesson_id).is_(None), shared_with_teams(lessons_of)),
        sa.or_(col(Notification.brief_id).is_(None), own),
        sa.or_(col(Notification.kind) != NotificationKind.MAY_KNOW, _STILL_WANTED),
    )


def line_key() -> sa.ColumnElement[str]:
    """What notifications of one line have in common: the brief or else the lesson, for what is
    unread and comes together; else each has its own."""
    together = sa.and_(col(Notification.read_at).is_(None), col(Notification.kind).in_(TOGETHER))
    about = sa.func.coalesce(
        col(Notification.brief_id), col(Notification.lesson_id), col(Notification.id)
    )
    named = sa.type_coerce(col(Notification.kind), sa.String()) + ":" + about
    return sa.case((together, named), else_=col(Notification.id))


#: How many lines wait for a person, as a column of a question about `Person`.
UNREAD: sa.ScalarSelect[int] = (
    sa.select(sa.func.count(sa.distinct(line_key())))
    .select_from(Notification)
    .outerjoin(Lesson, col(Lesson.id) == Notification.lesson_id)
    .outerjoin(Brief, col(Brief.id) == Notification.brief_id)
    .where(
        col(Notification.person_id) == Person.id,
        col(Notification.read_at).is_(None),
        still_shared(col(Person.id), teams_read(col(Person.id)), teams_read(col(Person.id))),
    )
    .correlate(Person)
    .scalar_subquery()
)
