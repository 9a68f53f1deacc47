"""Mail through a real SMTP server on this machine."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from app.mail.smtp import Smtp
from tests.house_fixture import House
from tests.mail.lines import postman, queue, waiting


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
    queue(house)
    assert postman(house, smtp).step()
    (envelope,) = box.received
    assert envelope.rcpt_tos == ["nora@northwind.example"]
    assert envelope.mail_from == "memory@northwind.example"
    content = envelope.content
    assert isinstance(content, bytes)
    assert b"multipart/alternative" in content
    assert b"Message-ID: <" in content
    assert waiting(house) == []


def test_a_real_servers_refusals_are_told_apart(
    house: House, mailbox: tuple[Mailbox, Smtp]
) -> None:
    box, smtp = mailbox
    queue(house, to="nobody@northwind.example")
    queue(house, to="full@northwind.example")
    sending = postman(house, smtp)
    assert sending.step()
    assert sending.step()
    kept = {message.to: message for message in waiting(house)}
    assert kept["nobody@northwind.example"].due_at is None
    assert kept["full@northwind.example"].due_at is not None
    assert box.received == []


def test_a_server_that_is_not_there_puts_the_message_off(house: House) -> None:
    queue(house)
    assert postman(house, Smtp(f"smtp://127.0.0.1:{_free_port()}")).step()
    (message,) = waiting(house)
    assert message.due_at is not None
    assert message.attempts == 1
