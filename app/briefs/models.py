"""Brief, and the lessons in it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from app.events.models import Facts
from app.kit.db import Table, choice
from app.kit.ids import ID_LENGTH, random_id

WORK_LENGTH = 200_000
REASON_LENGTH = 2_000


class Disposition(StrEnum):
    """What a team decided about a lesson in its brief."""

    WILL_APPLY = "will_apply"
    ALREADY_DO = "already_do"
    DOES_NOT_APPLY = "does_not_apply"
    NEED_HELP = "need_help"


class Came(StrEnum):
    """How a lesson came into a brief."""

    FIRST = "first"
    MORE = "more"  # asked for on top
    WATCH = "watch"  # posted while the work lasted


class Brief(Table, table=True):
    """A piece of work that somebody is about to start, in their words or as their plan has it.

    It is read by whoever made it and by those who read what its team keeps to itself. `watched`:
    while the work lasts, new lessons that match are put into it and the team is told. The
    follow-up is asked for on the day after `ends_on` (`asked_at`), reminded of twice, and over when
    the team says so (`ended_at`). `unwritten` are words of the work that no lesson tells of.
    """

    __table_args__ = (
        sa.Index(None, "team_id", "made_at"),
        sa.Index(None, "by_id", "made_at"),
        sa.Index(None, "ends_on"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    work: str = Field(sa_type=sa.Text)
    team_id: str | None = Field(default=None, foreign_key="team.id", max_length=ID_LENGTH)
    by_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH)
    starts_on: date | None = None
    ends_on: date | None = None
    unwritten: dict[str, Any] = Field(default_factory=dict, sa_type=Facts)
    watched: bool = True
    made_at: datetime
    changed_at: datetime
    asked_at: datetime | None = None
    reminders: int = 0
    ended_at: datetime | None = None

    @property
    def url(self) -> str:
        return f"/briefs/{self.id}"

    @property
    def stamp(self) -> str:
        """Names what the brief says now: another after each change of it."""
        return self.changed_at.isoformat()


class BriefLesson(Table, table=True):
    """A lesson in a brief, at its place. `why` holds what led to it, never words of the lesson that
    could no longer be read: the words of the work that it shares, ids of topics."""

    __tablename__ = "brief_lesson"
    __table_args__ = (sa.Index(None, "lesson_id"), {"sqlite_with_rowid": False})

    brief_id: str = Field(
        primary_key=True, foreign_key="brief.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    lesson_id: str = Field(
        primary_key=True, foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    position: int
    came: Came = Field(default=Came.FIRST, sa_type=choice(Came))
    why: dict[str, Any] = Field(default_factory=dict, sa_type=Facts)
    added_at: datetime
    disposition: Disposition | None = Field(default=None, sa_type=choice(Disposition))
    reason: str = Field(default="", sa_type=sa.Text)
    decided_by_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
    decided_at: datetime | None = None
