"""Lessons that come from elsewhere: taken in with their own dates, and kept up to date."""

from datetime import datetime

from sqlmodel import Session

from app.events.record import record
from app.kit.clock import day_floor
from app.lessons.capture import new_lesson
from app.lessons.content import content_of, keep_version, write_content
from app.lessons.models import AuthorMode, Lesson, Retirement, RetirementReason, State
from app.lessons.schemas import LessonInput
from app.people.models import Person, Team

_RETIRED_ELSEWHERE = "It was retired where it came from."


def bring_in(
    session: Session,
    content: LessonInput,
    *,
    team: Team | None,
    author: Person | None,
    retired: bool = False,
    posted_at: datetime,
    by: Person | None,
    now: datetime,
) -> Lesson:
    """Take in a lesson posted elsewhere at `posted_at`.

    `author` is whom it names, if they are here. A protected one has neither author nor claim code:
    whoever wrote it is not asking.
    """
    protected = content.author_mode is AuthorMode.PROTECTED
    at = day_floor(posted_at) if protected else posted_at
    state = State.DRAFT if content.visibility == "draft" else State.POSTED
    author_id = author.id if author and not (protected and state is State.POSTED) else None
    lesson = new_lesson(content, state, author=author_id, at=at, now=at)
    write_content(session, lesson, content, team, by=by, now=now)
    if state is State.DRAFT:
        return lesson
    keep_version(session, lesson, content, by=author_id, now=at)
    if retired:
        _retire(session, lesson, by=by, now=now)
    record(session, "lesson.posted", lesson.id, by=_id(by), now=now,
           lesson_kind=lesson.kind.value, brought_in=True)
    return lesson


def bring_up_to_date(
    session: Session, lesson: Lesson, content: LessonInput, *, team: Team | None,
    by: Person | None, now: datetime,
) -> bool:
    """Take over what changed elsewhere; False when nothing did. What the source does not decide
    here (its author, whether it is a draft) stays."""
    here = content_of(session, lesson)
    content = content.model_copy(
        update={"author_mode": lesson.author_mode, "visibility": here.visibility
                if content.visibility == "draft" or lesson.is_draft else content.visibility}
    )
    if content == here:
        return False
    lesson.revision += 1
    lesson.changed_at = now
    write_content(session, lesson, content, team, by=by, now=now)
    if not lesson.is_draft:
        keep_version(session, lesson, content, by=_id(by), now=now)
        record(session, "lesson.edited", lesson.id, by=_id(by), now=now,
               revision=lesson.revision, brought_in=True)
    return True


def _retire(session: Session, lesson: Lesson, *, by: Person | None, now: datetime) -> None:
    session.add(
        Retirement(
            lesson_id=lesson.id, reason=RetirementReason.OBSOLETE, note=_RETIRED_ELSEWHERE,
            from_state=lesson.state, by_id=_id(by), at=now,
        )
    )
    lesson.state = State.RETIRED
    session.add(lesson)


def _id(person: Person | None) -> str | None:
    return person.id if person else None
