"""Briefs changed in the browser: decided in, said anew, given more lessons, removed."""

from datetime import datetime

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from app.auth.forms import accepted
from app.auth.guards import Me
from app.briefs.access import editable_brief
from app.briefs.dispose import dispose
from app.briefs.form import content_in, form_again, form_for
from app.briefs.looking import look_again, look_further
from app.briefs.making import BriefChangedMeanwhile, change, put_more, remove
from app.briefs.pages import brief_form, brief_page
from app.briefs.plans import with_plan
from app.briefs.reading import brief_to_read
from app.briefs.schemas import BriefInput, DecisionInput
from app.kit.api import Id
from app.kit.db import Db, Now, database_of, only_reads
from app.kit.doors import doors
from app.kit.errors import NotFound, Problem
from app.kit.forms import Form, Submitted
from app.kit.web import page, redirect, wants_fragment
from app.lessons.access import readable_lesson, reader
from app.lessons.cookies import claim_code
from app.lessons.in_turn import in_turn
from app.people.models import Person

router = doors(prefix="/briefs/{brief_id:id}")


@router.get("/edit")
def edit(request: Request, db: Db, me: Me, brief_id: Id) -> HTMLResponse:
    who = reader(db, me)
    brief = editable_brief(db, brief_id, who)
    return brief_form(request, form_for(db, who, brief), brief=brief)


@router.post("")
@only_reads  # as when it was made
def update(request: Request, db: Db, me: Me, now: Now, form: Form, brief_id: Id) -> Response:
    brief = editable_brief(db, brief_id, reader(db, me))
    seen = form.text("seen") or brief.stamp
    try:
        form = with_plan(form)
        content = accepted(BriefInput, content_in(form))
        with in_turn(request):
            looked = look_again(db, request.app.state.index, brief, content, by=me, now=now)
        db.rollback()
        with database_of(request).writing() as session:
            held = editable_brief(session, brief_id, reader(session, me))
            change(session, held, looked, by=me, now=now, seen=seen)
    except NotFound:
        raise
    except Problem as problem:
        db.rollback()
        if isinstance(problem, BriefChangedMeanwhile):  # saved again, theirs is replaced knowingly
            form = form.with_text("seen", brief.stamp)
        again = form_again(db, reader(db, me), form, brief)
        return brief_form(request, again, problem, brief=brief)
    return redirect(request, f"/briefs/{brief_id}", notice="Saved. What you decided is kept.")


@router.post("/more")
@only_reads
def more(request: Request, db: Db, me: Me, now: Now, brief_id: Id) -> Response:
    brief = editable_brief(db, brief_id, reader(db, me))
    with in_turn(request):
        found = look_further(db, request.app.state.index, brief, by=me, now=now)
    db.rollback()
    with database_of(request).writing() as session:
        brief = editable_brief(session, brief_id, reader(session, me))
        ids = put_more(session, brief, found, by=me, now=now)
    if ids:
        return redirect(request, f"/briefs/{brief_id}#lesson-{ids[0]}")
    notice = "There are no other lessons that bear on this."
    return redirect(request, f"/briefs/{brief_id}", notice=notice)


@router.post("/removal")
def removal(request: Request, db: Db, me: Me, now: Now, brief_id: Id) -> Response:
    remove(db, editable_brief(db, brief_id, reader(db, me)), by=me, now=now)
    return redirect(request, "/briefs", notice="The brief is removed.")


@router.post("/lessons/{lesson_id}/disposition")
def disposition(
    request: Request, db: Db, me: Me, now: Now, form: Form, brief_id: Id, lesson_id: Id
) -> Response:
    who = reader(db, me)
    brief = editable_brief(db, brief_id, who)
    lesson = readable_lesson(db, lesson_id, who)
    sent = {"disposition": form.text("disposition") or None, "reason": form.text("reason")}
    try:
        decision = accepted(DecisionInput, sent)
        claim = claim_code(request)
        dispose(
            db,
            brief,
            lesson,
            decision.disposition,
            reason=decision.reason,
            by=me,
            now=now,
            claim_code=claim,
        )
    except NotFound:
        raise
    except Problem as problem:
        db.rollback()
        return _again(request, db, me, now, form, brief_id, lesson_id, problem)
    if not wants_fragment(request):
        return redirect(request, f"/briefs/{brief_id}#lesson-{lesson_id}")
    return _one(request, db, me, now, brief_id, lesson_id)


def _one(
    request: Request,
    db: Db,
    me: Person,
    now: datetime,
    brief_id: str,
    lesson_id: str,
    typed: dict[str, str] | None = None,
    problem: Problem | None = None,
) -> HTMLResponse:
    """The one lesson of the brief, as it is now."""
    shown = brief_to_read(db, brief_id, reader(db, me), now.date())
    errors = (problem.fields or {"": problem.message}) if problem else {}
    return page(
        request,
        "briefs/_decided.html",
        status_code=problem.status if problem else 200,
        brief=shown,
        placed=shown.lesson(lesson_id),
        typed=typed or {},
        errors=errors,
    )


def _again(
    request: Request,
    db: Db,
    me: Person,
    now: datetime,
    form: Submitted,
    brief_id: str,
    lesson_id: str,
    problem: Problem,
) -> HTMLResponse:
    typed = {
        "lesson": lesson_id,
        "disposition": form.text("disposition"),
        "reason": form.text("reason"),
    }
    if wants_fragment(request):
        return _one(request, db, me, now, brief_id, lesson_id, typed, problem)
    return brief_page(request, db, me, now, brief_id, typed=typed, problem=problem)
