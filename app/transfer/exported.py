"""A lesson as it leaves the product, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.lessons.models import AuthorMode, CauseType, Kind
from app.transfer.fields import OWN_COLUMNS, TEXT_FIELDS
from app.transfer.files.rows import Value
from app.transfer.values import format_topics


@dataclass(frozen=True)
class ExportedLesson:
    """All that an export says of a lesson. `author` is an e-mail address, and empty where the
    author is protected; topics and team are names; `posted_at` is aware."""

    id: str
    kind: Kind
    title: str
    lesson: str
    revision: int
    state: str
    url: str
    visibility: str
    author_mode: AuthorMode
    external_id: str = ""
    context: str = ""
    expected: str = ""
    happened: str = ""
    why: str = ""
    cause_type: CauseType | None = None
    recommendation: str = ""
    applies_when: str = ""
    not_when: str = ""
    topics: tuple[str, ...] = ()
    team: str = ""
    author: str = ""
    occurred_on: date | None = None
    posted_at: datetime | None = None
    source_url: str = ""

    def record(self) -> dict[str, Value | int]:
        """Every column of an export in its order, as JSON and front matter hold it."""
        return {name: _plain(getattr(self, name)) for name in OWN_COLUMNS}

    def cells(self) -> list[str]:
        """The same as cells of a table."""
        found = {**self.record(), "topics": format_topics(self.topics)}
        return [str(found[name]) for name in OWN_COLUMNS]

    def texts(self) -> dict[str, str]:
        """The parts that are long texts, by field."""
        return {name: getattr(self, name) for name in TEXT_FIELDS}


def _plain(value: object) -> Value | int:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)
