"""Messages that wait to leave."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from app.events.models import Facts
from app.kit.db import Table, choice
from app.kit.ids import ID_LENGTH, random_id

SUBJECT_LENGTH = 300


class Purpose(StrEnum):
    """What a mail is for."""

    ACCOUNT = "account"  # invitations, passwords: never held back, never logged
    DIGEST = "digest"
    NOTICES = "notices"  # what somebody is told of
    TEST = "test"


_FOR_OTHERS = {
    Purpose.DIGEST: "Digest",
    Purpose.NOTICES: "Notices",
    Purpose.TEST: "Test of a digest",
}


class OutgoingMessage(Table, table=True):
    """One mail, whole. The row goes when the mail server has taken it; one that it refuses for
    good stays, with the reason, for administrators to see.

    `headers` are those beyond the usual ones, `pictures` stand in the HTML part by their `cid`:
    `{"cid", "type", "data"}`, the data in base64. The Message-ID follows from `id`.
    """

    __tablename__ = "outgoing_message"
    __table_args__ = (sa.Index(None, "purpose", "due_at"),)

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    to: str = Field(max_length=254)
    subject: str = Field(max_length=SUBJECT_LENGTH)
    text: str = Field(sa_type=sa.Text)
    html: str = Field(sa_type=sa.Text)
    purpose: Purpose = Field(default=Purpose.ACCOUNT, sa_type=choice(Purpose))
    person_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
    headers: dict[str, str] = Field(default_factory=dict, sa_type=Facts)
    pictures: list[dict[str, str]] = Field(default_factory=list, sa_type=Facts)
    due_at: datetime | None = Field(default=None, index=True)
    attempts: int = 0
    refused_because: str = Field(default="", max_length=500)
    created_at: datetime

    @property
    def subject_for_others(self) -> str:
        """What administrators see of it, and what is kept once it left: digests and notices may
        name what is not shared with them."""
        return _FOR_OTHERS.get(self.purpose, self.subject)


class SentMessage(Table, table=True):
    """A digest or a mail of notices that the mail server has taken: to whom and when, not what it
    said. Kept for fourteen months."""

    __tablename__ = "sent_message"
    __table_args__ = (sa.Index(None, "person_id", "sent_at"), {"sqlite_with_rowid": False})

    id: str = Field(primary_key=True, max_length=ID_LENGTH)
    purpose: Purpose = Field(sa_type=choice(Purpose))
    person_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
    subject: str = Field(max_length=SUBJECT_LENGTH)
    attempts: int = 1
    sent_at: datetime = Field(index=True)
