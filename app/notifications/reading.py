"""What a person does with their inbox: reads, and says what not to be told of.

That is their own business, and no event records it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.notifications.models import Notification, NotificationKind, Unwanted
from app.notifications.unread import line_key
from app.people.directory import one_at_a_time
from app.people.models import Person

KEPT_FOR = timedelta(days=365)


def read(session: Session, notification: Notification, *, now: datetime) -> int:
    """It was opened, and all that is one line with it; the first time counts. Returns how many
    were not read before."""
    if notification.read_at is not None:
        return 0
    own = sa.select(line_key()).where(col(Notification.id) == notification.id)
    line = session.connection().execute(own).scalar_one()
    ids = session.exec(
        select(Notification.id).where(
            Notification.person_id == notification.person_id,
            col(Notification.read_at).is_(None),
            line_key() == line,
        )
    ).all()
    opened = sa.update(Notification).where(col(Notification.id).in_(ids)).values(read_at=now)
    session.connection().execute(opened)
    return len(ids)


def read_all(session: Session, *, by: Person, now: datetime) -> None:
    """Nothing waits to be read any more."""
    session.connection().execute(
        sa.update(Notification)
        .where(col(Notification.person_id) == by.id, col(Notification.read_at).is_(None))
        .values(read_at=now)
    )


def forget_old_notifications(session: Session, *, now: datetime) -> None:
    """Erase what somebody was told more than a year ago, read or not."""
    old = sa.delete(Notification).where(col(Notification.at) < now - KEPT_FOR)
    session.connection().execute(old)


def kinds_wanted(session: Session, person: Person) -> set[NotificationKind]:
    """What the person wants to be told of: everything that is not switched off."""
    off = session.exec(select(Unwanted.kind).where(Unwanted.person_id == person.id))
    return set(NotificationKind) - set(off)


def want_only(session: Session, kinds: Collection[NotificationKind], *, by: Person) -> None:
    """From now on, be told of these kinds and no others."""
    one_at_a_time(session, by)
    session.connection().execute(sa.delete(Unwanted).where(col(Unwanted.person_id) == by.id))
    for kind in NotificationKind:
        if kind not in kinds:
            session.add(Unwanted(person_id=by.id, kind=kind))
