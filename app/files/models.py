"""An attachment: a picture or a document of a lesson, or of a draft that may become one."""

import sqlalchemy as sa
from sqlmodel import Field

from app.files.kinds import PICTURES, kind_named
from app.files.names import MOST_CHARACTERS, size_in_words
from app.kit.db import Table
from app.kit.ids import ID_LENGTH, random_id

FILE_NAME_LENGTH = MOST_CHARACTERS


class Attachment(Table, table=True):
    """A file that was checked and cleaned. It hangs on a lesson or on a draft, never on both.

    Who brought it and when is not kept: with a protected author nobody may know. Its content lies
    in the store under its id, `checksum` is the SHA-256 of what lies there.
    """

    __table_args__ = (
        sa.Index(None, "lesson_id"),
        sa.Index(None, "draft_id"),
        sa.CheckConstraint("(lesson_id IS NULL) <> (draft_id IS NULL)", name="hangs_on_one"),
        {"sqlite_with_rowid": False},
    )

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    lesson_id: str | None = Field(
        default=None, foreign_key="lesson.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    draft_id: str | None = Field(
        default=None, foreign_key="draft.id", ondelete="CASCADE", max_length=ID_LENGTH
    )
    name: str = Field(max_length=FILE_NAME_LENGTH)
    media_type: str = Field(max_length=100)
    size_bytes: int
    width: int | None = None
    height: int | None = None
    checksum: str = Field(max_length=64)
    position: int = 0

    @property
    def url(self) -> str:
        return f"/attachments/{self.id}"

    @property
    def is_picture(self) -> bool:
        return any(kind.media_type == self.media_type for kind in PICTURES)

    @property
    def in_words(self) -> str:
        """`PDF, 1.4 MB`."""
        return f"{kind_named(self.media_type).words}, {size_in_words(self.size_bytes)}"

    @property
    def removal_url(self) -> str:
        """Where it is taken away: below what it hangs on, since a protected author's claim code is
        known to the pages of that lesson alone."""
        owner = f"/lessons/{self.lesson_id}" if self.lesson_id else f"/drafts/{self.draft_id}"
        return f"{owner}{self.url}/removal"
