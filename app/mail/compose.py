"""A message from its three templates: subject, text and HTML side by side."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from jinja2 import Environment
from sqlmodel import Session

from app.kit.ids import random_id
from app.mail.envelope import checked_headers
from app.mail.models import SUBJECT_LENGTH, OutgoingMessage, Purpose, SentMessage


def written(
    templates: Environment,
    name: str,
    /,
    *,
    to: str,
    now: datetime,
    purpose: Purpose = Purpose.ACCOUNT,
    person_id: str | None = None,
    headers: Mapping[str, str] | None = None,
    pictures: Sequence[dict[str, str]] = (),
    message_id: str = "",
    **context: Any,
) -> OutgoingMessage:
    """The message that `emails/<name>/` makes of `context`; it stands in no line yet."""

    def part(file: str) -> str:
        return templates.get_template(f"emails/{name}/{file}").render(context)

    return OutgoingMessage(
        id=message_id or random_id(),
        to=to,
        subject=part("subject.txt"),
        text=part("body.txt"),
        html=part("body.html"),
        purpose=purpose,
        person_id=person_id,
        headers=dict(headers or {}),
        pictures=list(pictures),
        due_at=now,
        created_at=now,
    )


def queue_message(
    session: Session, templates: Environment, name: str, /, **facts: Any
) -> OutgoingMessage:
    """Write the message (`written`) and put it in line, in the act's own transaction: what is
    rolled back is not sent. One whose id stands in line, or was sent, is not put in line again.

    Raises ValueError for headers that a mail may not carry.
    """
    message = written(templates, name, **facts)
    put_in_line(session, message)
    return message


def put_in_line(session: Session, message: OutgoingMessage) -> bool:
    """Let a message that is written leave; False, and nothing is done, if its id stands in line
    already or was sent. Raises ValueError for headers that a mail may not carry."""
    message.subject = " ".join(message.subject.split())[:SUBJECT_LENGTH]
    message.text = message.text.strip() + "\n"
    message.headers = checked_headers(message.headers)
    for table in (OutgoingMessage, SentMessage):
        if session.get(table, message.id) is not None:
            return False
    session.add(message)
    return True
