"""What proves who is asking: passwords, sessions, tokens and links. Only hashes are kept."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from app.kit.db import Table, choice
from app.kit.ids import ID_LENGTH, random_id
from app.people.models import Role, TeamRole

HASH_LENGTH = 64


class Credential(Table, table=True):
    """A person's password, as an Argon2id hash."""

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID_LENGTH)
    password_hash: str = Field(max_length=200)
    changed_at: datetime


class SignInSession(Table, table=True):
    """A signed-in browser. `token_hash` is SHA-256 of the cookie; `seen_at` is kept by the hour."""

    __tablename__ = "session"

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    token_hash: str = Field(max_length=HASH_LENGTH, unique=True)
    person_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH, index=True)
    device: str = Field(default="", max_length=80)
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


class ApiToken(Table, table=True):
    """A program's way in. `prefix` names it in lists; the secret is shown once."""

    __tablename__ = "api_token"

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    token_hash: str = Field(max_length=HASH_LENGTH, unique=True)
    prefix: str = Field(max_length=16)
    person_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH, index=True)
    name: str = Field(max_length=80)
    scopes: str = Field(max_length=40)
    created_at: datetime
    expires_at: datetime
    used_on: datetime | None = None


class Invitation(Table, table=True):
    """A link that lets somebody in, once."""

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    token_hash: str = Field(max_length=HASH_LENGTH, unique=True)
    email: str = Field(max_length=254, index=True)
    name: str = Field(default="", max_length=120)
    role: Role = Field(default=Role.MEMBER, sa_type=choice(Role))
    team_id: str | None = Field(
        default=None, foreign_key="team.id", ondelete="SET NULL", max_length=ID_LENGTH
    )
    team_role: TeamRole = Field(default=TeamRole.MEMBER, sa_type=choice(TeamRole))
    invited_by_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH)
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None = None


class PasswordReset(Table, table=True):
    """A link that sets a new password, once."""

    __tablename__ = "password_reset"

    token_hash: str = Field(primary_key=True, max_length=HASH_LENGTH)
    person_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH, index=True)
    expires_at: datetime


class FailedSignIns(Table, table=True):
    """Wrong passwords in a row for one address, whether or not anybody has it."""

    __tablename__ = "failed_sign_ins"

    __table_args__ = (sa.Index(None, "last_at"),)

    email_hash: str = Field(primary_key=True, max_length=HASH_LENGTH)
    count: int = 0
    last_at: datetime
