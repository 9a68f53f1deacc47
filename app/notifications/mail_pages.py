"""Notices by mail: ending them with one click from a mail, and taking that back."""

from typing import Annotated

from fastapi import Depends, Request, Response
from sqlmodel import Session

from app.kit.db import Db
from app.kit.doors import doors
from app.kit.forms import Form, Submitted
from app.kit.sealed import LinkOver, sealed
from app.kit.web import page
from app.notifications.bundling import PURPOSE
from app.notifications.models import ByMail, NotificationKind
from app.notifications.wishes import Wishes, end_mail, no_mail, wish, wishes_of
from app.people.models import Person

router = doors(prefix="/mail/notices/{token}")
Sealed = Annotated[tuple[str, ...], Depends(sealed(PURPOSE))]


@router.get("")
def ask(request: Request, token: str, seal: Sealed, db: Db) -> Response:
    """Changes nothing: programs open what mails lead to."""
    person = _whose(db, seal)
    wishes = wishes_of(db, [person.id])[person.id]
    return page(
        request,
        "notifications/by_mail.html",
        token=token,
        email=person.email,
        ended=no_mail(wishes),
        before={},
    )


@router.post("")
def end(request: Request, token: str, seal: Sealed, db: Db) -> Response:
    """By the button of the page, or of a mail program (RFC 8058): answers with no redirect."""
    person = _whose(db, seal)
    before = end_mail(db, by=person)
    return page(
        request,
        "notifications/by_mail.html",
        token=token,
        email=person.email,
        ended=True,
        before=before,
    )


@router.post("/restoration")
def restore(request: Request, token: str, seal: Sealed, form: Form, db: Db) -> Response:
    """Mails come again as before, where the page that asked knew it."""
    person = _whose(db, seal)
    wish(db, wishes_in(form), by=person)
    return page(
        request,
        "notifications/by_mail.html",
        token=token,
        email=person.email,
        ended=False,
        before={},
        again=True,
    )


def wishes_in(form: Submitted) -> Wishes:
    """What a form says of each kind that it names (`mail-question=daily`)."""
    known = {by_mail.value: by_mail for by_mail in ByMail}
    said = {kind: form.text(f"mail-{kind.value}") for kind in NotificationKind}
    return {kind: known[word] for kind, word in said.items() if word in known}


def _whose(db: Session, seal: tuple[str, ...]) -> Person:
    person = db.get(Person, seal[0])
    if person is None or person.disabled_at:
        raise LinkOver
    return person
