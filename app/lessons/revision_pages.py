"""Changing a lesson in the browser: edit, retire, restore, claim, discard a draft."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from app.auth.guards import Me
from app.drafts.drafting import DraftMovedOn, attached_to, change_of, writing_in
from app.drafts.posting import change_written
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Invalid, NotFound, Problem
from app.kit.forms import Form, checked, whole_number
from app.kit.web import page, redirect
from app.lessons.access import editable_lesson, holds_claim, readable_lesson, reader
from app.lessons.bring_back import brought_back
from app.lessons.capture import discard_draft
from app.lessons.content import content_of
from app.lessons.cookies import claim_code, keep_claim
from app.lessons.differences import differences
from app.lessons.form import (
    LessonForm,
    as_on_the_page,
    content_in,
    form_again,
    form_for,
    form_with,
    values_of,
)
from app.lessons.labels import CAUSES, KINDS
from app.lessons.models import Lesson, LessonStanding, RetirementReason
from app.lessons.relations import relations_in
from app.lessons.revise import ChangedMeanwhile, restore, retire, version_at
from app.lessons.schemas import LessonInput
from app.lessons.write_pages import saved, shown
from app.people.models import Person
from app.uses.retelling import retold_in
from app.uses.words import worth_in_words

router = doors(prefix="/lessons/{lesson_id}")
_AT_FIRST: dict[str, Any] = {
    "errors": {},
    "theirs": None,
    "kept_at": None,
    "remarks": [],
    "alike": [],
}


@router.get("/edit")
def edit_form(request: Request, db: Db, me: Me, lesson_id: str) -> Response:
    who, claim = reader(db, me), claim_code(request)
    lesson = editable_lesson(db, lesson_id, who, claim_code=claim)
    draft = change_of(db, lesson, me)
    if draft is None:
        form = form_for(db, who, lesson)
    else:
        seen = {"draft": draft.id, "draft_revision": str(draft.revision)}
        form = form_with(db, who, draft.typed | seen)
    earlier = whole_number(request.query_params.get("version", ""))
    if earlier:
        form = brought_back(form, version_at(db, lesson, earlier).content)
    return _edit_page(request, db, me, lesson, form, kept_at=draft.changed_at if draft else None)


@router.post("")
def update(request: Request, db: Db, me: Me, now: Now, form: Form, lesson_id: str) -> Response:
    who, claim = reader(db, me), claim_code(request)
    lesson = editable_lesson(db, lesson_id, who, claim_code=claim)
    before = content_of(db, lesson)
    content, errors = checked(LessonInput, _unchanged(before) | content_in(form))
    theirs, status = None, 422
    if content is not None:
        try:
            posted = change_written(
                db,
                lesson,
                content,
                writing=writing_in(form),
                relations=relations_in(form),
                again=retold_in(form),
                by=me,
                revision=whole_number(form.text("revision")),
                now=now,
                claim_code=claim,
            )
            return saved(request, posted)
        except ChangedMeanwhile as problem:
            errors, status = {"": problem.message}, problem.status
            theirs = differences(values_of(content), values_of(before))
            # Seen now: saving again replaces theirs knowingly, and the history keeps both.
            form = form.with_text("revision", str(lesson.revision))
        except DraftMovedOn as problem:
            errors, status = {"": problem.message}, problem.status
            form = form.with_text("draft_revision", str(problem.revision))
        except Problem as problem:
            errors, status = problem.fields or {"": problem.message}, problem.status
        db.rollback()
        lesson = editable_lesson(db, lesson_id, reader(db, me), claim_code=claim)
    again = form_again(db, who, form)
    more = {"errors": as_on_the_page(errors), "theirs": theirs, "status_code": status}
    return _edit_page(request, db, me, lesson, again, **more)


def _edit_page(
    request: Request,
    db: Session,
    me: Person,
    lesson: Lesson,
    form: LessonForm,
    **more: Any,
) -> Response:
    answer = page(
        request,
        "lessons/edit.html",
        lesson=lesson,
        form=form,
        kinds=KINDS,
        causes=CAUSES,
        attachments=attached_to(db, form.values["draft"], me),
        claimed=holds_claim(lesson, claim_code(request)),
        **_AT_FIRST | more,
    )
    return shown(request, answer)


@router.get("/retirement")
def retirement_form(request: Request, db: Db, me: Me, lesson_id: str) -> HTMLResponse:
    lesson = editable_lesson(db, lesson_id, reader(db, me), claim_code=claim_code(request))
    return page(request, "lessons/retirement.html", lesson=lesson, errors={}, reason="", note="")


@router.post("/retirement")
def retirement(request: Request, db: Db, me: Me, now: Now, form: Form, lesson_id: str) -> Response:
    claim = claim_code(request)
    lesson = editable_lesson(db, lesson_id, reader(db, me), claim_code=claim)
    reasons = {reason.value: reason for reason in RetirementReason}
    reason = reasons.get(form.text("reason"))
    if reason is None:
        return page(
            request,
            "lessons/retirement.html",
            status_code=422,
            lesson=lesson,
            errors={"reason": "Choose a reason."},
            reason="",
            note=form.text("note"),
        )
    retire(db, lesson, reason, note=form.text("note")[:2000], by=me, now=now, claim_code=claim)
    return redirect(
        request,
        f"/lessons/{lesson.id}",
        notice="Retired. It can still be read, and restored below.",
    )


@router.post("/restoration")
def restoration(request: Request, db: Db, me: Me, now: Now, lesson_id: str) -> Response:
    claim = claim_code(request)
    lesson = editable_lesson(db, lesson_id, reader(db, me), claim_code=claim)
    restore(db, lesson, by=me, now=now, claim_code=claim)
    return redirect(request, f"/lessons/{lesson.id}", notice="Restored. It can be found again.")


@router.get("/claim")
def claim_form(request: Request, db: Db, me: Me, lesson_id: str) -> HTMLResponse:
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    if not lesson.is_protected or lesson.is_draft:
        raise NotFound
    return _claim_page(request, db, lesson)


@router.post("/claim")
def claim(request: Request, db: Db, me: Me, form: Form, lesson_id: str) -> Response:
    """Keep the claim code in this browser for an hour, for this lesson's pages alone."""
    lesson = readable_lesson(db, lesson_id, reader(db, me))
    code = form.text("claim_code").lower()
    if not holds_claim(lesson, code):
        errors = {"claim_code": "This is not the code that was shown when the lesson was posted."}
        return _claim_page(request, db, lesson, errors, status_code=422)
    response = redirect(
        request,
        f"/lessons/{lesson.id}",
        notice="You can change this lesson for an hour, without being named.",
    )
    keep_claim(request, response, lesson.id, code)
    return response


def _claim_page(
    request: Request,
    db: Session,
    lesson: Lesson,
    errors: Mapping[str, str] | None = None,
    *,
    status_code: int = 200,
) -> HTMLResponse:
    return page(
        request,
        "lessons/claim.html",
        status_code=status_code,
        lesson=lesson,
        worth=worth_in_words(db.get(LessonStanding, lesson.id), request.app.state.clock().date()),
        errors=errors or {},
    )


@router.post("/removal")
def discard(request: Request, db: Db, me: Me, lesson_id: str) -> Response:
    lesson = editable_lesson(db, lesson_id, reader(db, me))
    if not lesson.is_draft:
        raise Invalid("A posted lesson is retired, not discarded.")
    discard_draft(db, lesson)
    return redirect(request, "/my/lessons", notice="The draft is gone.")


def _unchanged(before: LessonInput) -> dict[str, object]:
    # The form does not show what programs set; it must survive an edit by hand.
    return {"external_id": before.external_id, "author_mode": before.author_mode}
