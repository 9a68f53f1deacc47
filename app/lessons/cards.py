"""Lessons with the names that go with them, loaded in three questions however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from typing import TypeVar

from sqlmodel import Session, col, select

from app.lessons.content import shared_with
from app.lessons.models import Lesson, LessonTopic
from app.lessons.schemas import AuthorView, LessonView, Shared
from app.people.models import Person, Team
from app.topics.models import Topic

Named = TypeVar("Named", Person, Team)

Named = TypeVar("Named", Person, Team)


@dataclass(frozen=True, slots=True)
class Card:
    """A lesson as lists and pages show it. `author` is None for a protected author, and for a
    lesson that was brought in from elsewhere without one."""

    row: Lesson
    author: Person | None
    team: Team | None
    topics: Sequence[Topic]

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def url(self) -> str:
        return f"/lessons/{self.row.id}"

    @property
    def kind(self) -> str:
        return self.row.kind.value

    @property
    def state(self) -> str:
        return self.row.state.value

    @property
    def title(self) -> str:
        return self.row.title

    @property
    def day(self) -> date:
        return self.row.posted_at.date()

    @property
    def byline(self) -> str:
        """Who it is from, in words; empty for one brought in from elsewhere."""
        if self.row.is_protected:
            return "protected author"
        return self.author.name if self.author else ""

    @property
    def shared_with(self) -> Shared:
        return shared_with(self.row)


def cards(session: Session, lessons: Iterable[Lesson]) -> list[Card]:
    """The lessons, in their order, with authors, teams and topics."""
    rows = list(lessons)
    if not rows:
        return []
    authors = _by_id(session, Person, {row.author_id for row in rows if not row.is_protected})
    teams = _by_id(session, Team, {row.team_id for row in rows})
    topics = topics_by_lesson(session, [row.id for row in rows])
    return [
        Card(
            row,
            # A draft of a lesson to be protected has an author, whom nobody else is shown.
            None if row.is_protected or not row.author_id else authors.get(row.author_id),
            teams.get(row.team_id) if row.team_id else None,
            topics.get(row.id, []),
        )
        for row in rows
    ]


def topics_by_lesson(session: Session, lesson_ids: Sequence[str]) -> dict[str, list[Topic]]:
    """Each lesson's topics in the author's order."""
    found: dict[str, list[Topic]] = {}
    rows = session.exec(
        select(LessonTopic.lesson_id, Topic)
        .join(Topic, col(Topic.id) == LessonTopic.topic_id)
        .where(col(LessonTopic.lesson_id).in_(lesson_ids))
        .order_by(col(LessonTopic.position))
    )
    for lesson_id, topic in rows:
        found.setdefault(lesson_id, []).append(topic)
    return found


def view_of(card: Card, base_url: str) -> LessonView:
    """The lesson as programs read it."""
    row = card.row
    author = AuthorView(id=card.author.id, name=card.author.name) if card.author else None
    plain = row.model_dump(
        exclude={"claim_hash", "author_id", "visibility", "team_id", "author_mode"}
    )
    return LessonView(
        **plain,
        url=f"{base_url}{card.url}",
        topics=[topic.name for topic in card.topics],
        team=card.team.name if card.team else None,
        team_id=row.team_id,
        visibility=card.shared_with,
        author_mode=row.author_mode,
        author=author,
    )


def _by_id(session: Session, table: type[Named], ids: set[str | None]) -> dict[str, Named]:
    known = {item for item in ids if item}
    if not known:
        return {}
    return {row.id: row for row in session.exec(select(table).where(col(table.id).in_(known)))}

