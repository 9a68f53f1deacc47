"""From a line of a digest to the deed, in place."""

from urllib.parse import urlsplit

from fastapi import Request, Response
from sqlmodel import Session

from app.auth.forms import accepted, typed
from app.auth.guards import Me
from app.digests.deeds.doing import Wish, do, standing, undo
from app.digests.told import Deed
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import NotFound, Problem
from app.kit.forms import Form, Submitted
from app.kit.web import own_path, page, redirect, wants_fragment
from app.lessons.access import Reader, reader
from app.responses.schemas import Words

router = doors()


@router.post("/digests/deeds")
def deed(request: Request, form: Form, me: Me, db: Db, now: Now) -> Response:
    who, kind = reader(db, me), deed_called(form.text("deed"))
    try:
        wish = wished(form, kind, form.text("subject"))
        do(db, request.app.state.index, wish, who=who, now=now)
    except NotFound:
        raise
    except Problem as problem:
        db.rollback()
        return _shown(request, form, db, who, now, problem)
    return _shown(request, form, db, who, now)


@router.post("/digests/deeds/removal")
def no_deed(request: Request, form: Form, me: Me, db: Db, now: Now) -> Response:
    who, kind = reader(db, me), deed_called(form.text("deed"))
    wish = Wish(kind, form.text("subject"), person_id=form.text("person"))
    try:
        undo(db, wish, who=who, now=now)
    except NotFound:
        raise
    except Problem as problem:
        db.rollback()
        return _shown(request, form, db, who, now, problem)
    return _shown(request, form, db, who, now)


def wished(form: Submitted, kind: Deed, subject_id: str) -> Wish:
    """The deed that a form asks for. Raises Invalid for a question without words."""
    asks = kind is Deed.ASK
    words = accepted(Words, {"text": form.text("text")}) if asks else None
    return Wish(kind, subject_id, words, form.text("person"))


def deed_called(name: str) -> Deed:
    """The deed of this name, if it can be done here; else NotFound."""
    if name not in set(Deed) - {Deed.BRIEF}:
        raise NotFound
    return Deed(name)


def _shown(
    request: Request,
    form: Submitted,
    db: Session,
    who: Reader,
    now: Now,
    problem: Problem | None = None,
) -> Response:
    """The deed as it stands now, in place; without JavaScript the page that it stood on, or, when
    it was refused, a page with what was typed."""
    index, kind = request.app.state.index, deed_called(form.text("deed"))
    now_stands = standing(db, index, kind, form.text("subject"), who, now=now)
    back = own_path(form.text("back"), "/digests")
    if not problem and not wants_fragment(request):
        place = f"#offer-{kind}-{now_stands.subject_id}"
        notice = now_stands.said or "It is taken back."
        return redirect(
            request, urlsplit(back)._replace(fragment="").geturl() + place, notice=notice
        )
    errors = (problem.fields or {"": problem.message}) if problem else {}
    return page(
        request,
        "digests/_offer.html" if wants_fragment(request) else "digests/deed.html",
        status_code=problem.status if problem else 200,
        headers=problem.headers if problem else None,
        offer=now_stands.offer,
        about=now_stands.title,
        url=now_stands.url,
        back=back,
        errors=errors,
        typed=typed(form) if problem else {},
        said=now_stands.said,
        asked_id=now_stands.person_id,
        changed=True,
    )
