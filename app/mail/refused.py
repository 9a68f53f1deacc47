"""Messages that mail servers did not take."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.mail.models import OutgoingMessage


def refused_messages(session: Session, *, limit: int = 50) -> Sequence[OutgoingMessage]:
    """The messages that were refused, newest first; one that is tried again has a `due_at`."""
    return session.exec(
        select(OutgoingMessage)
        .where(OutgoingMessage.refused_because != "")
        .order_by(col(OutgoingMessage.created_at).desc(), OutgoingMessage.id)
        .limit(limit)
    ).all()
