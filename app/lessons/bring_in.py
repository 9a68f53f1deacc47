"""Lessons that come from elsewhere: taken in with their own dates, and kept up to date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.events.record import record
from app.kit.clock import day_floor
from app.lessons.capture import new_lesson
from app.lessons.content import (
    PLAIN_FIELDS,
    changed_fields,
    content_of,
    keep_version,
    what_is_told,
    write_content,
)
from app.lessons.models import (
    AuthorMode,
    Lesson,
    LessonTopic,
    Retirement,
    RetirementReason,
    State,
    Visibility,
)
from app.lessons.schemas import LessonInput
from app.people.models import Person, Team
from app.topics.directory import create_topic, topic_key, topics_named

_RETIRED_ELSEWHERE = "It was retired where it came from."


@dataclass(frozen=True, slots=True)
class Arrival:
    """A lesson posted elsewhere at `posted_at`. `author` is whom it names, if they are here."""

    content: LessonInput
    team: Team | None
    author: Person | None
    posted_at: datetime
    retired: bool = False


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
    """Take in one lesson posted elsewhere; see `bring_in_all`."""
    arrival = Arrival(content, team, author, posted_at, retired)
    return bring_in_all(session, [arrival], by=by, now=now)[0]


def bring_in_all(
    session: Session, arrivals: Sequence[Arrival], *, by: Person | None, now: datetime
) -> list[Lesson]:
    """Take in lessons posted elsewhere, all in a few statements.

    A protected one has neither author nor claim code: whoever wrote it is not asking.
    """
    lessons = [_row(arrival) for arrival in arrivals]
    session.add_all(lessons)
    session.flush()
    about = _say_topics(session, arrivals, lessons, by=by, now=now)
    for arrival, lesson in zip(arrivals, lessons, strict=True):
        if lesson.is_draft:
            continue
        keep_version(session, lesson, arrival.content, by=lesson.author_id, now=lesson.posted_at)
        if arrival.retired:
            _retire(session, lesson, by=by, now=now)
        record(
            session,
            "lesson.posted",
            lesson.id,
            by=_id(by),
            now=now,
            brought_in=True,
            **what_is_told(lesson, about[lesson.id]),
        )
    session.flush()
    return lessons


def bring_up_to_date(
    session: Session,
    lesson: Lesson,
    content: LessonInput,
    *,
    team: Team | None,
    retired: bool = False,
    by: Person | None,
    now: datetime,
) -> bool:
    """Take over what changed elsewhere in a posted lesson; False when nothing did.

    What the source does not decide here stays: its author, and that it is posted. One that is
    retired here stays as it is.
    """
    if lesson.is_retired:
        return False
    here = content_of(session, lesson)
    shared = here.visibility if content.visibility == "draft" else content.visibility
    content = content.model_copy(update={"author_mode": lesson.author_mode, "visibility": shared})
    if content == here and not retired:
        return False
    lesson.revision += 1
    lesson.changed_at = now
    about = write_content(session, lesson, content, team, by=by, now=now)
    keep_version(session, lesson, content, by=_id(by), now=now)
    if retired:
        _retire(session, lesson, by=by, now=now)
    record(
        session,
        "lesson.edited",
        lesson.id,
        by=_id(by),
        now=now,
        revision=lesson.revision,
        brought_in=True,
        changed=changed_fields(here, content),
        **what_is_told(lesson, about),
    )
    return True


def _row(arrival: Arrival) -> Lesson:
    content, author = arrival.content, arrival.author
    protected = content.author_mode is AuthorMode.PROTECTED
    state = State.DRAFT if content.visibility == "draft" else State.POSTED
    at = day_floor(arrival.posted_at) if protected else arrival.posted_at
    author_id = author.id if author and not (protected and state is State.POSTED) else None
    lesson = new_lesson(content, state, author=author_id, at=at, now=at)
    for name in PLAIN_FIELDS:
        setattr(lesson, name, getattr(content, name))
    lesson.external_id = content.external_id or None
    lesson.team_id = arrival.team.id if arrival.team else None
    if content.visibility != "draft":
        lesson.visibility = Visibility(content.visibility)
    return lesson


def _say_topics(
    session: Session,
    arrivals: Sequence[Arrival],
    lessons: Sequence[Lesson],
    *,
    by: Person | None,
    now: datetime,
) -> dict[str, list[str]]:
    """Put down what the lessons are about; the ids of the topics by lesson."""
    names = {
        topic_key(name): name
        for arrival in reversed(arrivals)
        for name in reversed(arrival.content.topics)
        if topic_key(name)
    }
    known = topics_named(session, names.values())
    for key, name in names.items():
        if key not in known:
            known[key] = create_topic(session, name, by=by, now=now)
    about = {}
    for arrival, lesson in zip(arrivals, lessons, strict=True):
        keys = (topic_key(name) for name in arrival.content.topics)
        ids = dict.fromkeys(known[key].id for key in keys if key)
        session.add_all(
            LessonTopic(lesson_id=lesson.id, topic_id=topic_id, position=position)
            for position, topic_id in enumerate(ids)
        )
        about[lesson.id] = list(ids)
    return about


def _retire(session: Session, lesson: Lesson, *, by: Person | None, now: datetime) -> None:
    session.add(
        Retirement(
            lesson_id=lesson.id,
            reason=RetirementReason.OBSOLETE,
            note=_RETIRED_ELSEWHERE,
            from_state=lesson.state,
            by_id=_id(by),
            at=now,
        )
    )
    lesson.state = State.RETIRED
    session.add(lesson)


def _id(person: Person | None) -> str | None:
    return person.id if person else None
