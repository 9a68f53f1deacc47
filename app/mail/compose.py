"""A message from its three templates: subject, text and HTML side by side."""

from datetime import datetime
from typing import Any

from jinja2 import Environment
from sqlmodel import Session

from app.mail.models import OutgoingMessage


def queue_message(
    session: Session,
    templates: Environment,
    name: str,
    /,
    *,
    to: str,
    now: datetime,
    **context: Any,
) -> OutgoingMessage:
    """Render `emails/<name>/` and put it in line, in the act's own transaction: what is rolled
    back is not sent."""

    def part(file: str) -> str:
        return templates.get_template(f"emails/{name}/{file}").render(context)

    message = OutgoingMessage(
        to=to,
        subject=" ".join(part("subject.txt").split()),
        text=part("body.txt").strip() + "\n",
        html=part("body.html"),
        due_at=now,
        created_at=now,
    )
    session.add(message)
    return message
