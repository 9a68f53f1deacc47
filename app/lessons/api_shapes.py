"""How lessons look to programs, and who is asking for them."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import BaseModel, Field
from sqlmodel import Session

from app.auth import guards
from app.kit.api import NO_NUL, Paged, PageView, Sent
from app.kit.db import Db
from app.kit.doors import with_the_door
from app.lessons.access import Reader, reader
from app.lessons.cards import cards, view_of
from app.lessons.found import FoundLesson
from app.lessons.models import Kind, Lesson, RetirementReason, State
from app.lessons.schemas import AuthorView, Day, LessonView, Text
from search import Index

MOST_CHOICES = 50
LONGEST_CHOICE = 200
LONGEST_NOTE = 2000
# One value of a filter that may be repeated, and one of those that may not: empty means any.
Choice = Annotated[str, Field(min_length=1, max_length=LONGEST_CHOICE, pattern=NO_NUL)]
OneChoice = Annotated[str, Field(max_length=LONGEST_CHOICE, pattern=NO_NUL)]


class LessonsAsked(Paged):
    """Which lessons to list."""

    team: OneChoice = Field("", description="A team's name or id")
    topic: OneChoice = Field("", description="A topic's name, synonym or id")


class LessonsView(PageView):
    lessons: list[LessonView]


class SavedView(LessonView):
    """A lesson as it is after a change. `claim_code` is given once, when the draft of a protected
    author was posted: the lesson is then a new one, with another `id` and `url`."""

    claim_code: str | None = None


class RetirementAsked(Sent):
    """Why a lesson no longer counts."""

    reason: RetirementReason = RetirementReason.OBSOLETE
    note: Text = Field("", max_length=LONGEST_NOTE)


class VersionAuthor(BaseModel):
    id: str
    name: str


class VersionContent(BaseModel):
    """What a lesson said at one revision."""

    kind: Kind
    title: str
    context: str = ""
    expected: str = ""
    happened: str = ""
    why: str = ""
    cause_type: str | None = None
    lesson: str
    recommendation: str = ""
    applies_when: str = ""
    not_when: str = ""
    topics: list[str] = []
    team: str = ""
    visibility: str
    occurred_on: Day = None
    source_url: str = ""


class VersionView(BaseModel):
    """One revision. `by` is null where the author is protected or nobody did it."""

    revision: int
    at: datetime
    by: VersionAuthor | None
    content: VersionContent


class VersionsView(BaseModel):
    """Every revision, newest first."""

    versions: list[VersionView]


class LessonLine(BaseModel):
    """A lesson in a list of what was found. `author` is null for a protected author."""

    id: str
    external_id: str | None
    title: str
    kind: Kind
    state: State
    url: str
    recommendation: str | None
    team: str | None
    team_id: str | None
    topics: list[str]
    author: AuthorView | None
    posted_at: datetime
    occurred_on: date | None


def line_of(line: FoundLesson, base_url: str) -> LessonLine:
    return LessonLine(**line_facts(line, base_url))


def line_facts(line: FoundLesson, base_url: str) -> dict[str, Any]:
    """What a `LessonLine`, or a shape that says more, is made of."""
    author = line.author
    return {
        "id": line.id,
        "external_id": line.external_id,
        "title": line.title,
        "kind": line.kind,
        "state": line.state,
        "url": f"{base_url}{line.url}",
        "recommendation": line.recommendation or None,
        "team": line.team.name if line.team else None,
        "team_id": line.team.id if line.team else None,
        "topics": [topic.name for topic in line.topics],
        "author": {"id": author.id, "name": author.name} if author else None,
        "posted_at": line.posted_at,
        "occurred_on": line.occurred_on,
    }


def lesson_view(session: Session, lesson: Lesson, base_url: str) -> LessonView:
    """One lesson, with its names."""
    return view_of(cards(session, [lesson])[0], base_url)


@with_the_door
def _reads(db: Db, person: guards.Reader) -> Reader:
    return reader(db, person)


@with_the_door
def _writes(db: Db, person: guards.Writer) -> Reader:
    return reader(db, person)


async def _index(request: Request) -> Index:
    index: Index = request.app.state.index
    return index


Reads = Annotated[Reader, Depends(_reads)]
Writes = Annotated[Reader, Depends(_writes)]
TheIndex = Annotated[Index, Depends(_index)]
