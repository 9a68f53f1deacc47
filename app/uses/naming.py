"""What everybody who says what came of a lesson must keep to: no draft, no name beside a protected
author's own lesson, a team of their own, no day to come."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from app.kit.errors import Forbidden, Invalid
from app.lessons.access import holds_claim
from app.lessons.models import Lesson
from app.people.models import Person, Team
from app.people.teams import team_named, teams_read_by

_FURTHEST_EAST = timedelta(hours=14)


class NamedAsAuthor(Invalid):
    code = "named_as_author"
    message = (
        "You hold this lesson's claim code. What you report would carry your name beside it; "
        "let somebody else of your team report it, or add it to the lesson itself."
    )


class NotYourReport(Forbidden):
    code = "not_your_report"
    message = "Only who reported this, or their team, can change or withdraw it."


def refuse_to_name(lesson: Lesson, claim_code: str) -> None:
    """Raise Invalid for a draft, NamedAsAuthor for whoever holds the lesson's claim code."""
    if lesson.is_draft:
        raise Invalid("Something can come of a draft when it is posted.")
    if holds_claim(lesson, claim_code):
        raise NamedAsAuthor


def may_report(lesson: Lesson, claim_code: str) -> bool:
    """Whether somebody with this claim code may say what came of the lesson."""
    return not lesson.is_draft and not holds_claim(lesson, claim_code)


def own_team_called(session: Session, name: str, by: Person) -> Team | None:
    """The team of a name or id, if the person speaks for it: one of theirs, or one below a team
    that they manage. None for no name; else Invalid."""
    if not name:
        return None
    team = session.get(Team, name) or team_named(session, name)
    if team is None or team.id not in teams_read_by(session, by):
        message = "You are in no team of this name. Choose one of your own teams, or none."
        raise Invalid(message, fields={"team": message})
    return team


def not_to_come(field: str, day: date | None, now: datetime) -> dict[str, str]:
    """What is wrong with a day, by field: it must not lie in the future, wherever one lives."""
    coming = day is not None and day > (now + _FURTHEST_EAST).date()
    return {field: "This day is still to come."} if coming else {}
