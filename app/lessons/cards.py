"""Lessons with the names that go with them, loaded in two questions however many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from app.kit.db import several
from app.lessons.content import shared_with
from app.lessons.models import MADE_UP_ID, Lesson, LessonStanding, LessonTopic
from app.lessons.schemas import AuthorView, LessonView, Shared, StandingView
from app.lessons.worth import sign_of, standing_in_words
from app.people.models import Person, Team
from app.topics.models import Topic


@dataclass(frozen=True, slots=True)
class Card:
    """A lesson as lists and pages show it. `author` is None for a protected author, and for a
    lesson that was brought in from elsewhere without one."""

    row: Lesson
    author: Person | None
    team: Team | None
    topics: Sequence[Topic]
    worth: LessonStanding | None = None

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def url(self) -> str:
        return self.row.url

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
    def held_on(self) -> date:
        """The day on which somebody stood by it last, that of its posting where nobody did."""
        sign = sign_of(self.worth)
        return sign.on if sign else self.day

    @property
    def byline(self) -> str:
        """Who it is from, in words; empty for one brought in from elsewhere."""
        if self.row.is_protected:
            return "protected author"
        return self.author.name if self.author else ""

    @property
    def source_id(self) -> str:
        """What it is called where it came from; empty for what an import made up to know it by."""
        given = self.row.external_id or ""
        return "" if given.startswith(MADE_UP_ID) else given

    @property
    def shared_with(self) -> Shared:
        return shared_with(self.row)


# Said once: to make a question again each time costs more than to ask it.
_AUTHORS_AND_TEAMS = (
    select(Lesson.id, Person, Team, LessonStanding)
    .outerjoin(Person, col(Person.id) == Lesson.author_id)
    .outerjoin(Team, col(Team.id) == Lesson.team_id)
    .outerjoin(LessonStanding, col(LessonStanding.lesson_id) == Lesson.id)
    .where(col(Lesson.id).in_(several("ids")))
)
_TOPICS = (
    select(LessonTopic.lesson_id, Topic)
    .join(Topic, col(Topic.id) == LessonTopic.topic_id)
    .where(col(LessonTopic.lesson_id).in_(several("ids")))
    .order_by(col(LessonTopic.position))
)


def cards(session: Session, lessons: Iterable[Lesson]) -> list[Card]:
    """The lessons, in their order, with authors, teams and topics."""
    rows = list(lessons)
    if not rows:
        return []
    ids = [row.id for row in rows]
    places, topics = _authors_and_teams(session, ids), topics_by_lesson(session, ids)
    return [
        Card(
            row,
            # A draft of a lesson to be protected has an author, whom nobody else is shown.
            None if row.is_protected else places[row.id][0],
            places[row.id][1],
            topics.get(row.id, []),
            places[row.id][2],
        )
        for row in rows
    ]


def topics_by_lesson(session: Session, lesson_ids: Sequence[str]) -> dict[str, list[Topic]]:
    """Each lesson's topics in the author's order."""
    found: dict[str, list[Topic]] = {}
    for lesson_id, topic in session.exec(_TOPICS, params={"ids": lesson_ids}):
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
        standing=standing_view(card.worth),
    )


def standing_view(worth: LessonStanding | None) -> StandingView:
    """What came of a lesson as programs read it."""
    if worth is None:
        return StandingView()
    facts = worth.model_dump(include=set(StandingView.model_fields))
    return StandingView(
        **facts, in_words=standing_in_words(worth), needs_rewording=worth.rewrite_since is not None
    )


def _authors_and_teams(
    session: Session, lesson_ids: Sequence[str]
) -> dict[str, tuple[Person | None, Team | None, LessonStanding | None]]:
    rows = session.exec(_AUTHORS_AND_TEAMS, params={"ids": lesson_ids})
    return {lesson_id: (author, team, worth) for lesson_id, author, team, worth in rows}
