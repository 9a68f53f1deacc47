"""The job that sums up anew what came of lessons when others, which tell that it happened again,
are posted, changed or shared with others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.events.deliver import claim, done, something_is_due, subscribe
from app.events.record import record
from app.kit.clock import Clock, day_floor
from app.kit.db import Database
from app.lessons.models import LessonStanding
from app.uses.models import Confirmation, Recurrence, Use
from app.uses.standing import settle

_NAME = "standing"
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Settler:
    """Keeps standings true whatever becomes of the lessons that they speak of."""

    database: Database
    clock: Clock

    def start(self) -> None:
        """Hear of lessons from now on, and sum up what has reports but no standing."""
        with self.database.writing() as session:
            subscribe(session, _NAME, ["lesson"], now=self.clock())
            ids = _unsettled(session)
        for at in range(0, len(ids), _BATCH):
            with self.database.writing() as session:
                _settle(session, ids[at : at + _BATCH], self.clock())

    def step(self) -> bool:
        """React to the deliveries that are due; False when there were none."""
        now = self.clock()
        with self.database.reading() as session:
            if not something_is_due(session, _NAME, now=now):
                return False
        with self.database.writing() as session:
            claimed = claim(session, _NAME, now=now, limit=_BATCH)
            _settle(session, _touched(session, {e.subject_id for e in claimed.events}), now)
            done(session, claimed)
        return True


def _settle(session: Session, ids: Iterable[str], now: datetime) -> None:
    # Dated by the day: it may have been a protected author who changed the lesson just now.
    today = day_floor(now)
    for lesson_id in settle(session, ids, now=today):
        record(session, "standing.changed", lesson_id, by=None, now=today, lesson_id=lesson_id)


def _touched(session: Session, lesson_ids: set[str]) -> list[str]:
    """The lessons whose standing may have changed with these."""
    newer = col(Recurrence.newer_id).in_(lesson_ids)
    itself = col(Recurrence.lesson_id).in_(lesson_ids)
    asked = sa.select(col(Recurrence.lesson_id)).where(sa.or_(newer, itself)).distinct()
    return sorted(session.connection().execute(asked).scalars())


def _unsettled(session: Session) -> Sequence[str]:
    reported = sa.union(
        *(sa.select(col(table.lesson_id)) for table in (Use, Recurrence, Confirmation))
    ).subquery()
    settled = select(LessonStanding.lesson_id)
    asked = sa.select(reported.c.lesson_id).where(reported.c.lesson_id.not_in(settled))
    return sorted(session.connection().execute(asked).scalars())
