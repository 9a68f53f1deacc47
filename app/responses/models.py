"""Questions about a lesson, the answers to them, and thanks."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from app.kit.db import Table
from app.kit.ids import ID_LENGTH, random_id


class Question(Table, table=True):
    """What somebody asked about a lesson, for all who read it."""

    __table_args__ = (sa.Index(None, "lesson_id", "asked_at"), {"sqlite_with_rowid": False})

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    lesson_id: str = Field(foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH)
    by_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH)
    text: str = Field(sa_type=sa.Text)
    asked_at: datetime


class Answer(Table, table=True):
    """An answer to a question. That of a protected author has `by_id` None, `from_author` True and
    is dated by its day: the claim code showed that it is theirs, nothing tells who they are."""

    __table_args__ = (sa.Index(None, "question_id", "answered_at"), {"sqlite_with_rowid": False})

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    question_id: str = Field(foreign_key="question.id", ondelete="CASCADE", max_length=ID_LENGTH)
    by_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
    from_author: bool = False
    text: str = Field(sa_type=sa.Text)
    answered_at: datetime


class Thanks(Table, table=True):
    """Somebody thanked the author of a lesson; once each."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    lesson_id: str = Field(
        primary_key=True, foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID_LENGTH)
    at: datetime
