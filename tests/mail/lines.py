"""The line of messages that wait, and who sends them."""

from datetime import timedelta
from typing import Any

from sqlmodel import select

from app.mail.models import OutgoingMessage
from app.mail.transport import Postman, Transport
from tests.house_fixture import House

SENDER = "Commonplace <memory@northwind.example>"


def queue(house: House, to: str = "nora@northwind.example", **facts: Any) -> OutgoingMessage:
    """Put a message in line, due in so many `minutes`."""
    due_at = house.clock() + timedelta(minutes=facts.pop("minutes", 0))
    with house.database.writing() as session:
        message = OutgoingMessage(
            to=to,
            subject="Grüße",
            text="Text “so”\n",
            html="<p>HTML “so”</p>",
            due_at=due_at,
            created_at=house.clock(),
            **facts,
        )
        session.add(message)
    return message


def waiting(house: House) -> list[OutgoingMessage]:
    with house.reading() as session:
        return list(session.exec(select(OutgoingMessage)))


def postman(house: House, transport: Transport) -> Postman:
    return Postman(house.database, transport, SENDER, house.clock)
