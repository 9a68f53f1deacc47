"""Who gets which digest and how often; ending it with one click from a mail."""

from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from app.auth.guards import MaybeMe, Me
from app.digests.models import About, Cadence
from app.digests.sending.getting import Getting, choices, subject_name
from app.digests.sending.subscribing import end_all, has_ended, resume_all, subscribe
from app.digests.sending.writing import CHOICES_PATH, END_PURPOSE
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import NotFound
from app.kit.forms import Form
from app.kit.sealed import LinkOver, sealed
from app.kit.web import own_path, page, redirect, wants_fragment
from app.lessons.access import reader
from app.people.models import Person

router = doors()
# Addresses that a mail carries: each door asks for the seal (`kit/sealed.py`).
signed = doors()
_IN_WORDS = {
    Cadence.MONTHLY: "You are sent it every month.",
    Cadence.WEEKLY: "You are sent it every week.",
    Cadence.NEVER: "You are not sent it.",
}


class EndLinkOver(LinkOver):
    message = "This link is over, or was not copied whole."
    advice = "Which digests come by mail is chosen on a page of its own."
    way_on = (CHOICES_PATH, "Sign in and choose there")


Parts = Annotated[tuple[str, ...], Depends(sealed(END_PURPOSE, over=EndLinkOver))]


@router.get("/digests/mail")
def by_mail(request: Request, me: Me, db: Db) -> HTMLResponse:
    return page(
        request,
        "digests/by_mail.html",
        digests=choices(db, me),
        ended=has_ended(db, me),
        zone=me.time_zone or request.app.state.settings.time_zone,
    )


@router.post("/digests/subscription")
def choose(request: Request, form: Form, me: Me, db: Db, now: Now) -> Response:
    about, subject_id = form.text("about"), form.text("subject")
    cadence = form.text("undo") or form.text("cadence")
    if about not in set(About) or cadence not in set(Cadence):
        raise NotFound
    chosen = About(about), subject_id, Cadence(cadence)
    before = subscribe(db, *chosen, by=me, now=now)
    if wants_fragment(request):
        name = subject_name(db, *chosen[:2], reader(db, me))
        digest = Getting(*chosen, now, subject=name)
        return page(request, "digests/_subscription.html", digest=digest, before=before)
    back = own_path(form.text("back"), CHOICES_PATH)
    return redirect(request, back, notice=_IN_WORDS[chosen[2]])


@router.post("/digests/subscription/removal")
def end(request: Request, me: Me, db: Db, now: Now) -> Response:
    end_all(db, by=me, now=now)
    return redirect(request, CHOICES_PATH, notice="No digest comes by mail any more.")


@router.post("/digests/subscription/return")
def begin_again(request: Request, me: Me, db: Db, now: Now) -> Response:
    resume_all(db, by=me, now=now)
    return redirect(request, CHOICES_PATH, notice="Your digests come as they did before.")


@signed.get("/mail/digests/{token}")
def ask_to_end(request: Request, db: Db, me: MaybeMe, token: str, parts: Parts) -> Response:
    return _shown(request, db, me, token, _person(db, parts))


@signed.post("/mail/digests/{token}")
def end_from_mail(
    request: Request, db: Db, me: MaybeMe, now: Now, token: str, parts: Parts
) -> Response:
    """What a program for mail asks for when somebody ends it there (RFC 8058), and our button."""
    person = _person(db, parts)
    end_all(db, by=person, now=now)
    db.flush()
    return _shown(request, db, me, token, person)


@signed.post("/mail/digests/{token}/removal")
def begin_again_from_mail(
    request: Request, db: Db, me: MaybeMe, now: Now, token: str, parts: Parts
) -> Response:
    person = _person(db, parts)
    resume_all(db, by=person, now=now)
    db.flush()
    return _shown(request, db, me, token, person, resumed=True)


def _person(db: Session, parts: tuple[str, ...]) -> Person:
    """Whoever the mail was sent to, if they are still here."""
    person = db.get(Person, parts[0])
    if person is None or person.disabled_at:
        raise EndLinkOver
    return person


def _shown(
    request: Request,
    db: Session,
    me: Person | None,
    token: str,
    person: Person,
    *,
    resumed: bool = False,
) -> Response:
    own = me is not None and me.id == person.id
    return page(
        request,
        "digests/mail_end.html",
        person=person,
        token=token,
        ended=has_ended(db, person),
        resumed=resumed,
        digests=choices(db, person) if own else [],
    )
