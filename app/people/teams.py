"""Teams: made, renamed, moved under another; who is in them; which lessons' audiences follow."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from app.events.record import record
from app.kit.errors import Conflict, Forbidden, Invalid, NotFound
from app.people.models import Membership, Person, Team, TeamRole
from app.people.schemas import NAME_LENGTH


class TeamNameTaken(Conflict):
    code = "team_name_taken"


class TeamLoop(Invalid):
    code = "team_loop"


class NotYourTeam(Forbidden):
    code = "not_your_team"
    message = "Only an administrator or a manager of this team can say who is in it."


def name_key(name: str) -> str:
    """A name folded for comparison: case and runs of space do not make another team."""
    # Folding may lengthen: ß becomes ss.
    return " ".join(name.casefold().split())[:NAME_LENGTH]


def all_teams(session: Session) -> Sequence[Team]:
    """Every team, by name."""
    return session.exec(select(Team).order_by(Team.key)).all()


def the_team(session: Session, team_id: str) -> Team:
    """A team by id: teams are known to everyone in the organisation."""
    team = session.get(Team, team_id)
    if team is None:
        raise NotFound
    return team


def team_named(session: Session, name: str) -> Team | None:
    return session.exec(select(Team).where(Team.key == name_key(name))).first()


def create_team(
    session: Session,
    name: str,
    *,
    purpose: str = "",
    parent: Team | None = None,
    by: Person | None,
    now: datetime,
) -> Team:
    """Make a team; its name is new in the organisation."""
    _refuse_taken(session, name, but=None)
    team = Team(
        name=name,
        key=name_key(name),
        purpose=purpose,
        parent_id=parent.id if parent else None,
        created_at=now,
    )
    session.add(team)
    session.flush()
    record(session, "team.created", team.id, by=by.id if by else None, now=now, name=name)
    return team


def change_team(
    session: Session,
    team: Team,
    *,
    name: str,
    purpose: str,
    parent: Team | None,
    by: Person,
    now: datetime,
) -> None:
    """Rename, describe or move a team; it cannot stand below itself."""
    _refuse_taken(session, name, but=team)
    if parent and team.id in lineage(all_teams(session), parent.id):
        message = f"{parent.name} is {team.name} itself or stands below it."
        raise TeamLoop(message, fields={"parent": message})
    team.name, team.key, team.purpose = name, name_key(name), purpose
    team.parent_id = parent.id if parent else None
    session.add(team)
    record(session, "team.changed", team.id, by=by.id, now=now, name=name)


def _refuse_taken(session: Session, name: str, *, but: Team | None) -> None:
    known = team_named(session, name)
    if known and (but is None or known.id != but.id):
        message = f"There is already a team called {known.name}."
        raise TeamNameTaken(message, fields={"name": message})


def lineage(teams: Iterable[Team], team_id: str) -> list[str]:
    """The ids of a team and of those above it, nearest first."""
    parents = {team.id: team.parent_id for team in teams}
    found: list[str] = []
    here: str | None = team_id
    while here is not None and here not in found:
        found.append(here)
        here = parents.get(here)
    return found


def below(teams: Iterable[Team], team_id: str) -> set[str]:
    """The ids of a team and of all below it."""
    teams = list(teams)
    found = {team_id}
    while True:
        more = {t.id for t in teams if t.parent_id in found} - found
        if not more:
            return found
        found |= more


def members_of(session: Session, team: Team) -> Sequence[tuple[Person, Membership]]:
    """Who is in a team now, managers first, by name."""
    rows = session.exec(
        select(Person, Membership)
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(Membership.team_id == team.id, col(Person.disabled_at).is_(None))
        .order_by(col(Membership.role), Person.name)
    ).all()
    return [(person, membership) for person, membership in rows]


def join_team(
    session: Session,
    team: Team,
    person: Person,
    role: TeamRole,
    *,
    by: Person | None,
    now: datetime,
) -> None:
    """Put a person in a team, or change what they are there: they are that since now."""
    membership = session.get(Membership, (person.id, team.id)) or Membership(
        person_id=person.id, team_id=team.id, role=role, since=now
    )
    if membership.role is not role:
        membership.role, membership.since = role, now
    session.add(membership)
    record(
        session,
        "membership.set",
        team.id,
        by=by.id if by else None,
        now=now,
        person=person.id,
        role=role.value,
    )


def leave_team(session: Session, team: Team, person: Person, *, by: Person, now: datetime) -> None:
    """Take a person out of a team."""
    membership = session.get(Membership, (person.id, team.id))
    if membership is None:
        raise NotFound
    session.delete(membership)
    record(session, "membership.ended", team.id, by=by.id, now=now, person=person.id)


def manages(person: Person, members: Iterable[tuple[Person, Membership]]) -> bool:
    """Whether a person says who is in the team that has these members: its managers do, and
    administrators."""
    return person.administers or any(
        member.id == person.id and membership.role is TeamRole.MANAGER
        for member, membership in members
    )


def managed_team(session: Session, team_id: str, person: Person) -> Team:
    """A team by id, for whoever says who is in it; raises NotYourTeam for others."""
    team = the_team(session, team_id)
    if not manages(person, members_of(session, team)):
        raise NotYourTeam
    return team


def teams_of(session: Session, person: Person) -> Sequence[tuple[Team, Membership]]:
    """The teams a person is in, by name."""
    rows = session.exec(
        select(Team, Membership)
        .join(Membership, col(Membership.team_id) == Team.id)
        .where(Membership.person_id == person.id)
        .order_by(Team.key)
    ).all()
    return [(team, membership) for team, membership in rows]


def _reading(whose: sa.ColumnElement[bool]) -> sa.CTE:
    """Who reads what teams keep to themselves, as (person_id, team_id, role): members, and for the
    teams below those who manage one. `whose` is a condition on `Membership`."""
    own = (
        sa.select(col(Membership.person_id), col(Membership.team_id), col(Membership.role))
        .where(whose)
        .correlate(Person)
    )
    reading = own.cte("reading", recursive=True, nesting=True)
    below_managed = (
        sa.select(reading.c.person_id, col(Team.id), reading.c.role)
        .join(reading, col(Team.parent_id) == reading.c.team_id)
        .where(reading.c.role == TeamRole.MANAGER)
    )
    return reading.union(below_managed)


def teams_read(person_id: Mapped[str] | sa.BindParameter[str]) -> sa.Select[str]:
    """The question for the teams, by id, whose team-only lessons a person may read: their own, and
    those below the ones they manage. `person_id` may be a column of the question around it."""
    reading = _reading(col(Membership.person_id) == person_id)
    return sa.select(reading.c.team_id)


_READ_BY_ONE = teams_read(sa.bindparam("person"))


def teams_read_by(session: Session, person: Person) -> frozenset[str]:
    """Ids of the teams whose team-only lessons a person may read."""
    found = session.connection().execute(_READ_BY_ONE, {"person": person.id})
    return frozenset(found.scalars())


def teams_read_by_each(session: Session, person_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """The same for several persons, by their ids."""
    ids = set(person_ids)
    reading = _reading(col(Membership.person_id).in_(ids))
    found: dict[str, set[str]] = {person_id: set() for person_id in ids}
    for person_id, team_id in session.connection().execute(
        sa.select(reading.c.person_id, reading.c.team_id)
    ):
        found[person_id].add(team_id)
    return {person_id: frozenset(teams) for person_id, teams in found.items()}
