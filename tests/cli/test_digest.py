"""`commonplace digest`."""

import json
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from app.digests.models import Digest, DigestSending
from app.digests.period import month_of
from app.mail.models import OutgoingMessage
from tests.cli.conftest import Terminal

LAST = month_of(datetime.now(UTC).date()).previous


def test_a_month_is_printed_in_every_form(terminal: Terminal) -> None:
    text = terminal.run("digest").stdout
    assert LAST.name in text
    assert "# " in terminal.run("digest", "--format", "md", "--month", LAST.key).stdout
    assert "<!doctype html>" in terminal.run("digest", "--format", "html").stdout
    said = json.loads(terminal.run("digest", "--team", "pumps", "--format", "json").stdout)
    assert (said["period"], said["edition"], said["subject"]) == (LAST.key, "everyone", "Pumps")
    asked = ("--user", "mara@northwind.example", "--team", "Engineering", "--format", "json")
    said = json.loads(terminal.run("digest", *asked, "--week", "2026-W20").stdout)
    assert (said["period"], said["edition"]) == ("2026-W20", "managers")
    file = terminal.folder / "month.txt"
    assert terminal.run("digest", "--output", file).stdout == ""
    assert LAST.name in file.read_text()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--month", "2026-13"], "neither a month"),
        (["--month", "2026-W10"], "neither a month"),
        (["--week", "2026-10"], "neither a month"),
        (["--week", "2026-W10", "--month", "2026-10"], "not both"),
        (["--team", "Nobody"], "no team called Nobody"),
        (["--topic", "Nothing"], "no topic called Nothing"),
        (["--user", "nobody@northwind.example"], "nobody with the address"),
        (["--month", "2199-01"], "There is no digest"),
        (["--send", "--team", "Pumps"], "leave out team"),
        (["--send"], "COMMONPLACE_SMTP_URL"),
        (["--output", "/nowhere/at/all"], "Cannot write"),
    ],
)
def test_what_cannot_be_printed_or_sent_is_said(
    terminal: Terminal, words: list[str], says: str
) -> None:
    assert says in " ".join(terminal.run("digest", *words, status=2).stderr.split())


def test_a_month_is_sent_by_hand_once(terminal: Terminal) -> None:
    terminal.environment["COMMONPLACE_SMTP_URL"] = "smtp://127.0.0.1:1"
    assert "not over" in terminal.run("digest", "--send", "--month", "2199-01", status=2).stderr
    for says in ("1 mail stands in line", "nobody is owed a mail"):
        assert says in terminal.run("digest", "--send", "--month", LAST.key).stderr
    with terminal.reading() as session:
        mail = session.exec(select(OutgoingMessage)).one()
        row = session.exec(select(DigestSending)).one()
        assert (mail.to, mail.id) == ("mara@northwind.example", row.message_id)
        assert set(session.exec(select(Digest.period))) == {LAST.key}
