"""Messages that left: what is known of them, who had one lately, and when that is forgotten."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from app.mail.models import OutgoingMessage, Purpose, SentMessage

KEPT_FOR = timedelta(days=426)  # fourteen months
#: Nobody has more than one mail in such a time, but for those of their own account.
PACE = timedelta(hours=1)
#: Whose address was refused for good is tried again no sooner.
_AFTER_A_REFUSAL = timedelta(days=1)
#: The kinds that are kept after they left: where it matters that nobody has one twice.
REMEMBERED = (Purpose.DIGEST, Purpose.NOTICES, Purpose.TEST)
_PACED = (Purpose.DIGEST, Purpose.NOTICES)


def remember(session: Session, message: OutgoingMessage, *, now: datetime) -> None:
    """The mail server has it: the row goes, and what is remembered of its kind stays."""
    session.delete(message)
    if message.purpose in REMEMBERED and session.get(SentMessage, message.id) is None:
        session.add(
            SentMessage(
                id=message.id,
                purpose=message.purpose,
                person_id=message.person_id,
                subject=message.subject_for_others,
                attempts=message.attempts,
                sent_at=now,
            )
        )


def last_mailed(session: Session, person_id: str) -> datetime | None:
    """When this person last had a digest or notices by mail."""
    latest = sa.select(sa.func.max(col(SentMessage.sent_at))).where(
        col(SentMessage.person_id) == person_id, col(SentMessage.purpose).in_(_PACED)
    )
    at: datetime | None = session.connection().execute(latest).scalar_one()
    return at


def had_or_gets_one(now: datetime) -> sa.Select[str]:
    """The ids of those who must not be written another mail now: who had one within the hour, for
    whom one waits, or whose address was refused within a day."""
    had = sa.select(col(SentMessage.person_id)).where(
        col(SentMessage.sent_at) > now - PACE,
        col(SentMessage.purpose).in_(_PACED),
        col(SentMessage.person_id).is_not(None),
    )
    gets = sa.select(col(OutgoingMessage.person_id)).where(
        col(OutgoingMessage.purpose).in_(_PACED),
        col(OutgoingMessage.person_id).is_not(None),
        sa.or_(
            col(OutgoingMessage.due_at).is_not(None),
            col(OutgoingMessage.created_at) > now - _AFTER_A_REFUSAL,
        ),
    )
    both: sa.Select[str] = sa.select(sa.union_all(had, gets).subquery().c.person_id)
    return both


def forget_sent(session: Session, *, now: datetime) -> None:
    """Erase what was sent more than fourteen months ago."""
    old = sa.delete(SentMessage).where(col(SentMessage.sent_at) < now - KEPT_FOR)
    session.connection().execute(old)
