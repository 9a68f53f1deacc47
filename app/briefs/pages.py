"""Briefs in the browser: all of mine, a new one, one with its lessons."""

from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from app.auth.forms import accepted, form_page
from app.auth.guards import Me
from app.briefs.form import BriefForm, blank_form, content_in, form_again
from app.briefs.listing import briefs_of
from app.briefs.looking import look_for
from app.briefs.making import keep
from app.briefs.models import WORK_LENGTH
from app.briefs.plans import PLANS_ACCEPTED, with_plan
from app.briefs.reading import brief_to_read
from app.briefs.schemas import BriefInput
from app.briefs.showing import around
from app.kit.api import Id
from app.kit.db import Db, Now, database_of, only_reads
from app.kit.doors import doors
from app.kit.errors import Problem
from app.kit.forms import Form
from app.kit.paging import page_number, paging
from app.kit.web import page, redirect, wants_fragment
from app.lessons.access import reader
from app.lessons.in_turn import in_turn
from app.people.models import Person

router = doors()
_PER_PAGE = 20


@router.get("/briefs")
def briefs(request: Request, db: Db, me: Me, now: Now) -> HTMLResponse:
    who, offset = reader(db, me), (page_number(request) - 1) * _PER_PAGE
    found, total = briefs_of(db, who, today=now.date(), offset=offset, limit=_PER_PAGE)
    return page(
        request,
        "briefs/index.html",
        briefs=found,
        paging=paging(request, total=total, per_page=_PER_PAGE),
    )


@router.get("/briefs/new")
def new(request: Request, db: Db, me: Me) -> HTMLResponse:
    asked = request.query_params
    # What was typed into the search field of the first page comes as `q`.
    work, team = asked.get("work") or asked.get("q", ""), asked.get("team", "")
    return brief_form(request, blank_form(db, reader(db, me), work=work[:WORK_LENGTH], team=team))


@router.post("/briefs")
@only_reads  # nobody waits for a plan to be read, and for lessons to be found, who wants to write
def create(request: Request, db: Db, me: Me, now: Now, form: Form) -> Response:
    try:
        form = with_plan(form)
        content = accepted(BriefInput, content_in(form))
        with in_turn(request):
            looked = look_for(db, request.app.state.index, content, by=me, now=now)
        db.rollback()
        with database_of(request).writing() as session:
            url = keep(session, looked, by=me, now=now).url
    except Problem as problem:
        db.rollback()
        return brief_form(request, form_again(db, reader(db, me), form), problem)
    return redirect(request, url)


@router.post("/briefs/plan")
@only_reads
def read_plan(request: Request, db: Db, me: Me, form: Form) -> Response:
    """The form with a plan's text in its field."""
    problem, plan = None, form.files.get("plan")
    try:
        form = with_plan(form)
    except Problem as refusal:
        problem = refusal
    read = plan.filename if plan and not problem else ""
    return brief_form(request, form_again(db, reader(db, me), form), problem, read=read)


@router.get("/briefs/{brief_id:id}")
def show(request: Request, db: Db, me: Me, now: Now, brief_id: Id) -> HTMLResponse:
    return brief_page(request, db, me, now, brief_id)


def brief_form(
    request: Request, form: BriefForm, problem: Problem | None = None, **more: Any
) -> HTMLResponse:
    """The form for a piece of work; for htmx the field that a plan's text goes into."""
    context = {"form": form, "accepted": PLANS_ACCEPTED, "brief": None, "read": ""} | more
    template = "briefs/_work.html" if wants_fragment(request) else "briefs/new.html"
    return form_page(request, template, problem, **context)


def brief_page(
    request: Request,
    db: Session,
    me: Person,
    now: Now,
    brief_id: str,
    *,
    typed: dict[str, str] | None = None,
    problem: Problem | None = None,
) -> HTMLResponse:
    """The whole page in at most eight questions to the database, however long the brief is.
    `typed` are the fields of a decision that was refused."""
    who = reader(db, me)
    shown = brief_to_read(db, brief_id, who, now.date())
    ids = [placed.lesson_id for placed in shown.readable]
    return form_page(
        request,
        "briefs/show.html",
        problem,
        brief=shown,
        around=around(db, who, ids, now=now),
        typed=typed or {},
        today=now.date(),
    )
