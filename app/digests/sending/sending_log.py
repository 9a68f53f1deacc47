"""What became of the mails of a period: sent, waiting, tried again, refused, not written."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from app.digests.models import DigestSending
from app.digests.period import Period, period_called
from app.mail.models import OutgoingMessage, SentMessage
from app.people.models import Person


class Became(StrEnum):
    """What a mail of a digest has become."""

    SENT = "sent"
    WAITING = "waiting"  # in line, or being written
    AGAIN = "again"  # the mail server did not take it, or it could not be written: tried again
    REFUSED = "refused"  # for good
    NOTHING = "nothing"  # nothing was left to send, or the mail was given up with its reader
    FORGOTTEN = "forgotten"  # sent so long ago that it is not kept


class Entry(NamedTuple):
    """One mail: to whom, what became of it, why, and when that was or will be."""

    name: str
    person_id: str
    became: Became
    why: str
    at: datetime | None
    attempts: int


def periods_sent(session: Session) -> list[Period]:
    """The periods that mails were written for, the last first."""
    asked = sa.select(col(DigestSending.period)).distinct()
    found = [period_called(key) for key in session.connection().execute(asked).scalars()]
    return sorted(found, key=lambda period: (period.end, period.weekly), reverse=True)


def entries(session: Session, period: Period, *, offset: int, limit: int) -> Sequence[Entry]:
    """The mails of a period by the name of their readers, those in trouble first."""
    trouble = sa.or_(col(OutgoingMessage.refused_because) != "", col(DigestSending.trouble) != "")
    asked = (
        sa.select(
            col(Person.name),
            DigestSending,
            col(OutgoingMessage.due_at),
            col(OutgoingMessage.refused_because),
            col(OutgoingMessage.attempts),
            col(SentMessage.sent_at),
            col(SentMessage.attempts),
        )
        .join(Person, col(Person.id) == DigestSending.person_id)
        .outerjoin(OutgoingMessage, col(OutgoingMessage.id) == DigestSending.message_id)
        .outerjoin(SentMessage, col(SentMessage.id) == DigestSending.message_id)
        .where(col(DigestSending.period) == period.key)
        .order_by(sa.case((trouble, 0), else_=1), sa.func.lower(Person.name), Person.id)
        .offset(offset)
        .limit(limit)
    )
    return [_entry(row) for row in session.execute(asked)]


def how_many(session: Session, period: Period) -> int:
    """How many mails `entries` lists."""
    counted = sa.select(sa.func.count()).where(col(DigestSending.period) == period.key)
    total: int = session.connection().execute(counted).scalar_one()
    return total


def _entry(row: Any) -> Entry:
    name, sending, due_at, refused, tries, sent_at, sent_tries = row
    became, why, at = _became(sending, due_at, refused, sent_at)
    attempts = (sent_tries if sent_at else tries) or 0
    return Entry(name, sending.person_id, became, why, at, attempts)


def _became(
    sending: DigestSending, due_at: datetime | None, refused: str | None, sent_at: datetime | None
) -> tuple[Became, str, datetime | None]:
    if sent_at:
        return Became.SENT, "", sent_at
    if sending.queued_at is None:
        became = Became.AGAIN if sending.trouble else Became.WAITING
        return became, sending.trouble, sending.claimed_until
    if sending.empty:
        return Became.NOTHING, "", sending.queued_at
    if refused is None:  # no longer in line, and nothing is kept of its leaving
        return Became.FORGOTTEN, "", sending.queued_at
    if due_at is None:
        return Became.REFUSED, refused, sending.queued_at
    return (Became.AGAIN if refused else Became.WAITING), refused, due_at
