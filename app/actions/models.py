"""Action."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from app.kit.db import Table, choice
from app.kit.ids import ID_LENGTH, random_id

WHAT_LENGTH, EVIDENCE_LENGTH = 300, 2_000


class ActionKind(StrEnum):
    """What is changed so that it need not be remembered."""

    FIX_PROCESS = "fix_process"
    FIX_TOOL = "fix_tool"
    TRAIN = "train"
    SIMPLIFY = "simplify"
    OTHER = "other"


class Action(Table, table=True):
    """A change that a lesson asks for, open until somebody says it is made and how one sees that.

    Whoever may read the lesson may read it.
    """

    __table_args__ = (
        sa.Index(None, "lesson_id"),
        sa.Index(None, "owner_id", "done_at", "due_on"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    lesson_id: str = Field(foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH)
    kind: ActionKind = Field(sa_type=choice(ActionKind))
    what: str = Field(max_length=WHAT_LENGTH)
    owner_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH)
    due_on: date | None = None
    by_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH)
    made_at: datetime
    done_at: datetime | None = None
    done_by_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
    evidence: str = Field(default="", sa_type=sa.Text)
