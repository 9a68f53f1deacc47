"""Promise R8: a mail server refuses, stalls, drips, drops or is away, and nothing is lost by it."""

import smtplib
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from sqlmodel import select

from app.mail.envelope import as_email
from app.mail.models import OutgoingMessage, Purpose, SentMessage
from app.mail.smtp import Smtp
from app.worker import Job, Worker
from tests.house_fixture import House
from tests.mail.faulty import STAGES, FaultyServer
from tests.mail.lines import SENDER, postman, queue, waiting

_BEFORE_IT_IS_TAKEN = STAGES[:-1]
_NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def _impatient(url: str) -> Smtp:
    """Soon tired of a server: where it is to fail in any case."""
    return Smtp(url, step_seconds=0.1, deadline_seconds=0.2)


def _later(message: OutgoingMessage, now: datetime) -> bool:
    return message.due_at is not None and message.due_at > now


def _mail() -> EmailMessage:
    message = OutgoingMessage(
        to="nora@northwind.example", subject="Grüße", text="So", html="So", created_at=_NOW
    )
    return as_email(message, SENDER)


@pytest.mark.parametrize("stage", _BEFORE_IT_IS_TAKEN)
@pytest.mark.parametrize("does", ["stall", "drip", "drop", "451 later"])
def test_what_goes_wrong_before_it_is_taken_ends_soon_and_is_said(stage: str, does: str) -> None:
    with FaultyServer((stage, does), mends=True).running() as server:
        with pytest.raises((smtplib.SMTPException, OSError)):
            _impatient(server.url)(_mail())
        Smtp(server.url)(_mail())
    # One that it had whole and did not say so, it gets twice.
    assert 1 <= len(server.taken) <= (2 if stage == "taken" else 1)


@pytest.mark.parametrize("does", ["stall", "drip"])
@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_what_goes_wrong_while_it_begins_to_encrypt_ends_soon(scheme: str, does: str) -> None:
    with (
        FaultyServer(("greeting", does)).running() as server,
        pytest.raises((smtplib.SMTPException, OSError)),
    ):
        _impatient(f"{scheme}://127.0.0.1:{server.port}")(_mail())


@pytest.mark.parametrize("does", ["stall", "drop", "550 go away"])
def test_what_it_took_is_sent_whatever_becomes_of_the_farewell(does: str) -> None:
    with FaultyServer(("QUIT", does)).running() as server:
        Smtp(server.url, step_seconds=1)(_mail())
    assert len(server.taken) == 1


def test_what_it_had_and_did_not_say_so_comes_again_under_the_same_id(house: House) -> None:
    queue(house)
    with FaultyServer(("taken", "drop"), mends=True).running() as server:
        sending = postman(house, Smtp(server.url))
        assert sending.step()
        (message,) = waiting(house)
        assert _later(message, house.clock())
        house.clock.turn(minutes=2)
        assert sending.step()
        assert not sending.step()
    assert waiting(house) == []
    assert len(server.taken) == 2
    assert all(f"Message-ID: <{message.id}@".encode() in taken for taken in server.taken)


def test_what_is_refused_for_good_waits_for_an_administrator(house: House) -> None:
    queue(house)
    queue(house, purpose=Purpose.NOTICES, person_id=house.cast.nora.id)
    with FaultyServer(("taken", "550 5.7.1 not from you")).running() as server:
        sending = postman(house, Smtp(server.url))
        assert sending.step()
        assert sending.step()
        assert not sending.step()
    assert [message.due_at for message in waiting(house)] == [None, None]
    page = house.browser(house.cast.root).get("/admin").text
    assert page.count("not from you") == 2
    assert page.count("Grüße") == 1  # what notices are about may not be shared with them
    for message in waiting(house):
        assert f"/admin/mail/{message.id}/attempt" in page
        answer = house.browser(house.cast.root).send(f"/admin/mail/{message.id}/attempt")
        assert "It is sent again" in answer.text
        again = house.browser(house.cast.root).send(f"/admin/mail/{message.id}/attempt")
        assert again.status_code == 404  # it is tried of itself now
    with FaultyServer().running() as mended:
        sending = postman(house, Smtp(mended.url))
        while sending.step():
            pass
    assert len(mended.taken) == 2


@pytest.mark.parametrize(
    ("stage", "does"),
    [("greeting", "554 no mail today"), ("MAIL", "530 5.7.0 sign in first"), ("EHLO", "502 what")],
)
def test_what_the_server_refuses_before_it_hears_of_the_message_passes(
    house: House, stage: str, does: str
) -> None:
    queue(house)
    with FaultyServer((stage, does)).running() as server:
        assert postman(house, Smtp(server.url)).step()
    assert all(_later(message, house.clock()) for message in waiting(house))


def test_while_it_stalls_pages_answer_and_the_index_follows(house: House) -> None:
    queue(house)
    settings = house.app.state.settings
    with FaultyServer(("EHLO", "stall")).running() as server:
        sending = postman(house, Smtp(server.url, step_seconds=20, deadline_seconds=20))
        follower = house.follower
        jobs = [
            Job("mail", lambda: None, sending.step, apart=True),
            Job("index", follower.start, follower.step),
        ]
        worker = Worker(jobs, settings.data_dir / "other.lock", house.clock)
        worker.start()
        while not waiting(house)[0].attempts:
            pass
        lesson = house.post(house.cast.ada, "Brine stays in the pump").lesson
        found = house.browser(house.cast.otto).get("/search?q=brine")
        assert lesson.title in found.text
        worker.stop_soon()
    worker.stop()
    with house.reading() as session:
        assert session.exec(select(SentMessage)).all() == []
    assert len(waiting(house)) == 1
