"""Lesson, its versions, its topics, its retirement."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from app.events.models import Facts
from app.kit.db import Table, choice
from app.kit.ids import ID_LENGTH, random_id

TITLE_LENGTH = 300
TEXT_LENGTH = 100_000
EXTERNAL_ID_LENGTH = 200
# How the external id of a lesson begins that came without one from elsewhere.
MADE_UP_ID = "content:"
URL_LENGTH = 2_000


class Kind(StrEnum):
    SUCCESS = "success"
    FAILURE = "failure"
    NEAR_MISS = "near_miss"
    EXPERIMENT = "experiment"


class CauseType(StrEnum):
    SKILL = "skill"
    PROCESS = "process"
    TOOL = "tool"
    COMMUNICATION = "communication"
    NOT_SHARED = "not_shared"
    OUTSIDE = "outside"


class Visibility(StrEnum):
    """Who may read a lesson once it is posted."""

    ORGANISATION = "organisation"
    TEAM = "team"


class AuthorMode(StrEnum):
    NAMED = "named"
    PROTECTED = "protected"


class State(StrEnum):
    DRAFT = "draft"
    POSTED = "posted"
    IDENTIFIED = "identified"
    LEARNED = "learned"
    RETIRED = "retired"


class RetirementReason(StrEnum):
    SUPERSEDED = "superseded"
    OBSOLETE = "obsolete"
    REJECTED = "rejected"


class RelationKind(StrEnum):
    """What a lesson says of an older one."""

    RECURRENCE = "recurrence"
    CORRECTS = "corrects"


class Lesson(Table, table=True):
    """One entry of the memory.

    A posted lesson of a protected author has `author_id` None and a `claim_hash`; nothing in the
    database leads from it to a person (decision 0002).
    """

    __table_args__ = (
        # Lists walk this one, newest first, and look at a row only when it will be shown.
        sa.Index(None, "posted_at", "state", "visibility", "team_id"),
        sa.Index(None, "team_id", "posted_at"),
        sa.Index(None, "author_id", "state", "changed_at"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    external_id: str | None = Field(default=None, max_length=EXTERNAL_ID_LENGTH, unique=True)
    kind: Kind = Field(sa_type=choice(Kind))
    title: str = Field(max_length=TITLE_LENGTH)
    context: str = Field(default="", sa_type=sa.Text)
    expected: str = Field(default="", sa_type=sa.Text)
    happened: str = Field(default="", sa_type=sa.Text)
    why: str = Field(default="", sa_type=sa.Text)
    cause_type: CauseType | None = Field(default=None, sa_type=choice(CauseType))
    lesson: str = Field(sa_type=sa.Text)
    recommendation: str = Field(default="", sa_type=sa.Text)
    applies_when: str = Field(default="", sa_type=sa.Text)
    not_when: str = Field(default="", sa_type=sa.Text)
    occurred_on: date | None = None
    source_url: str = Field(default="", max_length=URL_LENGTH)

    team_id: str | None = Field(default=None, foreign_key="team.id", max_length=ID_LENGTH)
    visibility: Visibility = Field(sa_type=choice(Visibility))
    author_mode: AuthorMode = Field(default=AuthorMode.NAMED, sa_type=choice(AuthorMode))
    author_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
    claim_hash: str | None = Field(default=None, max_length=64)

    state: State = Field(sa_type=choice(State))
    revision: int = 1
    posted_at: datetime
    changed_at: datetime

    @property
    def url(self) -> str:
        return f"/lessons/{self.id}"

    @property
    def is_draft(self) -> bool:
        return self.state is State.DRAFT

    @property
    def is_retired(self) -> bool:
        return self.state is State.RETIRED

    @property
    def is_protected(self) -> bool:
        return self.author_mode is AuthorMode.PROTECTED


class LessonTopic(Table, table=True):
    """A lesson is about a topic; `position` keeps the author's order."""

    __tablename__ = "lesson_topic"

    __table_args__ = (sa.Index(None, "topic_id"), {"sqlite_with_rowid": False})

    lesson_id: str = Field(
        primary_key=True, foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    topic_id: str = Field(primary_key=True, foreign_key="topic.id", max_length=ID_LENGTH)
    position: int = 0


class LessonRelation(Table, table=True):
    """A lesson says of an older one that it happened again, or that it corrects it. Who said so and
    when is the lesson's own author and day, and not kept again."""

    __tablename__ = "lesson_relation"

    __table_args__ = (sa.Index(None, "other_id"), {"sqlite_with_rowid": False})

    lesson_id: str = Field(
        primary_key=True, foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    other_id: str = Field(
        primary_key=True, foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    kind: RelationKind = Field(sa_type=choice(RelationKind))


class LessonStanding(Table, table=True):
    """What came of a lesson, summed up: a row where anything did (`app.uses.standing`).

    Everything here may be told to whoever may read the lesson. `effect` is what uses showed, from
    -100 to 100; `reach` the number of teams other than the author's that used it; `better`, `same`
    and `worse` how many of those say so; `recurrences` how often it happened again, `failed` of
    those though it was used. `rewrite_since` is set while its wording waits to be mended.
    `revision` grows with every change.
    """

    __tablename__ = "lesson_standing"

    __table_args__ = ({"sqlite_with_rowid": False},)

    lesson_id: str = Field(
        primary_key=True, foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    effect: int = 0
    uses: int = 0
    reach: int = 0
    better: int = 0
    same: int = 0
    worse: int = 0
    recurrences: int = 0
    failed: int = 0
    used_on: date | None = None
    confirmed_on: date | None = None
    last_again_on: date | None = None
    rewrite_since: datetime | None = None
    revision: int = 1


class LessonVersion(Table, table=True):
    """A lesson as it was at one revision: its whole content, who saved it and when.

    `by_id` is None where the author is protected or nobody did it.
    """

    __tablename__ = "lesson_version"

    __table_args__ = ({"sqlite_with_rowid": False},)

    lesson_id: str = Field(
        primary_key=True, foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    revision: int = Field(primary_key=True)
    content: dict[str, Any] = Field(sa_type=Facts)
    by_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
    at: datetime


class Retirement(Table, table=True):
    """Why a lesson no longer counts; removing the row restores it to `from_state`."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    lesson_id: str = Field(
        primary_key=True, foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    reason: RetirementReason = Field(sa_type=choice(RetirementReason))
    note: str = Field(default="", sa_type=sa.Text)
    from_state: State = Field(sa_type=choice(State))
    by_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
    at: datetime


class KeptAnswer(Table, table=True):
    """What was answered to a post that carried an Idempotency-Key, for a day.

    `key_hash` is keyed with the server's secret over the caller and the caller's key, so that the
    row does not lead from a protected lesson to a person.
    """

    __tablename__ = "kept_answer"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key_hash: str = Field(primary_key=True, max_length=64)
    request_hash: str = Field(max_length=64)
    lesson_id: str = Field(foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH)
    at: datetime = Field(index=True)
