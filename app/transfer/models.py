"""A file that somebody brought to be imported, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from app.events.models import Facts
from app.kit.db import Table, choice
from app.kit.ids import ID_LENGTH, random_id

FILE_NAME_LENGTH = 60
"""Letters: at four bytes each, file systems still take them."""


class RunState(StrEnum):
    """`preview`: the person still looks at it; the rest is the worker's."""

    PREVIEW = "preview"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ImportRun(Table, table=True):
    """One upload. `options` is a `RunOptions`; `notes` counts what was bent to fit; `done` rows of
    `total` are accounted for by the four counts. While it runs it is somebody's until
    `claimed_until`. The file itself lies on one machine, in a folder named after the run."""

    __tablename__ = "import_run"

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    by_id: str = Field(foreign_key="person.id", max_length=ID_LENGTH)
    file_name: str = Field(max_length=FILE_NAME_LENGTH)
    format: str = Field(max_length=200)
    state: RunState = Field(default=RunState.PREVIEW, sa_type=choice(RunState))
    options: dict[str, Any] = Field(default_factory=dict, sa_type=Facts)
    total: int = 0
    done: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    notes: dict[str, Any] = Field(default_factory=dict, sa_type=Facts)
    message: str = Field(default="", sa_type=sa.Text)
    attempts: int = 0
    created_at: datetime = Field(index=True)
    finished_at: datetime | None = None
    claimed_until: datetime | None = None

    @property
    def url(self) -> str:
        return f"/import/{self.id}"

    @property
    def is_preview(self) -> bool:
        return self.state is RunState.PREVIEW

    @property
    def is_under_way(self) -> bool:
        return self.state in (RunState.WAITING, RunState.RUNNING)

    @property
    def in_words(self) -> str:
        """What became of the rows, in a sentence with the sum."""
        return sum_in_words(self.done, self.imported, self.updated, self.unchanged, self.rejected)


def sum_in_words(rows: int, imported: int, updated: int, unchanged: int, rejected: int) -> str:
    """What became of rows, in a sentence: the four add up to the first."""
    return (
        f"{rows:,} {'row' if rows == 1 else 'rows'}: {imported:,} imported, {updated:,} updated, "
        f"{unchanged:,} unchanged, {rejected:,} rejected."
    )
