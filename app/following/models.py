"""Who follows what."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from app.kit.db import Table, choice
from app.kit.ids import ID_LENGTH


class SubjectKind(StrEnum):
    """What can be followed."""

    TOPIC = "topic"
    TEAM = "team"
    PERSON = "person"


class Follow(Table, table=True):
    """A person wants to hear of new lessons about a topic, from a team, or under a name."""

    __table_args__ = (
        sa.Index(None, "subject_kind", "subject_id"),
        {"sqlite_with_rowid": False},
    )

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID_LENGTH)
    subject_kind: SubjectKind = Field(primary_key=True, sa_type=choice(SubjectKind))
    subject_id: str = Field(primary_key=True, max_length=ID_LENGTH)
    since: datetime
