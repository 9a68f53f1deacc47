"""Organisation, person, team, membership."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from app.kit.db import Table, choice
from app.kit.ids import ID_LENGTH, random_id


class Role(StrEnum):
    """What a person may do in the whole organisation."""

    MEMBER = "member"
    CURATOR = "curator"
    ADMINISTRATOR = "administrator"


class TeamRole(StrEnum):
    """What a person is in one team."""

    MEMBER = "member"
    MANAGER = "manager"


class Organisation(Table, table=True):
    """The one organisation whose memory this is."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    name: str = Field(max_length=120)
    created_at: datetime


class Person(Table, table=True):
    """Somebody who can sign in. Persons are disabled, never deleted: their lessons stay."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    email: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=120)
    title: str = Field(default="", max_length=120)
    # An IANA name (“Europe/Berlin”); empty means the organisation's.
    time_zone: str = Field(default="", max_length=64)
    role: Role = Field(default=Role.MEMBER, sa_type=choice(Role))
    created_at: datetime
    disabled_at: datetime | None = None

    @property
    def url(self) -> str:
        return f"/people/{self.id}"

    @property
    def curates(self) -> bool:
        return self.role in (Role.CURATOR, Role.ADMINISTRATOR)

    @property
    def administers(self) -> bool:
        return self.role is Role.ADMINISTRATOR


class Team(Table, table=True):
    """A group of persons; `key` is its name folded, so that no two differ by case alone."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    name: str = Field(max_length=120)
    key: str = Field(max_length=120, unique=True)
    purpose: str = Field(default="", max_length=300)
    parent_id: str | None = Field(
        default=None, foreign_key="team.id", max_length=ID_LENGTH, index=True
    )
    created_at: datetime

    @property
    def url(self) -> str:
        return f"/teams/{self.id}"


class Membership(Table, table=True):
    """A person in a team."""

    __table_args__ = (sa.Index(None, "team_id"),)

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID_LENGTH)
    team_id: str = Field(
        primary_key=True, foreign_key="team.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    role: TeamRole = Field(default=TeamRole.MEMBER, sa_type=choice(TeamRole))
    since: datetime
