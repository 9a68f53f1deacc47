"""A brief that nobody keeps: what everybody in the organisation may read of it."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from app.briefs.assemble import Assembled, assemble
from app.briefs.checking import faults_of
from app.briefs.making import note
from app.briefs.models import Brief
from app.briefs.reading import Placed, Shown, tell
from app.briefs.schemas import BriefInput
from app.kit.errors import Invalid
from app.lessons.access import anybody
from app.lessons.models import Lesson
from app.lessons.named import team_ids
from app.people.models import Team
from app.uses.standing import standings_of
from search import Index


def look_up(session: Session, index: Index, content: BriefInput, *, now: datetime) -> Shown:
    """The brief as everybody would read it; nothing is stored. Raises Invalid."""
    wrong = faults_of(content, now.date())
    if wrong:
        raise Invalid(fields=wrong)
    who, teams = anybody(now), team_ids(session, [content.team] if content.team else [])
    brief = Brief(
        work=content.work,
        team_id=teams[0] if teams else None,
        by_id=who.person.id,
        starts_on=content.starts_on,
        ends_on=content.ends_on,
        made_at=now,
        changed_at=now,
    )
    found = assemble(session, index, who, content.work, team_id=brief.team_id, today=now.date())
    note(brief, found)
    team = session.get(Team, brief.team_id) if brief.team_id else None
    return Shown(brief, team, who.person, False, _placed(session, found, now))


def _placed(session: Session, found: Assembled, now: datetime) -> list[Placed]:
    ids = [bearing.lesson.id for bearing in found.lessons]
    standings = standings_of(session, ids)
    days = sa.select(col(Lesson.id), col(Lesson.changed_at)).where(col(Lesson.id).in_(ids))
    changed = {row[0]: row[1].date() for row in session.connection().execute(days)}
    return [
        Placed(
            one.lesson.id,
            tell(
                one.lesson,
                one.why,
                standings.get(one.lesson.id),
                changed[one.lesson.id],
                now.date(),
            ),
            None,
        )
        for one in found.lessons
    ]
