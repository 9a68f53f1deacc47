"""The inbox: what a person was told, newest first, with what they may read of it now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.following.models import SubjectKind
from app.following.subjects import Key, subjects_named
from app.kit.errors import NotFound
from app.kit.templates import day_in_words
from app.lessons.access import Reader
from app.lessons.models import Lesson
from app.notifications.models import Notification
from app.notifications.saying import BROUGHT_IN_URL, Said, brought_in, said_of
from app.notifications.unread import still_shared
from app.people.models import Person

_WEEK_DAYS = 7


class Notice(NamedTuple):
    """One line: what to open, and what happened in words."""

    id: str
    unread: bool
    title: str
    url: str
    said: str


class _Row(NamedTuple):
    notification: Notification
    lesson: Lesson | None
    author: str | None
    actor: str | None


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of notices by day, (day in words, notices), of `total` notices."""

    days: Sequence[tuple[str, Sequence[Notice]]]
    total: int


def inbox(session: Session, who: Reader, *, now: datetime, offset: int, limit: int) -> Inbox:
    """The notices of `who`, newest first. What tells of a lesson that they may not read any more
    is left out."""
    rows = _rows(session, who, offset, limit)
    notifications = [row.notification for row in rows]
    subjects = subjects_named(session, _because(notifications), who)
    older = _titles(session, notifications, who)
    days: dict[str, list[Notice]] = {}
    for notification, lesson, author, actor in rows:
        day = day_heading(notification.at.date(), now.date())
        because = [subjects[key] for key in _because([notification]) if key in subjects]
        said = Said(lesson, author or "", actor or "", because, older)
        days.setdefault(day, []).append(_notice(notification, said))
    return Inbox(list(days.items()), _total(session, who))


def notification_of(session: Session, notification_id: str, who: Reader) -> Notification:
    """One of the person's own notifications; else, and when its lesson is not shared with them any
    more, the same NotFound."""
    found = session.get(Notification, notification_id)
    if found is None or found.person_id != who.person.id:
        raise NotFound
    lesson = session.get(Lesson, found.lesson_id) if found.lesson_id else None
    if lesson and not who.may_read(lesson):
        raise NotFound
    return found


def opens(notification: Notification) -> str:
    """The address that a notification leads to."""
    if notification.lesson_id is None:
        return BROUGHT_IN_URL
    question = notification.facts.get("question_id")
    place = f"#question-{question}" if question else ""
    return f"/lessons/{notification.lesson_id}{place}"


def day_heading(day: date, today: date) -> str:
    """A day as one says it: “Today”, “Yesterday”, “Thursday”, then its date."""
    ago = (today - day).days
    if ago <= 1:
        return "Today" if ago <= 0 else "Yesterday"
    return f"{day:%A}" if ago < _WEEK_DAYS else day_in_words(day)


def _notice(notification: Notification, said: Said) -> Notice:
    lesson = said.lesson
    return Notice(
        notification.id,
        notification.read_at is None,
        lesson.title if lesson else brought_in(notification),
        opens(notification),
        said_of(notification, said),
    )


def _rows(session: Session, who: Reader, offset: int, limit: int) -> Sequence[_Row]:
    author, actor = aliased(Person), aliased(Person)
    rows = session.exec(
        select(Notification, Lesson, col(author.name), col(actor.name))
        .select_from(Notification)
        .outerjoin(Lesson, col(Lesson.id) == Notification.lesson_id)
        .outerjoin(author, col(author.id) == Lesson.author_id)
        .outerjoin(actor, col(actor.id) == Notification.actor_id)
        .where(_shown(who))
        .order_by(col(Notification.at).desc(), col(Notification.id).desc())
        .offset(offset)
        .limit(limit)
    )
    return [_Row(*row) for row in rows]


def _total(session: Session, who: Reader) -> int:
    counted = select(sa.func.count()).select_from(Notification)
    joined = counted.outerjoin(Lesson, col(Lesson.id) == Notification.lesson_id)
    return session.exec(joined.where(_shown(who))).one()


def _shown(who: Reader) -> sa.ColumnElement[bool]:
    return sa.and_(col(Notification.person_id) == who.person.id, still_shared(who.teams))


def _because(notifications: Iterable[Notification]) -> list[Key]:
    return [
        (SubjectKind(kind), subject_id)
        for notification in notifications
        for kind, subject_id in notification.facts.get("because", ())
    ]


def _titles(session: Session, notifications: Iterable[Notification], who: Reader) -> dict[str, str]:
    ids = {n.facts["other_id"] for n in notifications if "other_id" in n.facts}
    if not ids:
        return {}
    rows = session.exec(
        select(Lesson.id, Lesson.title).where(col(Lesson.id).in_(ids), who.readable)
    )
    return dict(rows.all())
