"""The inbox: what a person was told, newest first, with what they may read of it now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.actions.models import Action
from app.briefs.models import Brief
from app.events.models import Event
from app.following.models import SubjectKind
from app.following.subjects import Key, subjects_named
from app.kit.errors import NotFound
from app.kit.templates import day_in_words
from app.lessons.access import Reader
from app.lessons.models import Lesson
from app.notifications.models import Notification
from app.notifications.saying import Said, opens, said_of, title_of
from app.notifications.unread import line_key, still_shared
from app.people.models import Person, Team
from app.searches.models import Miss, Want
from app.uses.models import Recurrence, Use

_WEEK_DAYS = 7


class Notice(NamedTuple):
    """One line: what to open, and what happened in words."""

    id: str
    unread: bool
    title: str
    url: str
    said: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of notices by day, (day in words, notices), of `total` notices."""

    days: Sequence[tuple[str, Sequence[Notice]]]
    total: int


def inbox(session: Session, who: Reader, *, now: datetime, offset: int, limit: int) -> Inbox:
    """The notices of `who`, newest first; what comes in numbers is one while it is unread. What
    tells of a lesson or a brief that they may not read any more is left out."""
    days: dict[str, list[Notice]] = {}
    for said in _said(session, who, _rows(session, _lines(who), offset, limit)):
        day = day_heading(said.notification.at.date(), now.date())
        days.setdefault(day, []).append(_notice(said))
    return Inbox(list(days.items()), _total(session, who))


def lines_of(session: Session, who: Reader, ids: Collection[str]) -> list[Said]:
    """The lines that these notifications of `who` make now, newest first; what is not shared with
    them any more makes none."""
    if not ids:
        return []
    only = col(Notification.id).in_(ids)
    return _said(session, who, _rows(session, _lines(who, only), 0, len(ids)))


def notification_of(session: Session, notification_id: str, who: Reader) -> Notification:
    """One of the person's own notifications; else, and when its lesson or its brief is not shared
    with them any more, the same NotFound."""
    one = _joined(select(Notification)).where(col(Notification.id) == notification_id)
    found: Notification | None = session.exec(one.where(_shown(who))).first()
    if found is None:
        raise NotFound
    return found


def day_heading(day: date, today: date) -> str:
    """A day as one says it: “Today”, “Yesterday”, “Thursday”, then its date."""
    ago = (today - day).days
    if ago <= 1:
        return "Today" if ago <= 0 else "Yesterday"
    return f"{day:%A}" if ago < _WEEK_DAYS else day_in_words(day)


def _notice(said: Said) -> Notice:
    notification = said.notification
    return Notice(
        notification.id,
        notification.read_at is None,
        title_of(said),
        opens(notification, together=said.together),
        said_of(said),
    )


def _said(session: Session, who: Reader, rows: Sequence[Any]) -> list[Said]:
    notifications = [row[0] for row in rows]
    subjects = subjects_named(session, _because(notifications), who)
    older = _titles(session, notifications, who)
    found = []
    for notification, *about in rows:
        because = [subjects[key] for key in _because([notification]) if key in subjects]
        found.append(Said(because, older, notification, *about))
    return found


def _rows(session: Session, lines: sa.Select[Any], offset: int, limit: int) -> Sequence[Any]:
    """The newest notification of each line, how many are in it, and what it tells of."""
    latest = [lines.selected_columns.at.desc(), lines.selected_columns.id.desc()]
    shown = lines.order_by(*latest).offset(offset).limit(limit).subquery()
    author, actor, team = aliased(Person), aliased(Person), aliased(Team)
    told: Any = (
        sa.select(
            Notification,
            shown.c.together,
            Lesson,
            Brief,
            Use,
            Recurrence,
            Action,
            sa.func.coalesce(col(Want.words), col(Miss.words)),
            col(author.name),
            col(actor.name),
            col(team.name),
        )
        .select_from(shown)
        .join(Notification, col(Notification.id) == shown.c.id)
        .outerjoin(Event, col(Event.id) == Notification.event_id)
        .outerjoin(Lesson, col(Lesson.id) == Notification.lesson_id)
        .outerjoin(Brief, col(Brief.id) == Notification.brief_id)
        .outerjoin(Use, col(Use.id) == Event.subject_id)
        .outerjoin(Recurrence, col(Recurrence.id) == Event.subject_id)
        .outerjoin(Action, col(Action.id) == Event.subject_id)
        .outerjoin(Want, col(Want.id) == Event.subject_id)
        .outerjoin(Miss, col(Miss.id) == Event.subject_id)
        .outerjoin(author, col(author.id) == Lesson.author_id)
        .outerjoin(actor, col(actor.id) == Notification.actor_id)
        .outerjoin(team, col(team.id) == sa.func.coalesce(Use.team_id, Recurrence.team_id))
        .order_by(col(Notification.at).desc(), col(Notification.id).desc())
    )
    rows: Sequence[Any] = session.exec(told).all()
    return rows


def _lines(who: Reader, *only: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Of each line that is shown, the id and the time of the newest, and how many are in it."""
    same: dict[str, Any] = {"partition_by": line_key()}
    newest: Any = [col(Notification.at).desc(), col(Notification.id).desc()]
    each = _joined(
        sa.select(
            col(Notification.id),
            col(Notification.at),
            sa.func.count().over(**same).label("together"),
            sa.func.row_number().over(**same, order_by=newest).label("place"),
        )
    )
    found = each.where(_shown(who), *only).subquery()
    columns = (found.c.id, found.c.at, found.c.together)
    return sa.select(*columns).where(found.c.place == 1)


def _total(session: Session, who: Reader) -> int:
    counted = sa.select(sa.func.count(sa.distinct(line_key())))
    total: int = session.connection().execute(_joined(counted).where(_shown(who))).scalar_one()
    return total


def _joined(question: Any) -> Any:
    return (
        question.select_from(Notification)
        .outerjoin(Lesson, col(Lesson.id) == Notification.lesson_id)
        .outerjoin(Brief, col(Brief.id) == Notification.brief_id)
    )


def _shown(who: Reader) -> sa.ColumnElement[bool]:
    mine = col(Notification.person_id) == who.person.id
    return sa.and_(mine, still_shared(who.person.id, who.teams, who.teams))


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
