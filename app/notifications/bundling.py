"""Notices by mail: what waits unread goes out bundled, to each as they wish, one mail an hour."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from jinja2 import Environment
from sqlmodel import Session, col

from app.kit.clock import Clock, hour_floor
from app.kit.db import Database
from app.kit.ids import id_from
from app.kit.signing import seal
from app.lessons.access import readers
from app.mail.compose import put_in_line, written
from app.mail.envelope import one_click
from app.mail.models import OutgoingMessage, Purpose
from app.notifications.inbox import lines_of
from app.notifications.letters import bundle
from app.notifications.models import Notification
from app.notifications.waiting import due, leave_out, to_tell, zone_of

_LOOK, _AGAIN_AFTER = timedelta(minutes=1), timedelta(minutes=10)
_ENDS_AFTER = timedelta(days=800)
#: What the links that end such mails are sealed for.
PURPOSE = "notices"


@dataclass
class Bundler:
    """A worker's job: looks once a minute for whom something waits, and writes to one of them a
    step. `zone` is that of who named none."""

    database: Database
    templates: Callable[[], Environment]
    base_url: str
    key: bytes
    zone: str
    clock: Clock
    # Who gets a mail of another kind any moment: theirs waits until an hour after.
    others: Callable[[Session, datetime], Collection[str]] = lambda _session, _now: ()
    _due: list[str] = field(default_factory=list)
    _looked_at: datetime | None = None
    # Whose mail could not be written, and when: they hold up nobody, and are tried again later.
    _trouble: dict[str, datetime] = field(default_factory=dict)

    def step(self) -> bool:
        """Write to one person; False when nobody waits for a mail now."""
        now = self.clock()
        if not self._due and not _within(self._looked_at, now, _LOOK):
            self._looked_at = now
            self._look(now)
        if not self._due:
            return False
        person_id = self._due.pop()
        self._trouble[person_id] = now
        self._write(person_id, now)
        del self._trouble[person_id]
        return True

    def _look(self, now: datetime) -> None:
        leave_out(self.database, now=now)
        with self.database.reading() as session:
            found = due(session, self.zone, now=now)
            later = {one for one, at in self._trouble.items() if _within(at, now, _AGAIN_AFTER)}
            later.update(self.others(session, now) if found else ())
        self._due = [person_id for person_id in found if person_id not in later]

    def _write(self, person_id: str, now: datetime) -> None:
        with self.database.reading() as session:
            who = readers(session, [person_id]).get(person_id)
            if who is None:
                return
            zone = zone_of(who.person, self.zone)
            ids = to_tell(session, who.person, zone, now=now)
            lines = lines_of(session, who, ids)
        unsubscribe = f"{self.base_url}/mail/notices/" + seal(
            self.key, PURPOSE, (person_id,), now=now, lifetime=_ENDS_AFTER
        )
        message = written(
            self.templates(),
            "notices",
            to=who.person.email,
            now=now,
            purpose=Purpose.NOTICES,
            person_id=person_id,
            headers=one_click(unsubscribe),
            message_id=id_from("notices", person_id, hour_floor(now).isoformat()),
            bundle=bundle(lines, zone, now=now),
            base_url=self.base_url,
            unsubscribe_url=unsubscribe,
        )
        with self.database.writing() as session:
            _put(session, message if lines else None, ids, now)


def _within(at: datetime | None, now: datetime, time: timedelta) -> bool:
    """Whether it is not that long since; a clock that was put back counts as long."""
    return at is not None and at <= now < at + time


def _put(
    session: Session, message: OutgoingMessage | None, ids: Sequence[str], now: datetime
) -> None:
    """The mail stands in line and what it tells is marked, together or not at all. What it could
    not tell, since it is shared with them no more, is left out for good."""
    waiting = sa.and_(col(Notification.id).in_(ids), col(Notification.mailed_at).is_(None))
    some = session.connection().execute(sa.select(col(Notification.id)).where(waiting)).first()
    if some is None or (message and not put_in_line(session, message)):
        return
    session.connection().execute(sa.update(Notification).where(waiting).values(mailed_at=now))
