"""How mail leaves: over SMTP, by the worker, tried again when the server cannot take it."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import formatdate
from typing import Protocol
from urllib.parse import unquote, urlsplit

import structlog
from sqlmodel import Session, col, select

from app.kit.clock import Clock
from app.kit.db import Database
from app.mail.models import OutgoingMessage

_TIMEOUT_SECONDS = 20
_LEASE = timedelta(minutes=2)
_LONGEST_WAIT = timedelta(hours=4)
_MOST_ATTEMPTS = 12
_PERMANENT = 500
_log = structlog.get_logger("mail")


class Transport(Protocol):
    """Takes a message or raises: smtplib.SMTPException, OSError."""

    def __call__(self, message: EmailMessage) -> None: ...


@dataclass(frozen=True, slots=True)
class Smtp:
    """Delivery over `smtp://`, `smtp+starttls://` or `smtps://user:password@host:port`."""

    url: str

    def __call__(self, message: EmailMessage) -> None:
        address = urlsplit(self.url)
        host = address.hostname or "localhost"
        if address.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host,
                address.port or 465,
                timeout=_TIMEOUT_SECONDS,
                context=ssl.create_default_context(),
            )
        else:
            server = smtplib.SMTP(host, address.port or 25, timeout=_TIMEOUT_SECONDS)
        with server:
            if address.scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if address.username:
                server.login(unquote(address.username), unquote(address.password or ""))
            server.send_message(message)


@dataclass(frozen=True, slots=True)
class Postman:
    """Sends what is in line: claimed first, so that two never send the same."""

    database: Database
    transport: Transport
    sender: str
    clock: Clock

    def step(self) -> bool:
        """Send one message that is due; False when there was none."""
        with self.database.reading() as session:
            if _due(session, self.clock()) is None:
                return False
        with self.database.writing() as session:
            message = _due(session, self.clock())
            if message is None:
                return False
            message.due_at = self.clock() + _LEASE
            message.attempts += 1
            session.add(message)
        self._send(message)
        return True

    def _send(self, message: OutgoingMessage) -> None:
        try:
            self.transport(as_email(message, self.sender))
        except (smtplib.SMTPException, OSError) as error:
            self._not_sent(message, error)
            return
        self._settle(message.id, lambda session, row: session.delete(row))

    def _not_sent(self, message: OutgoingMessage, error: Exception) -> None:
        for_good = _is_permanent(error) or message.attempts >= _MOST_ATTEMPTS
        _log.warning(
            "mail not sent",
            attempts=message.attempts,
            for_good=for_good,
            error=type(error).__name__,
        )
        wait = min(timedelta(seconds=30 * 2**message.attempts), _LONGEST_WAIT)

        def put_off(_session: Session, row: OutgoingMessage) -> None:
            row.due_at = None if for_good else self.clock() + wait
            row.refused_because = str(error)[:500]

        self._settle(message.id, put_off)

    def _settle(self, message_id: str, act: Callable[[Session, OutgoingMessage], None]) -> None:
        with self.database.writing() as session:
            row = session.get(OutgoingMessage, message_id)
            if row is not None:
                act(session, row)


def as_email(message: OutgoingMessage, sender: str) -> EmailMessage:
    """The message with its headers; its Message-ID is the same at each attempt."""
    email = EmailMessage()
    email["From"], email["To"], email["Subject"] = sender, message.to, message.subject
    email["Date"] = formatdate(message.created_at.timestamp())
    domain = sender.rpartition("@")[2].strip("> ") or "localhost"
    email["Message-ID"] = f"<{message.id}@{domain}>"
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(message.text)
    email.add_alternative(message.html, subtype="html")
    return email


def _due(session: Session, now: datetime) -> OutgoingMessage | None:
    return session.exec(
        select(OutgoingMessage)
        .where(col(OutgoingMessage.due_at) <= now)
        .order_by(col(OutgoingMessage.due_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= _PERMANENT for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= _PERMANENT
