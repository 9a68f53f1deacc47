"""Which recurrences count: those that whoever may read the lesson may know of."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.lessons.models import Lesson, State, Visibility
from app.uses.models import Recurrence

#: The lesson that it happened to again, and the one that was written about it.
Older, Newer = aliased(Lesson), aliased(Lesson)


def counted() -> sa.ColumnElement[bool]:
    """A condition on `Recurrence`, `Older` and `Newer`, joined by `with_both`: everybody who may
    read the older lesson may read the newer, or there is none."""
    everyone = col(Newer.visibility) == Visibility.ORGANISATION
    same_team = sa.and_(
        col(Older.visibility) == Visibility.TEAM, col(Older.team_id) == col(Newer.team_id)
    )
    posted = col(Newer.state) != State.DRAFT
    return sa.or_(col(Recurrence.newer_id).is_(None), sa.and_(posted, sa.or_(everyone, same_team)))


def with_both(recurrences: Any) -> Any:
    """A question for recurrences, with both lessons beside each."""
    return recurrences.join(Older, Older.id == Recurrence.lesson_id).outerjoin(
        Newer, Newer.id == Recurrence.newer_id
    )
