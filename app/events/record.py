"""Recording an act: one event, and a delivery for each who reacts to its kind."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from app.events.models import Delivery, Event, Subscriber
from app.kit.db import RECORDED


def record(
    session: Session,
    kind: str,
    subject_id: str,
    *,
    by: str | None,
    now: datetime,
    **facts: Any,
) -> Event:
    """Record one act in the act's own transaction.

    `kind` is `subject.verb_in_the_past` ("lesson.posted"); `by` the actor's id, None for what
    nobody did or nobody may be known to have done; `facts` are plain JSON values.
    """
    event = Event(
        kind=kind,
        subject_kind=kind.partition(".")[0],
        subject_id=subject_id,
        actor_id=by,
        at=now,
        facts=facts,
    )
    session.add(event)
    session.flush()
    for name in _subscribers_of(session, event.subject_kind):
        session.add(Delivery(event_id=event.id, subscriber=name, due_at=now))
    session.info[RECORDED] = True
    return event


def _subscribers_of(session: Session, subject_kind: str) -> list[str]:
    # Read once a transaction: an import records thousands of acts in one.
    known = session.info.get("subscribers")
    if known is None:
        known = [(s.name, s.kinds.split(",")) for s in session.exec(select(Subscriber))]
        session.info["subscribers"] = known
        sa.event.listen(session, "after_transaction_end", _forget_subscribers)
    return [name for name, kinds in known if subject_kind in kinds]


def _forget_subscribers(session: Session, _transaction: object) -> None:
    session.info.pop("subscribers", None)
