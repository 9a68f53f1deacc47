"""Recording an act: one event, and a delivery for each who reacts to its kind."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from app.events.models import Delivery, Event, Subscriber
from app.kit.db import RECORDED

_SUBSCRIBERS = "subscribers"


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
    for name in _subscribers_of(session, event.subject_kind):
        session.add(Delivery(event_id=event.id, subscriber=name, due_at=now))
    session.info[RECORDED] = True
    return event


def _subscribers_of(session: Session, subject_kind: str) -> list[str]:
    # A session is one transaction, and an import records thousands of acts in it: read once.
    known = session.info.get(_SUBSCRIBERS)
    if known is None:
        known = [(s.name, s.kinds.split(",")) for s in session.exec(select(Subscriber))]
        session.info[_SUBSCRIBERS] = known
    return [name for name, kinds in known if subject_kind in kinds]
