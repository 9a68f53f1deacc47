"""Use, recurrence, confirmation."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from app.kit.db import Table, choice
from app.kit.ids import ID_LENGTH, random_id

WORK_LENGTH, COST_LENGTH, MEASURE_LENGTH, UNIT_LENGTH, SOURCE_LENGTH = 300, 300, 120, 40, 300
NOTE_LENGTH = 4_000


class Manner(StrEnum):
    """What a team did with a lesson."""

    APPLIED = "applied"
    ADAPTED = "adapted"
    REJECTED = "rejected"


class Result(StrEnum):
    """What came of it; `UNKNOWN` while it is too early to say."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    UNKNOWN = "unknown"


class Broke(StrEnum):
    """Where the chain from the lesson to the work broke, when it happened again."""

    NOT_SEARCHED = "not_searched"
    NOT_FOUND = "not_found"
    NOT_USED = "not_used"  # found, but not used
    USED_AND_FAILED = "used_and_failed"


class Use(Table, table=True):
    """A team used a lesson in a piece of work, or decided not to.

    Whoever may read the lesson may read its uses. `own_team` says that the team is the author's
    own: it was settled when the use was reported, and such a use never counts as reach. `note`
    says how it was adapted or why it was rejected. A measure has a name, and a number before or
    after or both.
    """

    __tablename__ = "lesson_use"
    __table_args__ = (
        sa.Index(None, "lesson_id", "used_on"),
        sa.Index(None, "team_id", "used_on"),
        sa.Index(None, "reported_at"),
        sa.UniqueConstraint("brief_id", "lesson_id"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    lesson_id: str = Field(foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH)
    team_id: str | None = Field(default=None, foreign_key="team.id", max_length=ID_LENGTH)
    own_team: bool = False
    brief_id: str | None = Field(
        default=None, foreign_key="brief.id", ondelete="SET NULL", max_length=ID_LENGTH
    )
    by_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH, index=True)
    manner: Manner = Field(sa_type=choice(Manner))
    result: Result = Field(default=Result.UNKNOWN, sa_type=choice(Result))
    work: str = Field(default="", max_length=WORK_LENGTH)
    note: str = Field(default="", sa_type=sa.Text)
    used_on: date
    measure: str = Field(default="", max_length=MEASURE_LENGTH)
    unit: str = Field(default="", max_length=UNIT_LENGTH)
    before: float | None = None
    after: float | None = None
    source: str = Field(default="", max_length=SOURCE_LENGTH)
    reported_at: datetime
    changed_at: datetime


class Recurrence(Table, table=True):
    """What a lesson tells of happened again.

    `newer_id` is the lesson that was written about it, if one was: then the recurrence is shown to
    and counted for those who may read that lesson. `by_id` is None and `reported_at` a day where
    that lesson's author is protected. `broke` is None where nobody said.
    """

    __table_args__ = (
        sa.Index(None, "lesson_id", "reported_at"),
        sa.Index(None, "newer_id"),
        sa.UniqueConstraint("lesson_id", "newer_id"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    lesson_id: str = Field(foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH)
    newer_id: str | None = Field(
        default=None, foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    team_id: str | None = Field(default=None, foreign_key="team.id", max_length=ID_LENGTH)
    by_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
    happened_on: date | None = None
    cost: str = Field(default="", max_length=COST_LENGTH)
    broke: Broke | None = Field(default=None, sa_type=choice(Broke))
    note: str = Field(default="", sa_type=sa.Text)
    reported_at: datetime


class Confirmation(Table, table=True):
    """Somebody says that a lesson still holds; the last time counts."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    lesson_id: str = Field(
        primary_key=True, foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    person_id: str = Field(
        primary_key=True, foreign_key="person.id", max_length=ID_LENGTH, index=True
    )
    note: str = Field(default="", max_length=300)
    at: datetime
