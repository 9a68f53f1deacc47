"""A draft: what somebody has typed so far."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from app.events.models import Facts
from app.kit.db import Table
from app.kit.ids import ID_LENGTH, random_id


class Draft(Table, table=True):
    """What was typed into the form for a lesson, as typed: nothing in it is checked yet, so that
    half a sentence is kept as well as a whole one.

    `lesson_id` is the lesson that is being changed, None for a new one. Only `person_id` ever sees
    it; it is erased when the lesson is posted, and never begun for a protected author.
    """

    __table_args__ = (
        sa.UniqueConstraint("person_id", "lesson_id"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    person_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH, index=True)
    lesson_id: str | None = Field(
        default=None, foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    typed: dict[str, str] = Field(sa_type=Facts)
    revision: int = 1
    changed_at: datetime
