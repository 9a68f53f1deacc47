"""How people and teams look to programs, and what programs may send about them."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from app.kit.api import NO_NUL, Paged, PageView, Sent
from app.people.models import Membership, Person, Role, Team, TeamRole
from app.people.schemas import Email, Name, OptionalName, Purpose

LONGEST_PART = 120


class PeopleAsked(Paged):
    q: str = Field(
        "",
        max_length=LONGEST_PART,
        pattern=NO_NUL,
        description="A part of a name or e-mail address",
    )


class PersonView(BaseModel):
    id: str
    name: str
    email: str
    title: str
    role: Role
    url: str
    disabled: bool


class PeopleView(PageView):
    people: list[PersonView]


class PersonTeamView(BaseModel):
    id: str
    name: str
    role: TeamRole
    since: datetime


class OnePersonView(PersonView):
    teams: list[PersonTeamView]


class PersonChange(Sent):
    """A part of a person to change; what is left out stays."""

    name: Name | None = None
    title: OptionalName | None = None
    role: Role | None = None
    disabled: bool | None = Field(None, strict=True, description="Whether they are kept out")


class InvitationSent(Sent):
    """Whom to invite."""

    email: Email = Field(
        examples=["ines@northwind.example"],
        json_schema_extra={"pattern": r"^[a-zA-Z0-9._+-]+@[a-zA-Z0-9.-]+$"},
    )
    name: OptionalName = ""
    role: Role = Role.MEMBER
    team: OptionalName = Field("", description="A team's name or id; empty for none")
    team_role: TeamRole = TeamRole.MEMBER


class InvitationView(BaseModel):
    """`url` lets the person in, once, until `expires_at`: give it to nobody else."""

    id: str
    url: str
    email: str
    expires_at: datetime


class TeamView(BaseModel):
    id: str
    name: str
    purpose: str
    parent_id: str | None
    url: str


class TeamsView(PageView):
    teams: list[TeamView]


class MemberView(BaseModel):
    id: str
    name: str
    role: TeamRole
    since: datetime


class OneTeamView(TeamView):
    members: list[MemberView]


class TeamSent(Sent):
    """A team to make."""

    name: Name = Field(examples=["Pumps"])
    purpose: Purpose = ""
    parent: OptionalName | None = Field(None, description="The name or id of the team above it")


class TeamChange(Sent):
    """A part of a team to change; what is left out stays, and null as parent is none."""

    name: Name | None = None
    purpose: Purpose | None = None
    parent: OptionalName | None = None


class MemberSent(Sent):
    """What a person is in a team."""

    role: TeamRole = TeamRole.MEMBER


def person_view(person: Person, base_url: str) -> PersonView:
    return PersonView(
        id=person.id,
        name=person.name,
        email=person.email,
        title=person.title,
        role=person.role,
        url=f"{base_url}{person.url}",
        disabled=person.disabled_at is not None,
    )


def one_person_view(
    person: Person, teams: Sequence[tuple[Team, Membership]], base_url: str
) -> OnePersonView:
    return OnePersonView(
        **person_view(person, base_url).model_dump(),
        teams=[
            PersonTeamView(id=team.id, name=team.name, role=there.role, since=there.since)
            for team, there in teams
        ],
    )


def team_view(team: Team, base_url: str) -> TeamView:
    return TeamView(
        id=team.id,
        name=team.name,
        purpose=team.purpose,
        parent_id=team.parent_id,
        url=f"{base_url}{team.url}",
    )


def one_team_view(
    team: Team, members: Sequence[tuple[Person, Membership]], base_url: str
) -> OneTeamView:
    return OneTeamView(
        **team_view(team, base_url).model_dump(),
        members=[
            MemberView(id=person.id, name=person.name, role=there.role, since=there.since)
            for person, there in members
        ],
    )
