"""A notification, and what somebody does not want to hear of."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from app.events.models import Facts
from app.kit.db import Table, choice
from app.kit.ids import ID_LENGTH, random_id


class NotificationKind(StrEnum):
    """What somebody can be told of; each can be switched off on its own."""

    FOLLOWED = "followed"  # a lesson about what they follow
    QUESTION = "question"  # on a lesson of theirs
    ANSWER = "answer"  # to a question of theirs
    THANKS = "thanks"  # for a lesson of theirs
    RECURRENCE = "recurrence"  # what a lesson of theirs tells of happened again
    CORRECTION = "correction"  # another lesson corrects one of theirs
    WANTED = "wanted"  # a lesson that they asked for is there
    USED = "used"  # a team says what came of a lesson of theirs
    REWRITE = "rewrite"  # a lesson happened again so often that its wording waits to be mended
    HELP = "help"  # a team needs help with a lesson
    FOLLOW_UP = "follow_up"  # a piece of work of theirs ended: what came of it
    MATCH = "match"  # a new lesson is like a piece of work of theirs
    MAY_KNOW = "may_know"  # somebody looks for what they are likely to know
    ACTION = "action"  # a change is asked of them, or one that they asked for is made
    MENTION = "mention"  # somebody names them in a question or an answer


class Notification(Table, table=True):
    """Something that happened that concerns a person; told once for one event.

    `actor_id` is who did it, None where nobody may be known to have. What is shown of the lesson
    and of the brief is asked of access anew each time: what one could read then, one may not be
    able to read now. What tells of what a team decided or plans has its brief and no lesson; what
    tells a team of a lesson for its brief has both, and needs both.
    """

    __table_args__ = (
        sa.Index(None, "person_id", "read_at", "at"),
        sa.UniqueConstraint("event_id", "person_id"),
        sa.Index(None, "mailed_at", "at"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    person_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH)
    kind: NotificationKind = Field(sa_type=choice(NotificationKind))
    event_id: str = Field(max_length=ID_LENGTH)
    lesson_id: str | None = Field(
        default=None, foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    brief_id: str | None = Field(
        default=None, foreign_key="brief.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    actor_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=Facts)
    at: datetime
    read_at: datetime | None = None
    # When it stood in a mail, or was left out of mails for good.
    mailed_at: datetime | None = None


class Unwanted(Table, table=True):
    """A kind of notification that a person has switched off; all others are on."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID_LENGTH)
    kind: NotificationKind = Field(primary_key=True, sa_type=choice(NotificationKind))


class ByMail(StrEnum):
    """When somebody is mailed what they are told of."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


class MailWish(Table, table=True):
    """When a person wants to be mailed of a kind; without a row, as `by_mail` has it."""

    __tablename__ = "mail_wish"
    __table_args__ = ({"sqlite_with_rowid": False},)

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID_LENGTH)
    kind: NotificationKind = Field(primary_key=True, sa_type=choice(NotificationKind))
    by_mail: ByMail = Field(sa_type=choice(ByMail))
