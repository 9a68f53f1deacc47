"""A saved search, a wanted lesson, and a search that found nothing."""

from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qsl

import sqlalchemy as sa
from sqlmodel import Field

from app.kit.db import Table, choice
from app.kit.ids import ID_LENGTH, random_id

NAME_LENGTH = 120
WORDS_LENGTH = 300
ADDRESS_LENGTH = 4_000


class SavedSearch(Table, table=True):
    """A search with its filters, kept by a person under a name. `address` is what stands behind
    `/search?`."""

    __tablename__ = "saved_search"

    __table_args__ = ({"sqlite_with_rowid": False},)

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    person_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH, index=True)
    name: str = Field(max_length=NAME_LENGTH)
    address: str = Field(max_length=ADDRESS_LENGTH)
    saved_at: datetime

    @property
    def url(self) -> str:
        return f"/search?{self.address}"

    @property
    def asks(self) -> str:
        """What it looks for, in words: “heat pump”, 2 filters."""
        pairs = parse_qsl(self.address)
        words = [f"“{value}”" for name, value in pairs if name == "q"]
        filters = sum(name not in ("q", "sort") for name, _ in pairs)
        said = ["1 filter" if filters == 1 else f"{filters} filters"] if filters else []
        return ", ".join([*words, *said])


class Want(Table, table=True):
    """A lesson that somebody asked for, in the words of their search; everybody can see it.

    `key` is what the words are about (`keys.py`): two who ask the same in other words want one
    lesson. `lesson_id` is the lesson that answered it.
    """

    __table_args__ = (
        sa.UniqueConstraint("key", "person_id"),
        sa.Index(None, "lesson_id"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    person_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH, index=True)
    words: str = Field(max_length=WORDS_LENGTH)
    key: str = Field(max_length=WORDS_LENGTH)
    wanted_at: datetime
    lesson_id: str | None = Field(
        default=None, foreign_key="lesson.id", ondelete="SET NULL", max_length=ID_LENGTH
    )


class MissedBy(StrEnum):
    """What found nothing."""

    SEARCH = "search"
    BRIEF = "brief"


class Miss(Table, table=True):
    """A search or a brief that found nothing that answers it.

    `key` is that of the want that it would be. `person_id` is whoever looked, for thirty days:
    then the words stay without them. Not `shown`, it is seen by that person alone; it is shown
    from when a second person looks or asks for the same (decision 0011). `lesson_id` is the lesson
    that answered it.
    """

    __table_args__ = (
        sa.Index(None, "key", "at"),
        sa.Index(None, "person_id", "at"),
        sa.Index(None, "lesson_id"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    key: str = Field(max_length=WORDS_LENGTH)
    words: str = Field(max_length=WORDS_LENGTH)
    source: MissedBy = Field(sa_type=choice(MissedBy))
    person_id: str | None = Field(default=None, foreign_key="person.id", max_length=ID_LENGTH)
    at: datetime
    shown: bool = False
    lesson_id: str | None = Field(
        default=None, foreign_key="lesson.id", ondelete="SET NULL", max_length=ID_LENGTH
    )
