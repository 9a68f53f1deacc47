"""A lesson's content: from what was written onto the row, and back; and its kept versions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.kit.errors import Invalid
from app.lessons.models import Lesson, LessonTopic, LessonVersion, Visibility
from app.lessons.schemas import LessonInput, Shared
from app.people.models import Person, Team
from app.people.teams import team_named, teams_read_by
from app.topics.directory import topics_for
from app.topics.models import Topic

PLAIN_FIELDS = (
    "kind",
    "title",
    "context",
    "expected",
    "happened",
    "why",
    "cause_type",
    "lesson",
    "recommendation",
    "applies_when",
    "not_when",
    "occurred_on",
    "source_url",
)


def shared_with(lesson: Lesson) -> Shared:
    """The lesson's visibility as people and programs name it."""
    if lesson.is_draft:
        return "draft"
    return "team" if lesson.visibility is Visibility.TEAM else "organisation"


def content_of(session: Session, lesson: Lesson) -> LessonInput:
    """The lesson as it would have to be written to become what it is."""
    team = session.get(Team, lesson.team_id) if lesson.team_id else None
    return LessonInput.model_construct(
        **{name: getattr(lesson, name) for name in PLAIN_FIELDS},
        topics=[topic.name for topic in topics_of(session, lesson)],
        team=team.name if team else "",
        visibility=shared_with(lesson),
        author_mode=lesson.author_mode,
        external_id=lesson.external_id or "",
    )


def what_is_told(lesson: Lesson, topic_ids: Sequence[str]) -> dict[str, Any]:
    """What an event tells of a posted lesson, for those who count: never its words."""
    return {
        "topic_ids": list(topic_ids),
        "lesson_kind": lesson.kind.value,
        "team_id": lesson.team_id,
        "visibility": lesson.visibility.value,
        "posted_on": lesson.posted_at.date().isoformat(),
    }


def changed_fields(before: LessonInput, after: LessonInput) -> list[str]:
    """The names of the fields that an edit changed."""
    return [name for name in PLAIN_FIELDS if getattr(before, name) != getattr(after, name)]


def topics_of(session: Session, lesson: Lesson) -> list[Topic]:
    """The lesson's topics in the author's order."""
    return list(
        session.exec(
            select(Topic)
            .join(LessonTopic, col(LessonTopic.topic_id) == Topic.id)
            .where(LessonTopic.lesson_id == lesson.id)
            .order_by(col(LessonTopic.position))
        )
    )


def the_team_for(session: Session, content: LessonInput, by: Person) -> Team | None:
    """The team that `content` names, if the person may post for it.

    Raises Invalid for an unknown team, somebody else's team, or team-only without a team.
    """
    if not content.team:
        if content.visibility == "team":
            message = "Say which team may read this."
            raise Invalid(message, fields={"team": message})
        return None
    team = session.get(Team, content.team) or team_named(session, content.team)
    may_post = team and (by.curates or team.id in teams_read_by(session, by))
    if (
        team is None
        or not may_post
        or (content.visibility == "team" and team.id not in teams_read_by(session, by))
    ):
        message = "You are in no team of this name. Choose one of your own teams, or none."
        raise Invalid(message, fields={"team": message})
    return team


def write_content(
    session: Session,
    lesson: Lesson,
    content: LessonInput,
    team: Team | None,
    *,
    by: Person | None,
    now: datetime,
) -> list[str]:
    """Put `content` onto the row and its topics, whose ids are returned; state, author and revision
    are up to the acts."""
    for name in PLAIN_FIELDS:
        setattr(lesson, name, getattr(content, name))
    lesson.external_id = content.external_id or None
    lesson.team_id = team.id if team else None
    if content.visibility != "draft":
        lesson.visibility = Visibility(content.visibility)
    session.add(lesson)
    session.flush()
    session.connection().execute(
        sa.delete(LessonTopic).where(col(LessonTopic.lesson_id) == lesson.id)
    )
    topics = topics_for(session, content.topics, by=by, now=now)
    session.add_all(
        LessonTopic(lesson_id=lesson.id, topic_id=topic.id, position=position)
        for position, topic in enumerate(topics)
    )
    return [topic.id for topic in topics]


def keep_version(
    session: Session, lesson: Lesson, content: LessonInput, *, by: str | None, now: datetime
) -> None:
    """Keep the content of this revision for ever."""
    kept: dict[str, Any] = content.model_dump(mode="json", exclude={"author_mode", "external_id"})
    session.add(
        LessonVersion(lesson_id=lesson.id, revision=lesson.revision, content=kept, by_id=by, at=now)
    )
