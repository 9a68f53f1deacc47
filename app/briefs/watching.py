"""Work that goes on is told of: a new lesson that bears on it is put into its brief."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.briefs.models import Brief
from app.briefs.newly_shared import newly_shared
from app.briefs.put_in import Fitting, put_in
from app.events.deliver import LEASE, Claim, claim, done, failed, something_is_due, subscribe
from app.events.models import Delivery
from app.kit.clock import Clock
from app.kit.db import Database
from app.lessons.access import EVERYONE, audience_of, readers
from app.lessons.fallback import NO_ANSWER
from app.lessons.finding import IN_USE
from app.lessons.indexing import subscriber_name
from app.lessons.models import Lesson
from search import Index, Match

SUBSCRIBER = "watching"
#: Work without an end is watched for so long after its brief was made.
WITHOUT_AN_END = timedelta(days=60)
_BATCH = 500
# Other jobs have their turn in between.
_BRIEFS_A_STEP = 10
_FIRST = 5
# What is retired stands among what matches.
_CONSIDERED = 3 * _FIRST
_LEAST_SHARED = 2
_UNTIL_INDEXED = timedelta(seconds=1)


class _Work(NamedTuple):
    """A piece of work that is watched, and what its readers may read."""

    brief_id: str
    work: str
    audiences: frozenset[str]


@dataclass
class _Round:
    """New lessons, and the briefs that they are still to be held against."""

    claimed: Claim
    lesson_ids: set[str]
    brief_ids: list[str] = field(default_factory=list)


@dataclass
class Watcher:
    """A worker's job: each brief of work that goes on is matched once for all lessons that came
    together, however many."""

    database: Database
    index: Index
    clock: Clock
    _round: _Round | None = None

    def start(self) -> None:
        """Ask for deliveries from now on."""
        with self.database.writing() as session:
            subscribe(session, SUBSCRIBER, ("lesson",), now=self.clock())

    def step(self) -> bool:
        """Hold what is new against some of the briefs; whether there was any to do.

        What was done of a round that its process did not end is done again, and changes nothing.
        While the index cannot answer there is nothing to do; whoever mends it says so.
        """
        now = self.clock()
        self._round = self._round or self._begin(now)
        if self._round is None:
            return False
        here, ids = self._round, self._round.brief_ids[:_BRIEFS_A_STEP]
        try:
            fitting = self._fitting(ids, here.lesson_ids, now)
        except NO_ANSWER:
            return False
        with self.database.writing() as session:
            put_in(session, fitting, now=now)
            here.brief_ids = here.brief_ids[len(ids) :]
            if here.brief_ids:
                _hold(session, here.claimed, now)
            else:
                done(session, here.claimed)
                self._round = None
        return True

    def _begin(self, now: datetime) -> _Round | None:
        """Claim what is new and in the index already; None where there is nothing."""
        with self.database.reading() as session:
            if not something_is_due(session, SUBSCRIBER, now=now):
                return None
        with self.database.writing() as session:
            claimed = claim(session, SUBSCRIBER, now=now, limit=_BATCH)
            owed = _owed(session, subscriber_name(self.index), claimed.ids)
            later = [event for event in claimed.events if event.id in owed]
            events = [event for event in claimed.events if event.id not in owed]
            if later:
                waits = Claim(SUBSCRIBER, later)
                failed(session, waits, now=now, longest=_UNTIL_INDEXED)
            if not events:
                return None
            lesson_ids = newly_shared(session, events)
            briefs = _going_on(session, now) if lesson_ids else []
            return _Round(Claim(SUBSCRIBER, events), lesson_ids, briefs)

    def _fitting(
        self, brief_ids: Sequence[str], lesson_ids: set[str], now: datetime
    ) -> list[Fitting]:
        """Which of the lessons are among the first five that bear on each work."""
        with self.database.reading() as session:
            works = _works(session, brief_ids)
        matched = {
            work.brief_id: self.index.matches(
                work.work, audiences=work.audiences, today=now.date(), limit=_CONSIDERED
            ).matches
            for work in works
        }
        with self.database.reading() as session:
            lessons = _in_use(session, {m.id for matches in matched.values() for m in matches})
        return [
            Fitting(work.brief_id, lessons[match.id], match)
            for work in works
            for match in _best(work, matched[work.brief_id], lessons)
            if match.id in lesson_ids
        ]


def _best(work: _Work, matches: Iterable[Match], lessons: dict[str, Lesson]) -> list[Match]:
    """The first five that all who read the brief may read, of those that share more with it than a
    word."""
    shared = [
        m for m in matches if m.id in lessons and audience_of(lessons[m.id]) in work.audiences
    ]
    return [m for m in shared[:_FIRST] if len(m.shared) >= _LEAST_SHARED]


def _owed(session: Session, subscriber: str, event_ids: Sequence[str]) -> set[str]:
    owed = select(Delivery.event_id).where(
        Delivery.subscriber == subscriber, col(Delivery.event_id).in_(event_ids)
    )
    return set(session.exec(owed))


def _hold(session: Session, claimed: Claim, now: datetime) -> None:
    held = sa.update(Delivery).where(
        col(Delivery.subscriber) == SUBSCRIBER, col(Delivery.event_id).in_(claimed.ids)
    )
    session.connection().execute(held.values(claimed_until=now + LEASE))


def _going_on(session: Session, now: datetime) -> list[str]:
    """Ids of the briefs that are watched while their work lasts."""
    lasting = sa.or_(
        col(Brief.ends_on) >= now.date(),
        sa.and_(col(Brief.ends_on).is_(None), col(Brief.made_at) >= now - WITHOUT_AN_END),
    )
    watched = sa.and_(col(Brief.watched), col(Brief.ended_at).is_(None))
    rows = select(Brief.id).where(watched, lasting).order_by(col(Brief.id))
    return list(session.exec(rows))


def _works(session: Session, brief_ids: Sequence[str]) -> list[_Work]:
    """The briefs with what everybody who reads them may read: what a team has reads all of it, what
    somebody has for themselves they alone."""
    briefs = session.exec(select(Brief).where(col(Brief.id).in_(brief_ids))).all()
    makers = readers(session, {brief.by_id for brief in briefs if brief.team_id is None})
    found = []
    for brief in briefs:
        if brief.team_id:
            ours = frozenset({EVERYONE, f"team:{brief.team_id}"})
            found.append(_Work(brief.id, brief.work, ours))
        elif brief.by_id in makers:
            found.append(_Work(brief.id, brief.work, makers[brief.by_id].audiences))
    return found


def _in_use(session: Session, ids: set[str]) -> dict[str, Lesson]:
    rows = select(Lesson).where(col(Lesson.id).in_(ids), col(Lesson.state).in_(IN_USE))
    return {lesson.id: lesson for lesson in session.exec(rows)}
