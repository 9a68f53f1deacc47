"""Lessons in the browser: the newest, mine, a new one, one to read."""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from app.auth.guards import Me
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Problem
from app.kit.forms import Form, Submitted, checked
from app.kit.paging import page_number, paging
from app.kit.web import page, redirect
from app.lessons.access import Reader, holds_claim, readable_lesson, reader
from app.lessons.browse import mine, newest
from app.lessons.capture import Posted
from app.lessons.cards import cards
from app.lessons.cookies import claim_code, is_new_claim, keep_claim
from app.lessons.form import blank_form, content_in, form_again, new_key
from app.lessons.idempotency import KeyReused, PostKey, post_once
from app.lessons.revise import retirement_of
from app.lessons.schemas import LessonInput

router = doors()
_PER_PAGE = 20
_SENT_BEFORE = (
    "This form was sent before, and that lesson is posted. Send it again to post this as another "
    "lesson; or change the first one, which is among your lessons."
)


@router.get("/lessons")
def index(request: Request, db: Db, me: Me) -> HTMLResponse:
    offset = (page_number(request) - 1) * _PER_PAGE
    listing = newest(db, reader(db, me), offset=offset, limit=_PER_PAGE)
    return page(
        request,
        "lessons/index.html",
        lessons=cards(db, listing.lessons),
        paging=paging(request, total=listing.total, per_page=_PER_PAGE),
    )


@router.get("/my/lessons")
def my_lessons(request: Request, db: Db, me: Me) -> HTMLResponse:
    return page(
        request,
        "lessons/mine.html",
        drafts=cards(db, mine(db, me, drafts=True)),
        posted=cards(db, mine(db, me, drafts=False)),
    )


@router.get("/lessons/new")
def new(request: Request, db: Db, me: Me) -> HTMLResponse:
    form = blank_form(db, reader(db, me))
    return page(request, "lessons/new.html", form=form, errors={})


@router.post("/lessons")
def create(request: Request, db: Db, me: Me, now: Now, form: Form) -> Response:
    content, errors = checked(LessonInput, content_in(form))
    if content is None:
        return _form_again(request, db, reader(db, me), form, errors)
    key = PostKey(request.app.state.settings.key, me.id, form.text("key") or new_key())
    try:
        return saved(request, post_once(db, content, key, by=me, now=now))
    except KeyReused as problem:
        errors, status = {"": _SENT_BEFORE}, problem.status
        form = form.with_text("key", new_key())
    except Problem as problem:
        errors, status = problem.fields or {"": problem.message}, problem.status
    db.rollback()
    return _form_again(request, db, reader(db, me), form, errors, status)


@router.get("/lessons/{lesson_id}")
def show(request: Request, db: Db, me: Me, lesson_id: str) -> HTMLResponse:
    who = reader(db, me)
    lesson = readable_lesson(db, lesson_id, who)
    claim = claim_code(request)
    return page(
        request,
        "lessons/show.html",
        lesson=cards(db, [lesson])[0],
        retired=retirement_of(db, lesson),
        may_change=who.may_change(lesson, claim),
        claimed=holds_claim(lesson, claim),
        new_claim=claim if is_new_claim(request) and holds_claim(lesson, claim) else "",
    )


def saved(request: Request, posted: Posted) -> Response:
    """Where a saved lesson leads: to the drafts, or to its page, which shows a new claim code."""
    lesson = posted.lesson
    if lesson.is_draft:
        return redirect(request, "/my/lessons", notice="Kept as a draft. Only you can see it.")
    notice = "Posted. It can be found now." if lesson.revision == 1 else "Saved."
    response = redirect(request, f"/lessons/{lesson.id}", notice=notice)
    if posted.claim_code:
        keep_claim(request, response, lesson.id, posted.claim_code, new=True)
    return response


def _form_again(
    request: Request,
    db: Session,
    who: Reader,
    form: Submitted,
    errors: dict[str, str],
    status: int = 422,
) -> HTMLResponse:
    again = form_again(db, who, form)
    return page(request, "lessons/new.html", status_code=status, form=again, errors=errors)
