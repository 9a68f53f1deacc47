"""How mail leaves: once, put off while the server cannot take it, kept when it never will."""

import smtplib
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from itertools import pairwise

import pytest
from sqlmodel import select

from app.mail.models import Purpose, SentMessage
from app.mail.sent import forget_sent
from app.people.models import Person
from tests.house_fixture import House
from tests.mail.lines import postman, queue, waiting


@dataclass
class FakeTransport:
    """Takes messages, or raises what it is given, one after the other."""

    troubles: list[Exception] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)

    def __call__(self, message: EmailMessage) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.taken.append(message)


def test_a_message_is_sent_once_and_gone(house: House) -> None:
    transport = FakeTransport()
    sending = postman(house, transport)
    queue(house)
    assert sending.step() is True
    assert sending.step() is False
    assert [message["To"] for message in transport.taken] == ["nora@northwind.example"]
    assert waiting(house) == []


def test_what_is_not_due_yet_waits(house: House) -> None:
    transport = FakeTransport()
    queue(house, minutes=5)
    assert not postman(house, transport).step()
    house.clock.turn(minutes=6)
    assert postman(house, transport).step()
    assert len(transport.taken) == 1


def test_a_link_to_sign_in_waits_behind_no_digest(house: House) -> None:
    """On the first working day everybody is sent one, and somebody forgot their password."""
    transport = FakeTransport()
    sending = postman(house, transport)
    for _ in range(3):
        queue(house, purpose=Purpose.DIGEST, person_id=house.cast.mara.id)
    queue(house, "forgetful@northwind.example", minutes=1)
    house.clock.turn(minutes=1)
    while sending.step():
        pass
    assert transport.taken[0]["To"] == "forgetful@northwind.example"
    assert len(transport.taken) == 4


@pytest.mark.parametrize(
    "trouble",
    [
        smtplib.SMTPDataError(550, b"no such mailbox"),
        smtplib.SMTPRecipientsRefused({"nora@northwind.example": (550, b"no such mailbox")}),
        smtplib.SMTPSenderRefused(553, b"no such mailbox", "memory@northwind.example"),
    ],
)
def test_what_is_refused_for_good_is_kept_with_its_reason(house: House, trouble: Exception) -> None:
    transport = FakeTransport([trouble])
    sending = postman(house, transport)
    queue(house)
    sending.step()
    (message,) = waiting(house)
    assert message.refused_because in ("550 no such mailbox", "553 no such mailbox")
    assert message.due_at is None
    house.clock.turn(days=30)
    assert not sending.step()
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
    sending = postman(house, transport)
    queue(house)
    sending.step()
    (message,) = waiting(house)
    assert message.due_at
    assert message.due_at > house.clock()
    assert not sending.step()
    house.clock.now = message.due_at
    assert sending.step()
    assert len(transport.taken) == 1
    assert waiting(house) == []


def test_each_further_trouble_doubles_the_wait_up_to_some_hours(house: House) -> None:
    sending = postman(house, FakeTransport([OSError("away")] * 11))
    queue(house)
    waits = []
    for _ in range(11):
        sending.step()
        (message,) = waiting(house)
        assert message.due_at
        waits.append((message.due_at - house.clock()).total_seconds())
        house.clock.now = message.due_at
    assert waits[:3] == [60, 120, 240]
    assert all(after in (2 * before, 4 * 3600) for before, after in pairwise(waits))
    assert waits[-1] == 4 * 3600


def test_after_days_of_troubles_it_is_given_up_and_kept(house: House) -> None:
    sending = postman(house, FakeTransport([OSError("away")] * 60))
    queue(house)
    begun = house.clock()
    while (message := waiting(house)[0]).due_at:
        house.clock.now = message.due_at
        assert sending.step()
    assert (message.attempts, message.refused_because) == (38, "away")
    assert timedelta(days=5) <= house.clock() - begun < timedelta(days=6)


def test_two_postmen_do_not_send_the_same_message(house: House) -> None:
    queue(house)
    second = FakeTransport()

    def first(message: EmailMessage) -> None:
        # While the first is still handing it over, the second looks into the line.
        assert not postman(house, second).step()

    assert postman(house, first).step()
    assert second.taken == []
    assert waiting(house) == []


def test_a_message_of_a_postman_that_died_is_sent_by_the_next(house: House) -> None:
    def dies(_message: EmailMessage) -> None:
        raise KeyboardInterrupt

    queue(house)
    with pytest.raises(KeyboardInterrupt):
        postman(house, dies).step()
    transport = FakeTransport()
    assert not postman(house, transport).step()
    house.clock.turn(minutes=6)
    assert postman(house, transport).step()
    assert len(transport.taken) == 1


def test_who_lost_the_claim_leaves_the_row_to_who_has_it(house: House) -> None:
    """The first is slower than its lease: its failure changes nothing of the second's claim."""
    queue(house)
    second = FakeTransport([OSError("later")])

    def slow(_message: EmailMessage) -> None:
        house.clock.turn(minutes=6)
        assert postman(house, second).step()
        raise smtplib.SMTPDataError(550, b"refused")

    assert postman(house, slow).step()
    (message,) = waiting(house)
    assert (message.attempts, message.refused_because) == (2, "later")
    assert message.due_at

    def late(_message: EmailMessage) -> None:
        house.clock.turn(minutes=6)
        assert postman(house, FakeTransport([OSError("later")])).step()

    house.clock.now = message.due_at
    assert postman(house, late).step()
    assert waiting(house) == []  # it has left, whoever held it by then


def test_notices_wait_an_hour_after_any_other_mail_and_go_to_nobody_who_left(house: House) -> None:
    nora, otto = house.cast.nora, house.cast.otto
    transport = FakeTransport()
    sending = postman(house, transport)
    queue(house, purpose=Purpose.DIGEST, person_id=nora.id)
    queue(house, purpose=Purpose.NOTICES, person_id=nora.id, minutes=1)
    queue(house, purpose=Purpose.NOTICES, person_id=otto.id, minutes=1)
    queue(house, to="ben@northwind.example")
    with house.database.writing() as session:
        session.get_one(Person, otto.id).disabled_at = house.clock()
    house.clock.turn(minutes=30)
    while sending.step():
        pass
    assert len(transport.taken) == 2
    (held,) = waiting(house)
    assert (held.person_id, held.attempts) == (nora.id, 0)
    house.clock.turn(minutes=61)
    assert sending.step()
    assert len(transport.taken) == 3
    with house.reading() as session:
        sent = session.exec(select(SentMessage)).all()
    assert {(one.purpose, one.subject) for one in sent} == {
        ("digest", "Digest"),  # its subject may name a lesson of a team, or its work
        ("notices", "Notices"),
    }
    with house.database.writing() as session:
        forget_sent(session, now=house.clock() + timedelta(days=425))
        assert len(session.exec(select(SentMessage)).all()) == 2
        forget_sent(session, now=house.clock() + timedelta(days=427))
        assert not session.exec(select(SentMessage)).all()
