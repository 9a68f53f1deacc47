"""Deliveries: claimed with a lease, then done; what a process claimed that died is due again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from app.events.models import Delivery, Event, Subscriber

LEASE = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(days=7)
_LONGEST_WAIT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Claim:
    """Deliveries that are ours until the lease ends."""

    subscriber: str
    events: Sequence[Event]

    @property
    def ids(self) -> list[str]:
        return [event.id for event in self.events]


def subscribe(session: Session, name: str, kinds: Sequence[str], *, now: datetime) -> None:
    """From now on `name` is owed every event whose subject is one of `kinds`. Several may say so at
    the same moment: each process does when it starts."""
    connection = session.connection()
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    said = {"kinds": ",".join(kinds), "seen_at": now}
    row = insert(Subscriber).values(name=name, **said)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_=said))


def forget_absent_subscribers(session: Session, *, kind: str, now: datetime) -> int:
    """Remove those named `kind:…` that nobody has served for a week, with what they were owed."""
    absent = sa.delete(Subscriber).where(
        col(Subscriber.name).startswith(f"{kind}:"),
        col(Subscriber.seen_at) < now - FORGOTTEN_AFTER,
    )
    return session.connection().execute(absent).rowcount


def claim(session: Session, subscriber: str, *, now: datetime, limit: int = 200) -> Claim:
    """Claim up to `limit` due deliveries, the longest due first; empty when nothing is due."""
    due = session.exec(
        select(Delivery)
        .where(
            Delivery.subscriber == subscriber,
            Delivery.due_at <= now,
            sa.or_(col(Delivery.claimed_until).is_(None), col(Delivery.claimed_until) < now),
        )
        .order_by(col(Delivery.due_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for delivery in due:
        delivery.claimed_until = now + LEASE
        delivery.attempts += 1
        session.add(delivery)
    ids = [delivery.event_id for delivery in due]
    events = session.exec(select(Event).where(col(Event.id).in_(ids))).all() if ids else []
    return Claim(subscriber, events)


def something_is_due(session: Session, subscriber: str, *, now: datetime) -> bool:
    """Whether `claim` would find anything: a cheap look that takes no lock."""
    due = select(Delivery.event_id).where(
        Delivery.subscriber == subscriber,
        Delivery.due_at <= now,
        sa.or_(col(Delivery.claimed_until).is_(None), col(Delivery.claimed_until) < now),
    )
    return session.exec(due.limit(1)).first() is not None


def done(session: Session, claimed: Claim) -> None:
    """The subscriber has reacted: nothing is owed any more."""
    session.connection().execute(sa.delete(Delivery).where(_of(claimed)))


def failed(
    session: Session, claimed: Claim, *, now: datetime, longest: timedelta = _LONGEST_WAIT
) -> None:
    """The subscriber could not react: due again after a wait that doubles, ten minutes at most."""
    for delivery in session.exec(select(Delivery).where(_of(claimed))):
        _put_off(session, delivery, now, longest)


def put_off(session: Session, subscriber: str, event_id: str, *, now: datetime) -> None:
    """As `failed`, for one whose claim was rolled back with what was tried."""
    delivery = session.get(Delivery, (event_id, subscriber), with_for_update=True)
    if delivery is not None:
        delivery.attempts += 1
        _put_off(session, delivery, now, _LONGEST_WAIT)


def _put_off(session: Session, delivery: Delivery, now: datetime, longest: timedelta) -> None:
    wait = timedelta(seconds=2 ** min(delivery.attempts, 10))
    delivery.due_at = now + min(wait, longest)
    delivery.claimed_until = None
    session.add(delivery)


def _of(claimed: Claim) -> sa.ColumnElement[bool]:
    return sa.and_(
        col(Delivery.subscriber) == claimed.subscriber, col(Delivery.event_id).in_(claimed.ids)
    )
