"""The form for a piece of work: what it shows, and what comes back from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from app.briefs.models import Brief
from app.kit.forms import Submitted
from app.lessons.access import Reader
from app.people.teams import all_teams, teams_of

FIELDS = ("work", "team", "starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class BriefForm:
    """Texts by field as typed; `teams` are the person's own, as (id, name)."""

    values: Mapping[str, str]
    teams: list[tuple[str, str]]


def blank_form(session: Session, who: Reader, *, work: str = "", team: str = "") -> BriefForm:
    """An empty form with the person's own team chosen, or another of theirs that is asked for."""
    teams = _teams(session, who)
    if team not in who.teams:
        mine = teams_of(session, who.person)
        team = mine[0][0].id if mine else ""
    values = dict.fromkeys(FIELDS, "") | {"work": work, "team": team}
    return BriefForm(values, teams)


def form_for(session: Session, who: Reader, brief: Brief) -> BriefForm:
    """The form for a brief that is there. Its team is among those to choose from also for whoever
    made it and has left that team: saved as it is, it must stay the team's."""
    values = {
        "work": brief.work,
        "team": brief.team_id or "",
        "starts_on": brief.starts_on.isoformat() if brief.starts_on else "",
        "ends_on": brief.ends_on.isoformat() if brief.ends_on else "",
        "seen": brief.stamp,
    }
    return BriefForm(values, _teams(session, who, brief))


def form_again(
    session: Session, who: Reader, form: Submitted, brief: Brief | None = None
) -> BriefForm:
    """The form as it was sent, nothing lost; `brief` is the one that it changes."""
    values = {name: form.text(name) for name in (*FIELDS, "seen")}
    return BriefForm(values, _teams(session, who, brief))


def content_in(form: Submitted) -> dict[str, str]:
    """The brief that a form sent, to be checked by `BriefInput`."""
    return {name: form.text(name) for name in FIELDS}


def _teams(session: Session, who: Reader, brief: Brief | None = None) -> list[tuple[str, str]]:
    offered = who.teams | {brief.team_id if brief else None}
    own = [(team.id, team.name) for team in all_teams(session) if team.id in offered]
    return [("", "No team: for myself alone"), *own]
