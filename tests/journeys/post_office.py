"""A mail server on this machine, and what a mail program shows of the digests that it received."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_END = re.compile(r"<(http[^>]+/mail/digests/[^>]+)>")


@dataclass
class PostOffice:
    """What arrived, by the address that it was for."""

    url: str
    arrived: list[tuple[str, EmailMessage]] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.arrived.extend((to, mail) for to in envelope.rcpt_tos)
        return "250 OK"

    def digests_for(self, email: str) -> list[EmailMessage]:
        """The digests among it, in the order in which they came."""
        return [mail for to, mail in self.arrived if to == email and ways_to_end(mail)]


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """A mail server that takes everything, while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port: int = sock.getsockname()[1]
    office = PostOffice(f"smtp://127.0.0.1:{port}")
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def ways_to_end(mail: EmailMessage) -> list[str]:
    """Where a mail program sends `List-Unsubscribe=One-Click`, if it may (RFC 8058)."""
    one_click = mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return _END.findall(mail["List-Unsubscribe"] or "") if one_click else []


def links_of(mail: EmailMessage) -> dict[str, list[str]]:
    """The links of the part in HTML: words as they are read, and where they lead."""
    reader = _Links()
    body = mail.get_body(("html",))
    assert body is not None
    reader.feed(body.get_content())
    return reader.links


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: dict[str, list[str]] = {}
        self._href, self._words = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._words = dict(attrs).get("href") or "", ""

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            self.links.setdefault(" ".join(self._words.split()), []).append(self._href)
            self._href = ""
