"""What a row says of a lesson, typed; or why it says nothing that can be kept."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from app.lessons.models import AuthorMode, CauseType, Kind
from app.transfer.files.rows import Value


@dataclass(frozen=True)
class Facts:
    """A lesson as a file tells it. Empty texts, "" for team and visibility, and None mean that
    the file does not say. `lesson_id` and `state` are those in the export that a file of ours
    came from; `notes` say what was changed on the way in."""

    kind: Kind
    title: str
    lesson: str
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
    visibility: str = ""
    author_mode: AuthorMode | None = None
    author: str = ""
    occurred_on: date | None = None
    posted_at: datetime | None = None
    external_id: str = ""
    source_url: str = ""
    lesson_id: str = ""
    state: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rejection:
    """A row that is not imported; `column` is '' where the whole row is at fault."""

    number: int
    line: int
    column: str
    reason: str
    raw: dict[str, Value] | tuple[str, ...]


def content_key(facts: Facts) -> str:
    """What tells a lesson without an id from others: SHA-256 (hex) over kind, title and lesson,
    blind to case, white space and the composition of letters."""
    parts = (facts.kind.value, facts.title, facts.lesson)
    plain = (" ".join(unicodedata.normalize("NFKC", part).casefold().split()) for part in parts)
    return hashlib.sha256("\0".join(plain).encode()).hexdigest()
