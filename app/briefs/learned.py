"""What a team learned itself: the desk, begun with the work, the team and the day."""

from datetime import date

from sqlmodel import Session

from app.briefs.access import readable_brief
from app.briefs.naming import shortened
from app.lessons.access import Reader
from app.people.models import Team

_CONTEXT_LENGTH = 500


def begun_from(session: Session, brief_id: str, who: Reader, today: date) -> dict[str, str]:
    """What a brief says of the lesson that comes out of its work, as fields of the lesson's form.
    The day is that of the end, if it is past. Raises NotFound."""
    brief = readable_brief(session, brief_id, who)
    team = session.get(Team, brief.team_id) if brief.team_id in who.teams else None
    day = min(brief.ends_on, today) if brief.ends_on else None
    begun = {"context": shortened(brief.work.strip(), _CONTEXT_LENGTH)}
    begun |= {"team": team.name} if team else {}
    return begun | ({"occurred_on": day.isoformat()} if day else {})
