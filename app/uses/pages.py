"""What came of a lesson in the browser: used, happened again, still holds."""

from collections.abc import Mapping

from fastapi import Request, Response
from sqlmodel import Session

from app.auth.guards import Me
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Invalid, NotFound
from app.kit.forms import Form, Submitted
from app.kit.paging import page_number, paging
from app.kit.web import page, redirect, wants_fragment
from app.lessons.access import readable_lesson, reader
from app.lessons.cookies import claim_code
from app.lessons.models import Lesson, LessonStanding
from app.lessons.reading_pages import lesson_page
from app.people.models import Person
from app.uses.came import what_came
from app.uses.confirmation import confirm, withdraw_confirmation
from app.uses.form import again_in, on_the_page, use_in
from app.uses.ledger_question import PER_PAGE
from app.uses.recurrence import report_again, withdraw_again, withdrawable
from app.uses.report import changeable_use, report, withdraw
from app.uses.schemas import ConfirmationInput
from app.uses.use_pages import router as use_router

router = doors()
router.include_router(use_router)
_LESSON = "/lessons/{lesson_id}"
_TOLD = "Noted, thank you. Whoever reads the lesson sees it from now on."


@router.get(f"{_LESSON}/uses")
def uses(request: Request, db: Db, me: Me, now: Now, lesson_id: str) -> Response:
    """All uses, a page at a time."""
    who = reader(db, me)
    lesson = readable_lesson(db, lesson_id, who)
    if lesson.is_draft:
        raise NotFound
    standing, number = db.get(LessonStanding, lesson.id), page_number(request)
    came = what_came(db, lesson, who, standing, today=now.date(), page=number)
    pages = paging(request, total=came.ledger.total, per_page=PER_PAGE)
    return page(request, "uses/index.html", lesson=lesson, came=came, paging=pages)


@router.post(f"{_LESSON}/uses")
def used(request: Request, db: Db, me: Me, now: Now, form: Form, lesson_id: str) -> Response:
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    content, wrong = use_in(form)
    if content is None:
        return _again(request, db, me, lesson, form, wrong)
    try:
        report(db, lesson, content, by=me, now=now, claim_code=claim_code(request))
    except Invalid as problem:
        return _refused(request, db, me, lesson, form, problem)
    return _came(request, db, me, lesson, _TOLD)


@router.post(f"{_LESSON}/uses/{{use_id}}/removal")
def no_use(request: Request, db: Db, me: Me, now: Now, lesson_id: str, use_id: str) -> Response:
    who = reader(db, me)
    lesson = readable_lesson(db, lesson_id, who)
    withdraw(db, lesson, changeable_use(db, lesson, use_id, who), by=me, now=now)
    return _came(request, db, me, lesson, "Withdrawn. It counts no longer.")


@router.post(f"{_LESSON}/recurrences")
def again(request: Request, db: Db, me: Me, now: Now, form: Form, lesson_id: str) -> Response:
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    content, wrong = again_in(form)
    if content is None:
        return _again(request, db, me, lesson, form, wrong)
    try:
        report_again(db, lesson, content, by=me, now=now, claim_code=claim_code(request))
    except Invalid as problem:
        return _refused(request, db, me, lesson, form, problem)
    return _came(request, db, me, lesson, _TOLD)


@router.post(f"{_LESSON}/recurrences/{{recurrence_id}}/removal")
def not_again(
    request: Request, db: Db, me: Me, now: Now, lesson_id: str, recurrence_id: str
) -> Response:
    who = reader(db, me)
    lesson = readable_lesson(db, lesson_id, who)
    withdraw_again(db, lesson, withdrawable(db, lesson, recurrence_id, who), by=me, now=now)
    return _came(request, db, me, lesson, "Withdrawn. It counts no longer.")


@router.post(f"{_LESSON}/confirmations")
def still_holds(request: Request, db: Db, me: Me, now: Now, form: Form, lesson_id: str) -> Response:
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    content = ConfirmationInput(note=form.text("confirm-note")[:300])
    confirm(db, lesson, content, by=me, now=now, claim_code=claim_code(request))
    return _came(request, db, me, lesson, "Noted: you say that it still holds.")


@router.post(f"{_LESSON}/confirmations/removal")
def holds_no_longer(request: Request, db: Db, me: Me, now: Now, lesson_id: str) -> Response:
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    withdraw_confirmation(db, lesson, by=me, now=now)
    return _came(request, db, me, lesson, "Taken back.")


def _came(request: Request, db: Session, me: Person, lesson: Lesson, told: str) -> Response:
    """The section of the page in its place, or the page with it."""
    if not wants_fragment(request):
        return redirect(request, f"{lesson.url}#came", notice=told)
    return _section(request, db, me, lesson, told=told)


def _section(
    request: Request,
    db: Session,
    me: Person,
    lesson: Lesson,
    *,
    told: str = "",
    status_code: int = 200,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    db.flush()
    today, claim = request.app.state.clock().date(), claim_code(request)
    standing = db.get(LessonStanding, lesson.id)
    who = reader(db, me)
    came = what_came(db, lesson, who, standing, today=today, claim_code=claim)
    return page(
        request,
        "uses/_swapped.html",
        status_code=status_code,
        lesson=lesson,
        came=came,
        may_change=who.may_change(lesson, claim),
        told=told,
        typed=typed or {},
        errors=errors or {},
    )


def _again(
    request: Request,
    db: Session,
    me: Person,
    lesson: Lesson,
    form: Submitted,
    wrong: Mapping[str, str],
) -> Response:
    """What was typed, with what is wrong with it."""
    typed = form.as_dict()
    if wants_fragment(request):
        return _section(request, db, me, lesson, status_code=422, typed=typed, errors=wrong)
    return lesson_page(request, db, me, lesson.id, status_code=422, typed=typed, errors=wrong)


def _refused(
    request: Request, db: Session, me: Person, lesson: Lesson, form: Submitted, problem: Invalid
) -> Response:
    if not problem.fields:
        raise problem
    db.rollback()
    return _again(request, db, me, lesson, form, on_the_page(problem.fields, form))
