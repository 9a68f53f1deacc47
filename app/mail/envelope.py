"""A message as it goes over the wire: headers, text, HTML, and the pictures that stand in it."""

import base64
from collections.abc import Mapping
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import formatdate
from typing import Any

from app.mail.models import OutgoingMessage

#: What a message may carry beyond the usual: how to end what it is one of (RFC 2369, RFC 8058).
HEADERS = ("List-Unsubscribe", "List-Unsubscribe-Post")
# How an encoded word begins (RFC 2047). The library decodes what stands so in a header, and writes
# the line break that was hidden in it: whoever gives a lesson its title would write headers, and a
# body. With a joiner between, which nobody sees, it is text like any other.
_ENCODED, _APART = "=?", "=\u2060?"
_LONGEST_LINE = 990  # RFC 5322 allows 998 with the header's name before it


class _AsItIs(UnstructuredHeader, BaseHeader):
    """An address is not folded: left to itself the library encodes one that is longer than a line,
    and no mail program finds it again."""

    def fold(self, *, policy: "Policy[Any]") -> str:
        return f"{self.name}: {self}{policy.linesep}"


def _registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    for name in HEADERS:
        registry.map_to_type(name.lower(), _AsItIs)
    return registry


_POLICY = EmailPolicy(header_factory=_registry())


def one_click(url: str) -> dict[str, str]:
    """The headers by which a mail program ends such mails with one click (RFC 8058): it posts to
    `url` and sends no cookie."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The same headers. Raises ValueError for another name, and for what would make two of one."""
    for name, value in headers.items():
        if name not in HEADERS or not (value.isascii() and value.isprintable()):
            raise ValueError(name)
        if len(name) + len(value) > _LONGEST_LINE:
            raise ValueError(name)
    return dict(headers)


def as_email(message: OutgoingMessage, sender: str) -> EmailMessage:
    """The message with its headers; its Message-ID is the same at each attempt. Raises ValueError
    for what cannot be written as a mail."""
    email = EmailMessage(_POLICY)
    if _ENCODED in message.to:
        raise ValueError(_ENCODED)
    email["From"], email["To"] = sender, message.to
    email["Subject"] = message.subject.replace(_ENCODED, _APART)
    email["Date"] = formatdate(message.created_at.timestamp())
    domain = sender.rpartition("@")[2].strip("> ") or "localhost"
    email["Message-ID"] = f"<{message.id}@{domain}>"
    email["Auto-Submitted"] = "auto-generated"
    for name, value in checked_headers(message.headers).items():
        email[name] = value
    email.set_content(message.text)
    email.add_alternative(message.html, subtype="html")
    _put_in(email, message)
    return email


def _put_in(email: EmailMessage, message: OutgoingMessage) -> None:
    if not message.pictures:
        return
    *_, html = email.iter_parts()
    for picture in message.pictures:
        maintype, _, subtype = picture["type"].partition("/")
        html.add_related(
            base64.b64decode(picture["data"], validate=True),
            maintype=maintype,
            subtype=subtype,
            cid=f"<{picture['cid']}>",
            disposition="inline",
        )
