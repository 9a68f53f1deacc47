"""How mail leaves: once, put off while the server cannot take it, kept when it never will."""

import smtplib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from itertools import pairwise
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import select

from app.mail.models import OutgoingMessage
from app.mail.transport import Postman, Smtp, Transport
from tests.house_fixture import House

SENDER = "Commonplace <memory@northwind.example>"


@dataclass
class FakeTransport:
    """Takes messages, or raises what it is given, one after the other."""

    troubles: list[Exception] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)

    def __call__(self, message: EmailMessage) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.taken.append(message)


def _queue(house: House, to: str = "nora@northwind.example", **late: float) -> None:
    with house.database.writing() as session:
        session.add(
            OutgoingMessage(
                to=to,
                subject="Grüße",
                text="Text “so”\n",
                html="<p>HTML “so”</p>",
                due_at=house.clock() + timedelta(**late),
                created_at=house.clock(),
            )
        )


def _waiting(house: House) -> list[OutgoingMessage]:
    with house.reading() as session:
        return list(session.exec(select(OutgoingMessage)))


def _postman(house: House, transport: Transport) -> Postman:
    return Postman(house.database, transport, SENDER, house.clock)


def test_a_message_is_sent_once_and_gone(house: House) -> None:
    transport = FakeTransport()
    postman = _postman(house, transport)
    _queue(house)
    assert postman.step() is True
    assert postman.step() is False
    assert [message["To"] for message in transport.taken] == ["nora@northwind.example"]
    assert _waiting(house) == []


def test_what_is_not_due_yet_waits(house: House) -> None:
    transport = FakeTransport()
    _queue(house, minutes=5)
    assert not _postman(house, transport).step()
    house.clock.turn(minutes=6)
    assert _postman(house, transport).step()
    assert len(transport.taken) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        smtplib.SMTPResponseException(550, b"no such mailbox"),
        smtplib.SMTPRecipientsRefused({"nora@northwind.example": (550, b"no such mailbox")}),
        smtplib.SMTPSenderRefused(553, b"no such mailbox", "memory@northwind.example"),
    ],
)
def test_what_is_refused_for_good_is_kept_with_its_reason(house: House, trouble: Exception) -> None:
    transport = FakeTransport([trouble])
    postman = _postman(house, transport)
    _queue(house)
    postman.step()
    (message,) = _waiting(house)
    assert "no such mailbox" in message.refused_because
    assert message.due_at is None
    house.clock.turn(days=30)
    assert not postman.step()
    assert transport.taken == []


@pytest.mark.parametrize(
    "trouble",
    [
        smtplib.SMTPResponseException(451, b"greylisted"),
        smtplib.SMTPServerDisconnected("dropped"),
        smtplib.SMTPRecipientsRefused({"nora@northwind.example": (450, b"later")}),
        ConnectionRefusedError("nobody there"),
        TimeoutError("stalled"),
    ],
)
def test_a_passing_trouble_puts_the_message_off(house: House, trouble: Exception) -> None:
    transport = FakeTransport([trouble])
    postman = _postman(house, transport)
    _queue(house)
    postman.step()
    (message,) = _waiting(house)
    assert message.due_at
    assert message.due_at > house.clock()
    assert not postman.step()
    house.clock.now = message.due_at
    assert postman.step()
    assert len(transport.taken) == 1
    assert _waiting(house) == []


def test_each_further_trouble_doubles_the_wait_up_to_some_hours(house: House) -> None:
    postman = _postman(house, FakeTransport([OSError("away")] * 11))
    _queue(house)
    waits = []
    for _ in range(11):
        postman.step()
        (message,) = _waiting(house)
        assert message.due_at
        waits.append((message.due_at - house.clock()).total_seconds())
        house.clock.now = message.due_at
    assert waits[:3] == [60, 120, 240]
    assert all(after in (2 * before, 4 * 3600) for before, after in pairwise(waits))
    assert waits[-1] == 4 * 3600


def test_after_many_troubles_it_is_given_up_and_kept(house: House) -> None:
    postman = _postman(house, FakeTransport([OSError("away")] * 20))
    _queue(house)
    for _ in range(20):
        postman.step()
        house.clock.turn(hours=5)
    (message,) = _waiting(house)
    assert (message.due_at, message.attempts, message.refused_because) == (None, 12, "away")


def test_two_postmen_do_not_send_the_same_message(house: House) -> None:
    _queue(house)
    second = FakeTransport()

    def first(message: EmailMessage) -> None:
        # While the first is still handing it over, the second looks into the line.
        assert not _postman(house, second).step()

    assert _postman(house, first).step()
    assert second.taken == []
    assert _waiting(house) == []


def test_a_message_of_a_postman_that_died_is_sent_by_the_next(house: House) -> None:
    def dies(_message: EmailMessage) -> None:
        raise KeyboardInterrupt

    _queue(house)
    with pytest.raises(KeyboardInterrupt):
        _postman(house, dies).step()
    transport = FakeTransport()
    assert not _postman(house, transport).step()
    house.clock.turn(minutes=3)
    assert _postman(house, transport).step()
    assert len(transport.taken) == 1


@dataclass
class Mailbox:
    """What a real SMTP server on this machine received."""

    received: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("full@"):
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        self.received.append(envelope)
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, Smtp]]:
    box = Mailbox()
    # The controller asks its own port to answer, so it must know it before it starts.
    controller = Controller(box, hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        yield box, Smtp(f"smtp://127.0.0.1:{controller.port}")
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def test_a_real_server_receives_the_message_whole(
    house: House, mailbox: tuple[Mailbox, Smtp]
) -> None:
    box, smtp = mailbox
    _queue(house)
    assert _postman(house, smtp).step()
    (envelope,) = box.received
    assert envelope.rcpt_tos == ["nora@northwind.example"]
    assert envelope.mail_from == "memory@northwind.example"
    content = envelope.content
    assert isinstance(content, bytes)
    assert b"multipart/alternative" in content
    assert b"Message-ID: <" in content
    assert _waiting(house) == []


def test_a_real_servers_refusals_are_told_apart(
    house: House, mailbox: tuple[Mailbox, Smtp]
) -> None:
    box, smtp = mailbox
    _queue(house, to="nobody@northwind.example")
    _queue(house, to="full@northwind.example")
    postman = _postman(house, smtp)
    assert postman.step()
    assert postman.step()
    waiting = {message.to: message for message in _waiting(house)}
    assert waiting["nobody@northwind.example"].due_at is None
    assert waiting["full@northwind.example"].due_at is not None
    assert box.received == []


def test_a_server_that_is_not_there_puts_the_message_off(house: House) -> None:
    _queue(house)
    assert _postman(house, Smtp(f"smtp://127.0.0.1:{_free_port()}")).step()
    (message,) = _waiting(house)
    assert message.due_at is not None
    assert message.attempts == 1
