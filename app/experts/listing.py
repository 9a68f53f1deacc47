"""Whether somebody is listed among people who know: their own choice, and their own business.

No event records it, and no page tells anybody else that somebody is not listed.
"""

from datetime import datetime

from sqlmodel import Session

from app.experts.models import Unlisted
from app.people.directory import one_at_a_time
from app.people.models import Person


def is_listed(session: Session, person: Person) -> bool:
    """Whether a person may be shown among people who know."""
    return session.get(Unlisted, person.id) is None


def set_listed(session: Session, listed: bool, *, by: Person, now: datetime) -> None:
    """Be shown among people who know, or no longer. Twice is as good as once."""
    one_at_a_time(session, by)
    unlisted = session.get(Unlisted, by.id)
    if listed and unlisted:
        session.delete(unlisted)
    elif not listed and unlisted is None:
        session.add(Unlisted(person_id=by.id, since=now))
