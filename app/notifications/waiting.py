"""Whom something waits for that is to be mailed now, and what."""

from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from app.kit.clock import day_floor
from app.kit.db import Database
from app.kit.zones import at_local, day_in
from app.mail.sent import had_or_gets_one
from app.notifications.models import ByMail, MailWish, Notification, NotificationKind
from app.notifications.wishes import Wishes, wishes_of
from app.people.models import Person

#: What comes within so long of one another is one mail, and one may read it in the product first.
BURST = timedelta(minutes=2)
#: When the mail of the day goes out, by the clock of whom it is for.
MORNING_HOUR = 8
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
# What is older waited while no mail could leave: it stays in the inbox.
_TOO_OLD = timedelta(days=7)
_MOST = 1_000
# Of these no act of a person is the moment.
_NOBODYS = (NotificationKind.FOLLOW_UP, NotificationKind.MAY_KNOW)

_WAITS = sa.and_(col(Notification.mailed_at).is_(None), col(Notification.read_at).is_(None))


class _Waits(NamedTuple):
    """One notification that waits, or the first of several; `nameless`: nobody is said to have
    done it."""

    kind: NotificationKind
    nameless: bool
    at: datetime

    def goes(self, wishes: Wishes, morning: datetime, now: datetime) -> bool:
        """Whether a mail is written for it now."""
        by_mail = wishes[self.kind]
        if by_mail is ByMail.NEVER:
            return False
        if self._hides_its_hour:
            return self._may_be_told(morning)
        return self.at <= now - BURST if by_mail is ByMail.AT_ONCE else self.at < morning

    def goes_along(self, wishes: Wishes, morning: datetime) -> bool:
        """Whether a mail that is written anyway tells of it."""
        wanted = wishes[self.kind] is not ByMail.NEVER
        return wanted and (not self._hides_its_hour or self._may_be_told(morning))

    @property
    def _hides_its_hour(self) -> bool:
        # Behind it may be a protected author, and a mail carries its minute for good: it goes in
        # the morning after the day, or the hour, that is all there is known of when it was.
        return self.nameless and self.kind not in _NOBODYS

    def _may_be_told(self, morning: datetime) -> bool:
        return self.at + (_DAY if self.at == day_floor(self.at) else _HOUR) <= morning


def zone_of(person: Person, default: str) -> str:
    """By which clock the person lives."""
    return person.time_zone or default


def last_morning(zone: str, now: datetime) -> datetime:
    """When the last mail of the day was due there. What asks for one at that moment too is heard
    first."""
    settled = now - BURST
    today = at_local(day_in(zone, settled), MORNING_HOUR, zone)
    if today <= settled:
        return today
    return at_local(day_in(zone, settled) - _DAY, MORNING_HOUR, zone)


def due(session: Session, zone: str, *, now: datetime) -> list[str]:
    """The ids of those to whom a mail is to be written now: something waits, and they had none
    within the hour. In a few questions, whatever the number."""
    waiting = (
        sa.select(
            col(Notification.person_id),
            col(Person.time_zone),
            col(Notification.kind),
            col(Notification.actor_id).is_(None),
            sa.func.min(col(Notification.at)),
        )
        .join(Person, col(Person.id) == Notification.person_id)
        .where(_WAITS, col(Person.disabled_at).is_(None))
        .where(col(Notification.person_id).not_in(had_or_gets_one(now)))
        .group_by(
            col(Notification.person_id),
            col(Person.time_zone),
            col(Notification.kind),
            col(Notification.actor_id).is_(None),
        )
        .order_by(sa.func.min(col(Notification.at)).desc())
    )
    rows = session.connection().execute(waiting).all()
    wishes = wishes_of(session, {row[0] for row in rows})
    mornings: dict[str, datetime] = {}
    found: dict[str, None] = {}
    for person_id, own_zone, kind, nameless, at in rows:
        named = own_zone or zone
        if named not in mornings:
            mornings[named] = last_morning(named, now)
        if _Waits(kind, bool(nameless), at).goes(wishes[person_id], mornings[named], now):
            found[person_id] = None
    return list(found)


def to_tell(session: Session, person: Person, zone: str, *, now: datetime) -> list[str]:
    """The ids of the notifications that a mail to this person tells of now, a thousand at most."""
    rows = session.connection().execute(
        sa.select(
            col(Notification.id),
            col(Notification.kind),
            col(Notification.actor_id).is_(None),
            col(Notification.at),
        )
        .where(col(Notification.person_id) == person.id, _WAITS)
        .order_by(col(Notification.at).desc())
        .limit(_MOST)
    )
    wishes, morning = wishes_of(session, [person.id])[person.id], last_morning(zone, now)
    return [
        notification_id
        for notification_id, kind, nameless, at in rows
        if _Waits(kind, bool(nameless), at).goes_along(wishes, morning)
    ]


def leave_out(database: Database, *, now: datetime) -> None:
    """What was read meanwhile, what its person wants no mail of, and what waited for a week is
    mailed to nobody."""
    never = sa.exists().where(
        col(MailWish.person_id) == Notification.person_id,
        col(MailWish.kind) == Notification.kind,
        col(MailWish.by_mail) == ByMail.NEVER,
    )
    over = sa.and_(
        col(Notification.mailed_at).is_(None),
        sa.or_(
            col(Notification.read_at).is_not(None), col(Notification.at) < now - _TOO_OLD, never
        ),
    )
    with database.reading() as session:
        if (
            session.connection().execute(sa.select(col(Notification.id)).where(over)).first()
            is None
        ):
            return
    with database.writing() as session:
        session.connection().execute(sa.update(Notification).where(over).values(mailed_at=now))
