"""Somebody leaves: they are disabled, and with that every way in they had ends for good."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from app.auth.links import end_reset_links
from app.auth.models import ApiToken
from app.auth.sessions import end_sessions
from app.people.directory import disable_person
from app.people.models import Person


def shut_out(session: Session, person: Person, *, by: Person | None, now: datetime) -> None:
    """Disable a person and end their sessions, tokens and reset links, so that none comes back to
    life when they are enabled again."""
    disable_person(session, person, by=by, now=now)
    end_sessions(session, person)
    end_reset_links(session, person)
    session.connection().execute(sa.delete(ApiToken).where(col(ApiToken.person_id) == person.id))
