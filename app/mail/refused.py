"""Messages that mail servers did not take."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app.events.record import record
from app.kit.errors import NotFound
from app.mail.models import OutgoingMessage
from app.people.models import Person


def refused_messages(session: Session, *, limit: int = 50) -> Sequence[OutgoingMessage]:
    """The messages that were refused, newest first; one that is tried again has a `due_at`."""
    return session.exec(
        select(OutgoingMessage)
        .where(OutgoingMessage.refused_because != "")
        .order_by(col(OutgoingMessage.created_at).desc(), OutgoingMessage.id)
        .limit(limit)
    ).all()


def try_again(session: Session, message_id: str, *, by: Person, now: datetime) -> None:
    """Let one that was given up leave after all: what stood in its way may be mended. Raises
    NotFound for one that is gone, or is tried of itself."""
    message = session.get(OutgoingMessage, message_id, with_for_update=True)
    if message is None or message.due_at is not None:
        raise NotFound
    message.due_at = now
    record(session, "mail.tried_again", message.id, by=by.id, now=now)
