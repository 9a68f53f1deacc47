"""A digest that is kept, the lists behind its numbers, who gets one, and what was sent."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from app.events.models import Facts
from app.kit.db import Table, choice
from app.kit.ids import ID_LENGTH, random_id

PERIOD_LENGTH = 8
NOTE_LENGTH = 300
TROUBLE_LENGTH = 200
#: The digest of the whole organisation has no subject of its own.
NOBODY = ""
ORGANISATION_NAME = "The organisation"


class About(StrEnum):
    """What a digest is of."""

    ORGANISATION = "organisation"
    TEAM = "team"
    TOPIC = "topic"


class Edition(StrEnum):
    """Who a digest is written for, and so what it may hold.

    `EVERYONE` holds what everybody in the organisation may read. That of a team has two more: for
    its `MEMBERS`, with what the team keeps to itself; and, where there are teams below it, for its
    `MANAGERS`, with what those keep to themselves as well.
    """

    EVERYONE = "everyone"
    MEMBERS = "members"
    MANAGERS = "managers"


class Cadence(StrEnum):
    """How often somebody is sent a digest."""

    MONTHLY = "monthly"
    WEEKLY = "weekly"
    NEVER = "never"


class Digest(Table, table=True):
    """A digest as it was compiled (`contents.py` says what is in it).

    It keeps which lessons, uses and briefs were chosen, why, and the numbers; never anybody's
    words, which are read anew, through access, each time. What is compiled anew by hand is another
    row with the next `revision`, a note and who did it; the row before stays.
    """

    __table_args__ = (
        sa.UniqueConstraint("period", "about", "subject_id", "edition", "revision"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    period: str = Field(max_length=PERIOD_LENGTH)
    about: About = Field(sa_type=choice(About))
    subject_id: str = Field(default=NOBODY, max_length=ID_LENGTH)
    edition: Edition = Field(sa_type=choice(Edition))
    revision: int = 1
    contents: dict[str, Any] = Field(sa_type=Facts)
    compiled_at: datetime
    compiled_by_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
    note: str = Field(default="", max_length=NOTE_LENGTH)


class DigestList(Table, table=True):
    """What one number of a digest counts: ids of uses, lessons, briefs, as its name says."""

    __tablename__ = "digest_list"
    __table_args__ = ({"sqlite_with_rowid": False},)

    digest_id: str = Field(
        primary_key=True, foreign_key="digest.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    name: str = Field(primary_key=True, max_length=40)
    ids: list[str] = Field(sa_type=Facts)


class DigestSubscription(Table, table=True):
    """How often somebody wants a digest. Who manages a team gets that of the team every month
    without a row; a row says otherwise."""

    __tablename__ = "digest_subscription"
    __table_args__ = ({"sqlite_with_rowid": False},)

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID_LENGTH)
    about: About = Field(primary_key=True, sa_type=choice(About))
    subject_id: str = Field(primary_key=True, default=NOBODY, max_length=ID_LENGTH)
    cadence: Cadence = Field(sa_type=choice(Cadence))
    since: datetime


class DigestSending(Table, table=True):
    """The one mail of a period for a person, with every digest that they get (promise R7).

    Claimed until `claimed_until` by whoever writes it; `queued_at` when the mail stood in line,
    under `message_id`, which follows from person and period: whoever tries again writes the same
    mail. What became of it then is told by `SentMessage` and `OutgoingMessage`. Where it could not
    be written, `trouble` says why, and `claimed_until` when it is tried again.
    """

    __tablename__ = "digest_sending"
    __table_args__ = (sa.Index(None, "period", "queued_at"), {"sqlite_with_rowid": False})

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID_LENGTH)
    period: str = Field(primary_key=True, max_length=PERIOD_LENGTH)
    message_id: str = Field(max_length=ID_LENGTH, unique=True)
    due_at: datetime
    claimed_until: datetime | None = None
    attempts: int = 0
    queued_at: datetime | None = None
    empty: bool = False  # nothing was left to send when it was written
    trouble: str = Field(default="", max_length=TROUBLE_LENGTH)


class DigestPlan(Table, table=True):
    """When digests go out: the one row that administrators change.

    Nothing that fell due before `begun_at` is sent. `working_day` is the working day of the month,
    from 1. While `paused_at` is set nothing goes out; what falls due then is sent when it ends.
    """

    __tablename__ = "digest_plan"

    id: int = Field(default=1, primary_key=True)
    begun_at: datetime
    working_day: int = 1
    paused_at: datetime | None = None
    paused_by_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
