"""Event, who reacts to events, and what is still owed to them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, Relationship

from app.kit.db import Table
from app.kit.ids import ID_LENGTH, random_id

Facts = sa.JSON().with_variant(JSONB(), "postgresql")


class Event(Table, table=True):
    """One act. Ids are random and rows unordered, so that the neighbours of a protected author's
    act do not tell its minute."""

    __table_args__ = (sa.Index(None, "subject_kind", "subject_id"), {"sqlite_with_rowid": False})

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    kind: str = Field(max_length=40, index=True)
    subject_kind: str = Field(max_length=20)
    subject_id: str = Field(max_length=ID_LENGTH)
    actor_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
    at: datetime = Field(index=True)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=Facts)


class Subscriber(Table, table=True):
    """Somebody who reacts to events on one of `kinds` (words with commas between)."""

    name: str = Field(primary_key=True, max_length=60)
    kinds: str = Field(max_length=200)
    seen_at: datetime


class Delivery(Table, table=True):
    """An event that a subscriber has still to hear of; the row goes when that is done."""

    __table_args__ = (
        sa.Index(None, "subscriber", "due_at"),
        {"sqlite_with_rowid": False},
    )

    event_id: str = Field(
        primary_key=True, foreign_key="event.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    subscriber: str = Field(
        primary_key=True, foreign_key="subscriber.name", ondelete="CASCADE", max_length=60
    )
    due_at: datetime
    claimed_until: datetime | None = None
    attempts: int = 0
    # Of what is flushed together, it makes the event be written before what is owed of it.
    event: Event = Relationship()
