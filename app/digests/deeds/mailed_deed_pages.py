"""From the mail of a digest to the deed: a page with one button, for whoever has the link.

Nobody is signed in by it, and it shows nothing but what the deed is done to (decision 16).
"""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request, Response
from sqlmodel import Session

from app.auth.forms import form_page, typed
from app.digests.deeds.deed_pages import wished
from app.digests.deeds.doing import Standing, Wish, do, standing, undo
from app.digests.deeds.pace import not_too_often
from app.digests.deeds.signed import PURPOSE, Promised, promised
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import NotFound, Problem
from app.kit.forms import Form, Submitted
from app.kit.sealed import LinkOver, sealed
from app.kit.web import redirect
from app.lessons.access import Reader, readers

router = doors()


class DeedLinkOver(LinkOver):
    message = "This link is over. It holds for 35 days, and only as it stood in the mail."
    advice = "Your digests are on the web as well, and whatever they offer is done from there."
    way_on = ("/digests", "Sign in and go on there")


Parts = Annotated[tuple[str, ...], Depends(sealed(PURPOSE, over=DeedLinkOver))]


@router.get("/mail/deeds/{token}")
def offered(request: Request, db: Db, now: Now, token: str, parts: Parts) -> Response:
    link = promised(parts)
    return _shown(request, db, now, token, link, _reader(db, link))


@router.post("/mail/deeds/{token}")
def done(request: Request, form: Form, db: Db, now: Now, token: str, parts: Parts) -> Response:
    link, index = promised(parts), request.app.state.index
    who = _reader(db, link)
    if not _stands(request, db, now, link, who).done:  # twice is as good as once
        try:
            not_too_often(db, who.person, now=now)
            wish = wished(form, link.deed, link.subject_id)
            do(db, index, wish, who=who, now=now)
        except NotFound:
            raise
        except Problem as problem:
            db.rollback()
            return _shown(request, db, now, token, link, who, form, problem)
    return redirect(request, f"/mail/deeds/{token}")


@router.post("/mail/deeds/{token}/removal")
def undone(request: Request, db: Db, now: Now, token: str, parts: Parts) -> Response:
    link = promised(parts)
    who = _reader(db, link)
    stands = _stands(request, db, now, link, who)
    if stands.done:
        wish = Wish(link.deed, link.subject_id, person_id=stands.person_id)
        undo(db, wish, who=who, now=now)
    return redirect(request, f"/mail/deeds/{token}")


def _reader(db: Session, link: Promised) -> Reader:
    """Whoever the link was sent to, if they are still here."""
    who = readers(db, [link.person_id]).get(link.person_id)
    if who is None:
        raise DeedLinkOver
    return who


def _stands(request: Request, db: Session, now: datetime, link: Promised, who: Reader) -> Standing:
    return standing(db, request.app.state.index, link.deed, link.subject_id, who, now=now)


def _shown(
    request: Request,
    db: Session,
    now: datetime,
    token: str,
    link: Promised,
    who: Reader,
    form: Submitted | None = None,
    problem: Problem | None = None,
) -> Response:
    stands = _stands(request, db, now, link, who)
    return form_page(
        request,
        "digests/mailed_deed.html",
        problem,
        standing=stands,
        offer=stands.offer,
        person=who.person,
        token=token,
        typed=typed(form) if form else {},
    )
