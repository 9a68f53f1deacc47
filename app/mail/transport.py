"""How mail leaves: by the worker, tried again when the mail server cannot take it."""

import smtplib
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Protocol

import structlog
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from app.kit.clock import Clock
from app.kit.db import Database
from app.mail.envelope import as_email
from app.mail.models import OutgoingMessage, Purpose, SentMessage
from app.mail.sent import PACE, last_mailed, remember
from app.people.models import Person

# Several times as long as one may take (`smtp.DEADLINE_SECONDS`): when it ends nobody is at it.
_LEASE = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=4)
# What is held back is looked at again.
_HELD_FOR = timedelta(minutes=10)
# A mail server may be away for a long weekend. After both it is given up, and kept.
_MOST_ATTEMPTS = 12
_TRIED_FOR = timedelta(days=5)
_PERMANENT = 500
# Signing in is wanted, or something is wrong with it: that is mended, and then it goes.
_OF_THE_SETTINGS = (530, 534, 535, 538)
_log = structlog.get_logger("mail")


class Transport(Protocol):
    """Takes a message or raises: smtplib.SMTPException, OSError."""

    def __call__(self, message: EmailMessage) -> None: ...


@dataclass(frozen=True, slots=True)
class Postman:
    """Sends what is in line: claimed first, so that two never send the same. The count of attempts
    is the claim: whoever finds another than theirs has lost it, and leaves the row alone."""

    database: Database
    transport: Transport
    sender: str
    clock: Clock
    #: What is not to leave now, though it stands in line.
    holds: Callable[[Session], Collection[Purpose]] = lambda _session: ()
    #: Between the attempts to note that a message left.
    waits_seconds: tuple[float, ...] = (0.5, 2, 5, 15)

    def step(self) -> bool:
        """Deal with one message that is due; False when there was none."""
        now = self.clock()
        with self.database.reading() as session:
            if _due(session, now) is None:
                return False
        with self.database.writing() as session:
            message = _due(session, now)
            if message is None:
                return False
            if message.purpose in self.holds(session):
                message.due_at = now + _HELD_FOR
                return True
            if not _may_leave(session, message, now):
                return True
            message.due_at = now + _LEASE
            message.attempts += 1
            session.add(message)
        self._send(message)
        return True

    def _send(self, message: OutgoingMessage) -> None:
        try:
            self.transport(as_email(message, self.sender))
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._not_sent(message, error)
            return
        self._note_it_left(message)

    def _note_it_left(self, message: OutgoingMessage) -> None:
        # What is not noted is sent again, so a database that is busy is asked again, as long as
        # nobody else would send it.
        for wait_seconds in self.waits_seconds:
            with suppress(OperationalError):
                self._remember(message)
                return
            time.sleep(wait_seconds)
        self._remember(message)

    def _remember(self, message: OutgoingMessage) -> None:
        with self.database.writing() as session:
            # Whoever holds it by now: it has left.
            row = session.get(OutgoingMessage, message.id, with_for_update=True)
            if row is not None:
                remember(session, row, now=self.clock())

    def _not_sent(self, message: OutgoingMessage, error: Exception) -> None:
        tried_enough = self.clock() - message.created_at >= _TRIED_FOR
        for_good = _is_permanent(error) or (message.attempts >= _MOST_ATTEMPTS and tried_enough)
        _log.warning(
            "mail not sent",
            attempts=message.attempts,
            for_good=for_good,
            error=type(error).__name__,
        )
        wait = min(timedelta(seconds=30 * 2**message.attempts), _LONGEST_WAIT)
        with self.database.writing() as session:
            row = session.get(OutgoingMessage, message.id, with_for_update=True)
            if row is not None and row.attempts == message.attempts:
                row.due_at = None if for_good else self.clock() + wait
                row.refused_because = _in_words(error)[:500]


def _may_leave(session: Session, message: OutgoingMessage, now: datetime) -> bool:
    """Whether it is still to be sent, now: not what was sent, nor to who is not here any more, nor
    notices to somebody who had a mail within the hour; those wait."""
    if session.get(SentMessage, message.id) is not None:
        session.delete(message)
        return False
    if message.person_id is None or message.purpose is Purpose.ACCOUNT:
        return True
    person = session.get(Person, message.person_id)
    if person is None or person.disabled_at:
        session.delete(message)
        return False
    last = last_mailed(session, person.id) if message.purpose is Purpose.NOTICES else None
    if last and last + PACE > now:
        message.due_at = last + PACE
        return False
    return True


def _due(session: Session, now: datetime) -> OutgoingMessage | None:
    """What has been due longest; before all else what is of an account, since somebody sits before
    a page and waits for it, on the morning on which everybody is sent a digest, too."""
    due = (
        select(OutgoingMessage)
        .where(col(OutgoingMessage.due_at) <= now)
        .order_by(col(OutgoingMessage.due_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    of_accounts = due.where(OutgoingMessage.purpose == Purpose.ACCOUNT)
    return session.exec(of_accounts).first() or session.exec(due).first()


def _in_words(error: Exception) -> str:
    """What the mail server said, as it said it: “550 no such person here”."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return ", ".join(_answer(*said) for said in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return str(error)


def _answer(code: int, said: bytes | str) -> str:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {words}".strip()


def _is_permanent(error: Exception) -> bool:
    """Whether the message itself is refused. What the server says before it hears of the message
    is about the server, and passes."""
    if isinstance(error, ValueError):
        return True  # it cannot be written as a mail
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= _PERMANENT for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return error.smtp_code >= _PERMANENT and error.smtp_code not in _OF_THE_SETTINGS
    return False
