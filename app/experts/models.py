"""Who does not want to be listed among those who know, to whom a wanted lesson was shown, and who
was asked by name to write it."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from app.kit.db import Table
from app.kit.ids import ID_LENGTH
from app.searches.models import WORDS_LENGTH


class Unlisted(Table, table=True):
    """A person who is not shown among people who know, because they said so."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID_LENGTH)
    since: datetime


class Routed(Table, table=True):
    """A wanted lesson was shown to somebody who is likely to know. `key` is that of the want."""

    __table_args__ = (sa.Index(None, "person_id", "at"), {"sqlite_with_rowid": False})

    key: str = Field(primary_key=True, max_length=WORDS_LENGTH)
    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID_LENGTH)
    at: datetime


class Assigned(Table, table=True):
    """Somebody was asked by name to write down what is wanted; everybody sees who, and by whom, as
    long as nothing answers it. `key` is that of the want, `want_id` one of its ids."""

    __table_args__ = ({"sqlite_with_rowid": False},)

    key: str = Field(primary_key=True, max_length=WORDS_LENGTH)
    person_id: str = Field(primary_key=True, foreign_key="person.id", max_length=ID_LENGTH)
    by_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH)
    want_id: str = Field(max_length=ID_LENGTH)
    at: datetime
