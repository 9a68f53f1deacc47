"""What is said of a piece of work, checked as a whole: everything that is wrong at once."""

from datetime import date, timedelta

from sqlmodel import Session

from app.briefs.schemas import BriefInput
from app.kit.errors import Invalid
from app.lessons.access import Reader
from app.lessons.as_written import says_something
from app.people.models import Team
from app.people.teams import team_named

_FAR_OFF = timedelta(days=3660)
_NOTHING_SAID = (
    "These words say nothing about the work yet. Say what you will do, with what and where: “We "
    "replace the pumps of two clinics while they are open.”"
)


def team_for(
    session: Session, content: BriefInput, who: Reader, today: date, known: str | None = None
) -> Team | None:
    """The team that is named, one of the person's own, or `known`, whose the brief is already: it
    stays when they have left it. Raises Invalid for another, and for words that say nothing and
    days that cannot be: with all that is wrong."""
    wrong = faults_of(content, today)
    team = None
    if content.team:
        team = session.get(Team, content.team) or team_named(session, content.team)
        if team is None or team.id not in who.teams | {known}:
            wrong["team"] = "You are in no team of this name. Choose one of your own, or none."
    if wrong:
        raise Invalid(fields=wrong)
    return team


def faults_of(content: BriefInput, today: date) -> dict[str, str]:
    """What is wrong by field, whoever says it."""
    starts, ends = content.starts_on, content.ends_on
    wrong = {
        name: "This is more than ten years away. Is the year right?"
        for name, day in (("starts_on", starts), ("ends_on", ends))
        if day and abs(day - today) > _FAR_OFF
    }
    if starts and ends and ends < starts:
        wrong.setdefault("ends_on", "The work would end before it begins. Which day is wrong?")
    if not says_something(content.work):
        wrong["work"] = _NOTHING_SAID
    return wrong
