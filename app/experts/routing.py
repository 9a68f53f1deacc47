"""A wanted lesson is shown to the few who are likely to know: by what they wrote, used, answered
and confirmed about something near it; else to followers of its topics; else to curators.

At most five people for each, never whoever wants it themselves, never who does not want to be
listed, and nobody is shown more than three a week. All of it rests on what everybody may read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.events.deliver import claim, done, something_is_due, subscribe
from app.events.record import record
from app.experts.asking import ids_near
from app.experts.knowing import by_place, who_knows
from app.experts.models import Routed, Unlisted
from app.following.models import Follow, SubjectKind
from app.kit.clock import Clock
from app.kit.db import Database
from app.kit.errors import NotFound
from app.lessons.access import Reader, anybody
from app.lessons.models import LessonTopic
from app.people.models import Person, Role
from app.searches.clusters import Wanted, the_wanted
from app.searches.models import Miss, Want
from search import Index

SUBSCRIBER = "knowers"
MOST_FOR_ONE = 5
MOST_A_WEEK = 3
#: What makes something wanted visible to everybody, or open again.
_SHOWN_BY = ("want.made", "want.shown", "want.reopened")
_WEEK = timedelta(days=7)
_MOST_SHOWN = 20
# Of the lessons near it, so many of the nearest say which topics it is about.
_LESSONS_WITH_TOPICS = 3
# Who is asked after: some of them have been shown enough this week.
_MOST_LIKELY = 40


@dataclass(frozen=True, slots=True)
class Routing:
    """A worker's job."""

    database: Database
    index: Index
    clock: Clock

    def start(self) -> None:
        """Ask for deliveries from now on."""
        with self.database.writing() as session:
            subscribe(session, SUBSCRIBER, ("want",), now=self.clock())

    def step(self) -> bool:
        """Show what became wanted to those who are likely to know; whether there was anything."""
        now = self.clock()
        with self.database.reading() as session:
            if not something_is_due(session, SUBSCRIBER, now=now):
                return False
        with self.database.writing() as session:
            claimed = claim(session, SUBSCRIBER, now=now, limit=20)
            for event in sorted(claimed.events, key=lambda event: (event.at, event.id)):
                if event.kind in _SHOWN_BY:
                    route(session, self.index, event.subject_id, now=now)
            done(session, claimed)
        return True


def route(session: Session, index: Index, want_id: str, *, now: datetime) -> list[str]:
    """Show what is wanted to those who are likely to know; returns their ids. Nobody, where it is
    answered, withdrawn, or was shown to five before."""
    who = anybody(now)
    try:
        want = the_wanted(session, want_id, who)
    except NotFound:
        return []
    if want.lesson or not want.shown:
        return []
    before = session.exec(select(Routed.person_id).where(Routed.key == want.key)).all()
    likely = _likely(session, index, who, want, now)
    free = _with_room(session, [person for person in likely if person not in before], now)
    chosen = free[: max(MOST_FOR_ONE - len(before), 0)]
    for person_id in chosen:
        session.add(Routed(key=want.key, person_id=person_id, at=now))
        facts = {"person_id": person_id, "want_id": want.id}
        record(session, "want.routed", want.id, by=None, now=now, **facts)
    session.flush()
    return chosen


def routed_to(session: Session, person: Person) -> list[str]:
    """The keys of what this person was shown because they may know, the last first."""
    shown = select(Routed.key).where(Routed.person_id == person.id)
    return list(session.exec(shown.order_by(col(Routed.at).desc()).limit(_MOST_SHOWN)))


def _likely(session: Session, index: Index, who: Reader, want: Wanted, now: datetime) -> list[str]:
    """Who may know, likeliest first, without those who want it themselves."""
    wanting = _wanting(session, want.key)
    near = ids_near(session, index, who, want.words)
    knowing = who_knows(session, who, by_place(near), now=now, limit=_MOST_LIKELY, but=wanting)
    if knowing:
        return [person.id for person, _ in knowing]
    followers = list(_followers(session, near[:_LESSONS_WITH_TOPICS]))
    found = [person for person in followers if person not in wanting] or [
        person for person in _curators(session) if person not in wanting
    ]
    hidden = set(session.exec(select(Unlisted.person_id)))
    return [person for person in dict.fromkeys(found) if person not in hidden]


def _wanting(session: Session, key: str) -> set[str]:
    asked = sa.select(col(Want.person_id)).where(col(Want.key) == key)
    looked = sa.select(col(Miss.person_id)).where(col(Miss.key) == key)
    people: Iterable[Any] = session.connection().execute(sa.union(asked, looked)).scalars()
    return {person for person in people if person}


def _followers(session: Session, lesson_ids: Sequence[str]) -> Iterator[str]:
    """Who follows a topic of these lessons, the longest first, and is still here."""
    about = select(LessonTopic.topic_id).where(col(LessonTopic.lesson_id).in_(lesson_ids))
    yield from session.exec(
        select(Follow.person_id)
        .join(Person, col(Person.id) == Follow.person_id)
        .where(
            Follow.subject_kind == SubjectKind.TOPIC,
            col(Follow.subject_id).in_(about),
            col(Person.disabled_at).is_(None),
        )
        .order_by(col(Follow.since), col(Follow.person_id))
    )


def _curators(session: Session) -> Iterator[str]:
    yield from session.exec(
        select(Person.id)
        .where(Person.role == Role.CURATOR, col(Person.disabled_at).is_(None))
        .order_by(col(Person.created_at), col(Person.id))
    )


def _with_room(session: Session, people: Sequence[str], now: datetime) -> list[str]:
    """Those who were shown fewer than three in the last week, in their order."""
    full = (
        select(Routed.person_id)
        .where(col(Routed.person_id).in_(people), col(Routed.at) > now - _WEEK)
        .group_by(col(Routed.person_id))
        .having(sa.func.count() >= MOST_A_WEEK)
    )
    shown_enough = set(session.exec(full))
    return [person for person in people if person not in shown_enough]
