"""How often somebody's mail may do something in their name: it may lie in other hands."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from app.events.models import Event
from app.kit.errors import Problem
from app.people.models import Person

MOST_AN_HOUR = 30
_HOUR = timedelta(hours=1)
_COUNTED = ("thanks.given", "question.asked", "want.assigned")


class TooMuchByMail(Problem):
    status = 429
    code = "too_much_by_mail"
    message = "That was a lot for one hour. Try it again in a while, or sign in and go on there."
    way_on = ("/digests", "Sign in and go on there")

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(int(_HOUR.total_seconds()))}


def not_too_often(session: Session, person: Person, *, now: datetime) -> None:
    """Raise TooMuchByMail where a person thanked, asked and assigned thirty times in an hour, in
    whatever way."""
    done = sa.select(sa.func.count()).where(
        col(Event.at) > now - _HOUR,
        col(Event.actor_id) == person.id,
        col(Event.kind).in_(_COUNTED),
    )
    if (session.connection().execute(done).scalar() or 0) >= MOST_AN_HOUR:
        raise TooMuchByMail
