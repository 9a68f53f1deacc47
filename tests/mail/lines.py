"""The line of messages that wait, and who sends them."""

from datetime import timedelta

from sqlmodel import select

from app.mail.models import OutgoingMessage
from app.mail.transport import Postman, Transport
from tests.house_fixture import House

SENDER = "Commonplace <memory@northwind.example>"


def queue(house: House, to: str = "nora@northwind.example", **late: float) -> None:
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


def waiting(house: House) -> list[OutgoingMessage]:
    with house.reading() as session:
        return list(session.exec(select(OutgoingMessage)))


def postman(house: House, transport: Transport) -> Postman:
    return Postman(house.database, transport, SENDER, house.clock)
