"""What a brief is made of, looked for before anything is written: no writer waits for it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.briefs.assemble import Assembled, assemble
from app.briefs.checking import team_for
from app.briefs.models import Brief, BriefLesson
from app.briefs.schemas import BriefInput
from app.lessons.access import reader
from app.people.models import Person
from search import Index


@dataclass(frozen=True, slots=True)
class Looked:
    """A piece of work, checked, and what bears on it; `found` is None where what a brief has stays
    as it is."""

    content: BriefInput
    team_id: str | None
    found: Assembled | None


def look_for(
    session: Session, index: Index, content: BriefInput, *, by: Person, now: datetime
) -> Looked:
    """What bears on a piece of work. Raises Invalid for what cannot be, SearchedTooMuch."""
    who = reader(session, by)
    team = team_for(session, content, who, now.date())
    team_id = team.id if team else None
    found = assemble(session, index, who, content.work, team_id=team_id, today=now.date())
    return Looked(content, team_id, found)


def look_again(
    session: Session,
    index: Index,
    brief: Brief,
    content: BriefInput,
    *,
    by: Person,
    now: datetime,
) -> Looked:
    """What bears on the work as it is said now: other work, or another team, brings other lessons,
    and so does looking again for what was found without the index. Raises as `look_for`."""
    who = reader(session, by)
    team = team_for(session, content, who, now.date(), brief.team_id)
    team_id = team.id if team else None
    same = (content.work, team_id) == (brief.work, brief.team_id)
    if same and not brief.unwritten.get("plainly"):
        return Looked(content, team_id, None)
    found = assemble(session, index, who, content.work, team_id=team_id, today=now.date())
    return Looked(content, team_id, found)


def look_further(
    session: Session, index: Index, brief: Brief, *, by: Person, now: datetime
) -> Assembled:
    """The next lessons that bear on the work of a brief."""
    there = select(BriefLesson.lesson_id).where(col(BriefLesson.brief_id) == brief.id)
    return assemble(
        session,
        index,
        reader(session, by),
        brief.work,
        team_id=brief.team_id,
        today=now.date(),
        exclude=session.exec(there).all(),
    )
