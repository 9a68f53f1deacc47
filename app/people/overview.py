"""People and teams side by side, for lists: as few questions however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.kit.errors import Invalid
from app.people.models import Membership, Person, Team
from app.people.teams import all_teams


@dataclass(slots=True)
class Branch:
    """A team, how many people are in it now, and the teams below it."""

    team: Team
    people: int
    below: list["Branch"] = field(default_factory=list)


def team_tree(session: Session) -> list[Branch]:
    """The teams that stand below none, each with those below it; by name."""
    teams, counts = all_teams(session), member_counts(session)
    branches = {team.id: Branch(team, counts.get(team.id, 0)) for team in teams}
    top: list[Branch] = []
    for team in teams:
        above = branches.get(team.parent_id or "")
        (above.below if above else top).append(branches[team.id])
    return top


def member_counts(session: Session) -> dict[str, int]:
    """How many people who are still here each team has, by team id; teams without are left out."""
    rows = session.exec(
        select(Membership.team_id, sa.func.count())
        .join(Person, col(Person.id) == Membership.person_id)
        .where(col(Person.disabled_at).is_(None))
        .group_by(Membership.team_id)
    )
    return dict(rows.all())


def teams_by_person(session: Session, people: Iterable[Person]) -> dict[str, list[Team]]:
    """The teams of each of these people, by name, by the person's id."""
    found: dict[str, list[Team]] = {person.id: [] for person in people}
    rows = session.exec(
        select(Membership.person_id, Team)
        .join(Team, col(Team.id) == Membership.team_id)
        .where(col(Membership.person_id).in_(found))
        .order_by(Team.key)
    )
    for person_id, team in rows:
        found[person_id].append(team)
    return found


def teams_around(
    session: Session, person: Person
) -> tuple[list[tuple[Team, Membership]], list[Team]]:
    """The teams that a person is in, with what they are there, and all others; by name."""
    theirs = sa.and_(col(Membership.team_id) == Team.id, col(Membership.person_id) == person.id)
    rows = session.exec(
        select(Team, Membership).outerjoin(Membership, theirs).order_by(Team.key)
    ).all()
    inside = [(team, membership) for team, membership in rows if membership is not None]
    return inside, [team for team, membership in rows if membership is None]


def directly_below(teams: Sequence[Team], team: Team) -> list[Team]:
    """The teams whose parent is `team`, by name."""
    return [other for other in teams if other.parent_id == team.id]


def chosen_team(session: Session, team_id: str, *, named: str = "team") -> Team | None:
    """The team that a form names by id, None for an empty field; raises Invalid for the field
    `named` when there is no such team."""
    if not team_id:
        return None
    team = session.get(Team, team_id)
    if team is None:
        raise Invalid(fields={named: "There is no such team any more. Choose another."})
    return team
