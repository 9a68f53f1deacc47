"""Topic and its synonyms."""

from datetime import datetime

from sqlmodel import Field

from app.kit.db import Table
from app.kit.ids import ID_LENGTH, random_id

NAME_LENGTH = 80


class Topic(Table, table=True):
    """A subject of lessons. `key` is its name folded; `revision` counts changes of its words.

    A topic that a curator has worded is known to everyone; any other only to those who may read a
    lesson about it, since its name may tell what a team keeps to itself.
    """

    __table_args__ = ({"sqlite_with_rowid": False},)

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    name: str = Field(max_length=NAME_LENGTH)
    key: str = Field(max_length=NAME_LENGTH, unique=True)
    revision: int = 1
    curated: bool = False
    created_at: datetime

    @property
    def url(self) -> str:
        return f"/topics/{self.id}"


class TopicSynonym(Table, table=True):
    """Another word for a topic: typed in its place it means the topic, searched for it finds it."""

    __tablename__ = "topic_synonym"

    key: str = Field(primary_key=True, max_length=NAME_LENGTH)
    name: str = Field(max_length=NAME_LENGTH)
    topic_id: str = Field(
        foreign_key="topic.id", ondelete="CASCADE", max_length=ID_LENGTH, index=True
    )
