"""The follow-up in the browser: what came of each lesson, and being told while the work lasts."""

from collections.abc import Mapping

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from app.auth.guards import Me
from app.briefs.access import editable_brief
from app.briefs.follow_up import answer, end, follow_up, lesson_in
from app.briefs.follow_up_form import Typed, said_in, typed_of, with_errors
from app.briefs.subscription import watch
from app.kit.api import Id
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import NotFound, Problem
from app.kit.forms import Form
from app.kit.web import page, redirect, wants_fragment
from app.lessons.access import reader
from app.people.models import Person

router = doors(prefix="/briefs/{brief_id:id}")
_OVER = "Thank you. Nobody is asked again; what you left open stays unknown."
_TOLD = "You and your team are told of new lessons for this while it lasts."
_NOT_TOLD = "Nobody is told of new lessons for this any more."


@router.get("/follow-up")
def show(request: Request, db: Db, me: Me, now: Now, brief_id: Id) -> HTMLResponse:
    return _page(request, db, me, now, brief_id)


@router.post("/follow-up/end")
def ended(request: Request, db: Db, me: Me, now: Now, brief_id: Id) -> Response:
    end(db, editable_brief(db, brief_id, reader(db, me)), by=me, now=now)
    return redirect(request, f"/briefs/{brief_id}/follow-up", notice=_OVER)


@router.post("/follow-up/{lesson_id:id}")
def said(
    request: Request, db: Db, me: Me, now: Now, form: Form, brief_id: Id, lesson_id: Id
) -> Response:
    who = reader(db, me)
    brief = editable_brief(db, brief_id, who)
    lesson = lesson_in(db, brief, lesson_id, who)
    use, typed = said_in(form, lesson_id)
    if use is not None:
        try:
            answer(db, brief, lesson, use, by=me, now=now)
        except NotFound:
            raise
        except Problem as problem:
            db.rollback()
            typed = with_errors(typed, problem.fields or {"": problem.message})
    if wants_fragment(request) or typed.errors:
        return _page(request, db, me, now, brief_id, typed)
    return redirect(request, f"/briefs/{brief_id}/follow-up#lesson-{lesson_id}")


@router.post("/subscription")
def subscription(request: Request, db: Db, me: Me, now: Now, brief_id: Id) -> Response:
    watch(db, editable_brief(db, brief_id, reader(db, me)), True, by=me, now=now)
    return redirect(request, f"/briefs/{brief_id}", notice=_TOLD)


@router.post("/subscription/removal")
def no_subscription(request: Request, db: Db, me: Me, now: Now, brief_id: Id) -> Response:
    watch(db, editable_brief(db, brief_id, reader(db, me)), False, by=me, now=now)
    return redirect(request, f"/briefs/{brief_id}", notice=_NOT_TOLD)


def _page(
    request: Request,
    db: Session,
    me: Person,
    now: Now,
    brief_id: str,
    typed: Typed | None = None,
) -> HTMLResponse:
    """The whole page, or for htmx the one lesson of it that something was said of."""
    db.flush()
    here = follow_up(db, brief_id, reader(db, me), now.date())
    sent = typed or Typed()
    forms: Mapping[str, Typed] = {
        item.lesson_id: typed_of(item.use) for item in here.items if item.use
    } | ({sent.lesson_id: sent} if sent.errors else {})
    part = sent.lesson_id and wants_fragment(request)
    return page(
        request,
        "briefs/_follow_up_said.html" if part else "briefs/follow_up.html",
        status_code=422 if sent.errors else 200,
        here=here,
        forms=forms,
        sent=sent,
        item=here.item(sent.lesson_id) if part else None,
        today=now.date(),
    )
