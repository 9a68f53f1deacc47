"""A message on the wire is one that every mail program reads: headers, parts, pictures, lines."""

import base64
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from app.kit.ids import id_from
from app.mail.compose import put_in_line
from app.mail.envelope import as_email, one_click
from app.mail.models import OutgoingMessage, Purpose, SentMessage
from tests.cast import START
from tests.house_fixture import House
from tests.mail.lines import SENDER, postman, waiting

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_URL = "https://northwind.example/mail/notices/" + "k3y." * 40


def _message(house: House, **facts: object) -> OutgoingMessage:
    whole = {
        "to": "nora@northwind.example",
        "subject": "Drei Fragen zu „Dichtungen“ " + ("und mehr " * 20).strip(),
        "text": "Schöne Grüße. " * 100,
        "html": "<p>" + "Schöne Grüße. " * 100 + '<img src="cid:trend" alt="12"></p>',
        "due_at": house.clock(),
        "created_at": house.clock(),
    }
    return OutgoingMessage.model_validate(whole | facts)


def test_it_is_whole_and_valid_as_the_standard_library_reads_it(house: House) -> None:
    picture = {"cid": "trend", "type": "image/png", "data": base64.b64encode(_PNG).decode()}
    message = _message(house, headers=one_click(_URL), pictures=[picture])
    wire = as_email(message, SENDER).as_bytes(policy=policy.SMTP)
    assert max(len(line) for line in wire.split(b"\r\n")) <= 998
    read = message_from_bytes(wire, policy=policy.default)
    assert isinstance(read, EmailMessage)
    assert [part.defects for part in read.walk()] == [[]] * 5
    assert read["Subject"] == message.subject
    assert read["Message-ID"] == f"<{message.id}@northwind.example>"
    # As it is, on one line: mail programs do not decode it.
    assert f"\r\nList-Unsubscribe: <{_URL}>\r\n".encode() in wire
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    kinds = [part.get_content_type() for part in read.walk()]
    assert kinds == [
        *("multipart/alternative", "text/plain"),
        *("multipart/related", "text/html", "image/png"),
    ]
    shown = list(read.walk())[-1]
    assert (shown["Content-ID"], shown.get_content_disposition()) == ("<trend>", "inline")
    assert shown.get_content() == _PNG
    body = read.get_body(("plain",))
    assert body
    assert body.get_content().strip() == message.text.strip()


@pytest.mark.parametrize(
    "headers",
    [
        {"Bcc": "all@northwind.example"},
        {"List-Unsubscribe": "<https://a.example>\r\nBcc: all@northwind.example"},
        {"List-Unsubscribe": "<https://a.example/" + "x" * 1_000 + ">"},
    ],
)
def test_it_carries_no_other_header_and_no_broken_line(
    house: House, headers: dict[str, str]
) -> None:
    with house.database.writing() as session, pytest.raises(ValueError, match=r"^(Bcc|List)"):
        put_in_line(session, _message(house, headers=headers))


def test_the_same_id_is_one_message_waiting_and_sent(house: House) -> None:
    same = {"id": id_from("digest", house.cast.nora.id, "2026-02"), "purpose": Purpose.DIGEST}
    sent: list[EmailMessage] = []
    for stands in (True, False):
        with house.database.writing() as session:
            assert put_in_line(session, _message(house, **same)) is stands
    assert len(waiting(house)) == 1
    while postman(house, sent.append).step():
        pass
    with house.database.writing() as session:
        assert not put_in_line(session, _message(house, **same))
        kept = session.get_one(SentMessage, same["id"])
        assert (kept.purpose, kept.attempts, kept.sent_at) == ("digest", 1, house.clock())
        session.add(_message(house, **same))  # as one that was queued before it was known
    assert postman(house, sent.append).step()
    assert len(sent) == 1
    assert waiting(house) == []


@pytest.mark.parametrize(
    "title",
    [
        "=?utf-8?q?=0aBcc:_all=40example.com?=",
        "Otto asks about “=?utf-8?q?Hello=0d=0a=0d=0aA_body_of_mine?=”",
        "March 2026: =?utf-8?b?YQ0KQmNjOiBhbGxAZXhhbXBsZS5jb20NCg0KYm9keQ==?= =?utf-8?q?=0aX:_y?=",
    ],
)
def test_a_title_that_hides_a_line_break_writes_no_header(title: str) -> None:
    message = OutgoingMessage(
        to="nora@northwind.example", subject=title, text="So", html="So", created_at=START
    )
    written = as_email(message, "memory@northwind.example").as_bytes(policy=policy.SMTP)
    read = message_from_bytes(written, policy=policy.default)
    plain = OutgoingMessage(**message.model_dump() | {"subject": "Plain"})
    assert read.keys() == as_email(plain, "memory@northwind.example").keys()
    assert read["Subject"].replace("\u2060", "") == title
    message.to = "=?utf-8?q?=0aX=3a_y?=@northwind.example"
    with pytest.raises(ValueError, match="="):
        as_email(message, "memory@northwind.example")
