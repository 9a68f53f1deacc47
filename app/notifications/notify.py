"""The reactor: hears of acts by deliveries, and tells each person whom one concerns once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.events.deliver import claim, done, put_off, something_is_due, subscribe
from app.events.models import Event
from app.kit.clock import Clock
from app.kit.db import Database
from app.lessons.access import readers
from app.notifications.audience import Telling, tellings
from app.notifications.models import Notification, NotificationKind, Unwanted

SUBSCRIBER = "notifications"
_REACTS_TO = (
    *("lesson", "question", "answer", "thanks", "relation", "want"),
    *("use", "recurrence", "help", "brief", "followup", "action"),
)
#: What need not be known any more once something else is done with the same subject.
_OVER = {
    "question.taken_back": ("question.asked", "help.asked"),
    "answer.taken_back": ("answer.given",),
    "thanks.taken_back": ("thanks.given",),
    "use.changed": ("use.reported", "use.changed"),
    "use.withdrawn": ("use.reported", "use.changed"),
    "recurrence.withdrawn": ("recurrence.reported",),
    "want.withdrawn": ("want.routed", "want.assigned"),
    "want.answered": ("want.routed", "want.assigned"),
    "want.unassigned": ("want.assigned",),
    "brief.ended": ("followup.asked", "followup.reminded"),
    "brief.changed": ("followup.asked", "followup.reminded"),
}
# Each is somebody's own, of one subject.
_OF_THE_SAME_PERSON = "thanks.taken_back"
# Several may have been asked to write the same.
_OF_ONE_ASKED = "want.unassigned"
# It is asked about anew, where the work has another end.
_OF_ANOTHER_END = "brief.changed"
# What was read of it before stays as it was told then.
_SAID_ANEW = "use.changed"
# Lessons brought in within a day of one another are one line, until it is read.
_TOGETHER = timedelta(days=1)
_MOST = 200


@dataclass(slots=True)
class Notifier:
    """A worker's job. After something went wrong it tells of one act at a time, until nothing is
    due: so what cannot be told of is found, and holds up nothing else."""

    database: Database
    clock: Clock
    _at_once: int = _MOST

    def start(self) -> None:
        """Ask for deliveries from now on."""
        with self.database.writing() as session:
            subscribe(session, SUBSCRIBER, _REACTS_TO, now=self.clock())

    def step(self) -> bool:
        """Tell of what is due; whether there was any.

        Claim, tell and done are one transaction: nothing leaves the database, so what fails midway
        is wholly due again, and nobody is told twice.
        """
        now = self.clock()
        with self.database.reading() as session:
            if not something_is_due(session, SUBSCRIBER, now=now):
                self._at_once = _MOST
                return False
        ids: list[str] = []
        try:
            with self.database.writing() as session:
                claimed = claim(session, SUBSCRIBER, now=now, limit=self._at_once)
                ids = claimed.ids
                notify(session, claimed.events)
                done(session, claimed)
        except Exception:
            self._at_once = 1
            self._put_off(ids, now)
            raise
        return True

    def _put_off(self, ids: Sequence[str], now: datetime) -> None:
        if len(ids) == 1:
            with self.database.writing() as session:
                put_off(session, SUBSCRIBER, ids[0], now=now)


def notify(session: Session, events: Sequence[Event]) -> None:
    """Make the notifications of `events`: for those whom they concern, who want to hear of such,
    who may read what it is about, and who did not do it themselves; in the same few questions
    however many events."""
    wanted = _first_choices(_wanted(session, tellings(session, events)))
    told = _told(session, events)
    single = [t for t in wanted if not t.brought_in and (t.event.id, t.person_id) not in told]
    for telling in single:
        if (telling.event.id, telling.person_id) not in told:
            told.add((telling.event.id, telling.person_id))
            session.add(_notification(telling))
    _bring_together(session, [telling for telling in wanted if telling.brought_in])
    session.flush()
    for event in events:
        if event.kind in _OVER:
            _take_back(session, event)


def _take_back(session: Session, event: Event) -> None:
    """What somebody takes back, and what is over, is told to nobody any more."""
    if event.kind == _OF_ANOTHER_END and not event.facts.get("another_end"):
        return
    given = select(Event.id).where(
        col(Event.kind).in_(_OVER[event.kind]),
        Event.subject_id == event.subject_id,
        col(Event.at) <= event.at,
    )
    if event.kind == _OF_THE_SAME_PERSON:
        given = given.where(col(Event.actor_id).is_not_distinct_from(event.actor_id))
    over = sa.delete(Notification).where(
        col(Notification.event_id).in_(given), col(Notification.event_id) != event.id
    )
    if event.kind == _OF_ONE_ASKED:
        over = over.where(col(Notification.person_id) == event.facts.get("person_id"))
    if event.kind == _SAID_ANEW:
        over = over.where(col(Notification.read_at).is_(None))
    session.connection().execute(over)


def _wanted(session: Session, found: Sequence[Telling]) -> list[Telling]:
    """Those that the person may hear of and wants to."""
    people = {telling.person_id for telling in found}
    if not people:
        return []
    who = readers(session, people)
    off = set(
        session.exec(
            select(Unwanted.person_id, Unwanted.kind).where(col(Unwanted.person_id).in_(people))
        ).all()
    )
    return [
        telling
        for telling in found
        if telling.person_id != telling.event.actor_id
        and telling.person_id in who
        and telling.may_be_told(who[telling.person_id])
        and (telling.person_id, telling.kind) not in off
    ]


def _first_choices(found: Sequence[Telling]) -> list[Telling]:
    """Without those who would be told only if somebody else were not."""
    told = {(telling.event.id, telling.person_id) for telling in found}
    return [t for t in found if (t.event.id, t.concerned.instead_of) not in told]


def _told(session: Session, events: Sequence[Event]) -> set[tuple[str, str]]:
    ids = [event.id for event in events]
    rows = session.exec(
        select(Notification.event_id, Notification.person_id).where(
            col(Notification.event_id).in_(ids)
        )
    )
    return {(event_id, person_id) for event_id, person_id in rows}


def _notification(telling: Telling) -> Notification:
    return Notification(
        person_id=telling.person_id,
        kind=telling.kind,
        event_id=telling.event.id,
        lesson_id=telling.lesson.id if telling.lesson else None,
        brief_id=telling.brief.id if telling.brief else None,
        actor_id=telling.event.actor_id,
        facts=telling.concerned.facts,
        at=telling.event.at,
    )


def _bring_together(session: Session, brought: Sequence[Telling]) -> None:
    """One line for all that was brought in, not one for each: an import has thousands."""
    if not brought:
        return
    waiting = _waiting(session, {telling.person_id for telling in brought}, brought[0].event.at)
    for telling in brought:
        line = waiting.get(telling.person_id)
        if line is None:
            line = waiting[telling.person_id] = Notification(
                person_id=telling.person_id,
                kind=NotificationKind.FOLLOWED,
                event_id=telling.event.id,
                facts={"brought_in": 0},
                at=telling.event.at,
            )
        line.facts = {"brought_in": line.facts["brought_in"] + 1}
        line.at = max(line.at, telling.event.at)
        session.add(line)


def _waiting(session: Session, people: set[str], at: datetime) -> dict[str, Notification]:
    """The line for what was brought in that each of these people has not read yet."""
    rows = session.exec(
        select(Notification).where(
            col(Notification.person_id).in_(people),
            Notification.kind == NotificationKind.FOLLOWED,
            col(Notification.lesson_id).is_(None),
            col(Notification.read_at).is_(None),
            col(Notification.at) >= at - _TOGETHER,
        )
    )
    return {row.person_id: row for row in rows}
