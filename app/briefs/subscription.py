"""Being told of new lessons for a piece of work while it lasts: on for the whole team, or off."""

from datetime import datetime

from sqlmodel import Session

from app.briefs.models import Brief
from app.events.record import record
from app.people.models import Person


def watch(session: Session, brief: Brief, watched: bool, *, by: Person, now: datetime) -> None:
    """Let the team be told from now on, or no more. What was put into the brief stays."""
    if brief.watched is not watched:
        brief.watched = watched
        session.add(brief)
        kind = "brief.watched" if watched else "brief.unwatched"
        facts = {"brief_id": brief.id, "team_id": brief.team_id}
        record(session, kind, brief.id, by=by.id, now=now, **facts)
