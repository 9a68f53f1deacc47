"""A message from its templates, in line with the act that sends it."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlmodel import Session, select

from app.mail.compose import queue_message
from app.mail.envelope import as_email
from app.mail.models import OutgoingMessage
from tests.house_fixture import House

INVITATION = {
    "name": "Nora",
    "inviter": "Ada Example",
    "organisation": "North & Wind",
    "url": "http://127.0.0.1:8000/join/abc",
}


def _queue(session: Session, house: House) -> OutgoingMessage:
    return queue_message(
        session,
        house.app.state.templates,
        "invitation",
        to="nora@northwind.example",
        now=house.clock(),
        until=house.clock() + timedelta(days=7),
        **INVITATION,
    )


def test_subject_text_and_html_stand_side_by_side(house: House) -> None:
    with house.database.writing() as session:
        message = _queue(session, house)
    assert message.subject == "Ada Example invites you to North & Wind’s Commonplace"
    assert "http://127.0.0.1:8000/join/abc" in message.text
    assert "North & Wind keeps" in message.text
    assert "<a " not in message.text
    assert "North &amp; Wind keeps" in message.html
    assert 'href="http://127.0.0.1:8000/join/abc"' in message.html
    assert len(message.html.encode()) < 100_000


def test_the_mail_has_both_parts_and_the_headers_of_a_machine(house: House) -> None:
    with house.database.writing() as session:
        message = _queue(session, house)
    email = as_email(message, "Commonplace <memory@northwind.example>")
    parts = {
        part.get_content_type(): part.get_content()
        for part in email.iter_parts()
        if isinstance(part, EmailMessage)
    }
    assert list(parts) == ["text/plain", "text/html"]
    assert email["To"] == "nora@northwind.example"
    assert email["Message-ID"] == f"<{message.id}@northwind.example>"
    assert email["Auto-Submitted"] == "auto-generated"
    assert email["Date"].startswith("Mon, 02 Mar 2026")


def test_a_subject_is_one_line_whatever_the_names_bring(house: House) -> None:
    with house.database.writing() as session:
        message = queue_message(
            session,
            house.app.state.templates,
            "invitation",
            to="nora@northwind.example",
            now=house.clock(),
            until=house.clock(),
            **INVITATION | {"inviter": "Ada\r\nBcc: all@northwind.example"},
        )
    email = as_email(message, "memory@northwind.example")
    assert email["Bcc"] is None
    assert "\n" not in email["Subject"]


def test_a_subject_is_no_longer_than_it_is_kept(house: House) -> None:
    """On PostgreSQL the act would fail; and two long names are enough for it."""
    templates, now = house.app.state.templates, house.clock()
    long = INVITATION | {"inviter": "A" * 120, "organisation": "N" * 200}
    to, until = "nora@northwind.example", now + timedelta(days=7)
    with house.database.writing() as session:
        queue_message(session, templates, "invitation", to=to, now=now, until=until, **long)
    with house.reading() as session:
        (message,) = session.exec(select(OutgoingMessage)).all()
    assert message.subject.startswith("AAA")
    assert len(message.subject) == 300


def test_what_is_rolled_back_is_not_sent(house: House) -> None:
    def fail_after_queueing() -> None:
        with house.database.writing() as session:
            _queue(session, house)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_queueing()
    with house.reading() as session:
        assert session.exec(select(OutgoingMessage)).all() == []
