"""Attachments in the browser: brought, shown, taken away."""

from datetime import datetime
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from sqlmodel import Session

from app.auth.guards import Me
from app.drafts.drafting import DraftMovedOn, Writing, begin, draft_of, keep, typed_in, writing_in
from app.files.apart import cleaned
from app.files.attach import (
    attach_to_draft,
    attach_to_lesson,
    attachments_of,
    keep_content,
    refuse_full,
    refuse_where_nothing_is_changed,
    remove_from_draft,
    remove_from_lesson,
    the_attachment,
)
from app.files.models import Attachment
from app.files.refusals import AttachedAfterPosting, AttachmentRefused
from app.files.store import Store
from app.kit.api import Id
from app.kit.db import Db, Now, database_of, only_reads
from app.kit.doors import doors
from app.kit.errors import NotFound, Problem
from app.kit.forms import Form, Submitted
from app.kit.web import page, redirect, wants_fragment
from app.lessons.access import editable_lesson, readable_lesson, reader
from app.lessons.cookies import claim_code
from app.lessons.form import form_again
from app.lessons.models import AuthorMode
from app.lessons.write_pages import write_page
from app.people.models import Person

router = doors()
_NOT_MODIFIED = 304


@router.get("/attachments/{attachment_id}")
def give_out(request: Request, db: Db, me: Me, attachment_id: Id) -> Response:
    attachment = _readable(db, attachment_id, me)
    db.rollback()  # the store may take its time
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(attachment.name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, max-age=31536000, immutable",
        # Whoever signs in next on the same browser is asked about anew.
        "Vary": "Cookie",
        "ETag": f'"{attachment.checksum}"',
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=_NOT_MODIFIED, headers=headers)
    headers["Content-Length"] = str(attachment.size_bytes)
    content = _store(request).read(attachment.id)
    return StreamingResponse(content, media_type=attachment.media_type, headers=headers)


@router.post("/drafts/{draft_id}/attachments")
@only_reads  # a file takes a second: nobody waits for it who wants to write meanwhile
def bring_to_draft(
    request: Request, db: Db, me: Me, now: Now, form: Form, draft_id: Id
) -> Response:
    try:
        _keep_typed(request, db, me, now, form, draft_id)
    except Problem as problem:
        return _form_again(request, db, me, form, draft_id, problem)
    try:
        draft_of(db, draft_id, me)
        refuse_full(db, draft_id=draft_id)
        db.rollback()
        attachment = _brought(request, form, now)
        with database_of(request).writing() as session:
            _begin(session, form, draft_id, me, now)
            attach_to_draft(session, attachment, draft_id)
    except Problem as problem:
        return _draft_list(request, db, me, form, draft_id, problem=problem)
    return _draft_list(request, db, me, form, draft_id, added=attachment)


@router.post("/drafts/{draft_id}/attachments/{attachment_id}/removal")
@only_reads  # what is written is written below
def remove_of_draft(
    request: Request, db: Db, me: Me, now: Now, form: Form, draft_id: Id, attachment_id: Id
) -> Response:
    try:
        _keep_typed(request, db, me, now, form, draft_id)
    except Problem as problem:
        return _form_again(request, db, me, form, draft_id, problem)
    with database_of(request).writing() as session:
        if draft_of(session, draft_id, me) is None:
            raise NotFound
        remove_from_draft(session, attachment_id, draft_id)
    return _draft_list(request, db, me, form, draft_id)


@router.post("/lessons/{lesson_id}/attachments")
@only_reads
def bring_to_lesson(
    request: Request, db: Db, me: Me, now: Now, form: Form, lesson_id: Id
) -> Response:
    claim = claim_code(request)
    lesson = editable_lesson(db, lesson_id, reader(db, me), claim_code=claim)
    refuse_where_nothing_is_changed(lesson)
    try:
        refuse_full(db, lesson_id=lesson_id)
        db.rollback()
        attachment = _brought(request, form, now)
        with database_of(request).writing() as session:
            lesson = editable_lesson(session, lesson_id, reader(session, me), claim_code=claim)
            attach_to_lesson(session, attachment, lesson, by=me, now=now, claim_code=claim)
    except Problem as problem:
        return _led(request, f"/lessons/{lesson_id}", problem=problem)
    return _led(request, f"/lessons/{lesson_id}", added=attachment)


@router.post("/lessons/{lesson_id}/attachments/{attachment_id}/removal")
def remove_of_lesson(
    request: Request, db: Db, me: Me, now: Now, lesson_id: Id, attachment_id: Id
) -> Response:
    claim = claim_code(request)
    lesson = editable_lesson(db, lesson_id, reader(db, me), claim_code=claim)
    remove_from_lesson(db, attachment_id, lesson, by=me, now=now, claim_code=claim)
    return _led(request, f"/lessons/{lesson_id}")


def _readable(db: Session, attachment_id: str, me: Person) -> Attachment:
    """The attachment, if the person may read what it hangs on; else the same NotFound."""
    attachment = the_attachment(db, attachment_id)
    if attachment.lesson_id:
        readable_lesson(db, attachment.lesson_id, reader(db, me))
    elif draft_of(db, attachment.draft_id or "", me) is None:
        raise NotFound
    return attachment


def _brought(request: Request, form: Submitted, now: datetime) -> Attachment:
    """The file of the form, checked, cleaned and in the store; it hangs on nothing yet."""
    upload = form.files.get("file")
    if upload is None:
        raise AttachmentRefused("Choose a file first.")
    most_mb = request.app.state.settings.max_attachment_mb
    with cleaned(upload.file, upload.filename or "", most_mb=most_mb) as file:
        return keep_content(_store(request), file, now=now)


def _keep_typed(
    request: Request, db: Session, me: Person, now: datetime, form: Submitted, draft_id: str
) -> None:
    """Without a script the whole form comes with the file: what was typed is kept first. With a
    protected author neither is."""
    draft_of(db, draft_id, me)
    if form.text("author_mode") == AuthorMode.PROTECTED:
        raise AttachedAfterPosting
    if wants_fragment(request):
        return
    db.rollback()
    seen = writing_in(form)
    writing = Writing(draft_id, seen.revision, seen.writer)
    lesson_id = form.text("lesson_id")
    with database_of(request).writing() as session:
        keep(session, writing, typed_in(form), by=me, now=now, lesson_id=lesson_id)


def _form_again(
    request: Request, db: Session, me: Person, form: Submitted, draft_id: str, problem: Problem
) -> Response:
    """What was typed could not be kept: the form with all of it, and why."""
    if wants_fragment(request) or isinstance(problem, NotFound):
        return _draft_list(request, db, me, form, draft_id, problem=problem)
    if isinstance(problem, DraftMovedOn):  # seen now: sent again, it replaces the other
        form = form.with_text("draft_revision", str(problem.revision))
    who = reader(db, me)
    errors = {"": problem.message}
    again = form_again(db, who, form)
    return write_page(request, db, who, again, errors=errors, status_code=problem.status)


def _begin(session: Session, form: Submitted, draft_id: str, me: Person, now: datetime) -> None:
    lesson_id = form.text("lesson_id")
    if lesson_id and draft_of(session, draft_id, me) is None:
        keep(session, Writing(draft_id), {}, by=me, now=now, lesson_id=lesson_id)
    begin(session, draft_id, by=me, now=now)


def _draft_list(
    request: Request,
    db: Session,
    me: Person,
    form: Submitted,
    draft_id: str,
    *,
    added: Attachment | None = None,
    problem: Problem | None = None,
) -> Response:
    """The list as it is now; without a script back to the form, which has it."""
    db.rollback()
    draft_of(db, draft_id, me)  # raises for somebody else's
    if not wants_fragment(request):
        lesson_id = form.text("lesson_id")
        url = f"/lessons/{lesson_id}/edit" if lesson_id else f"/lessons/new?draft={draft_id}"
        return _led(request, url, added=added, problem=problem)
    return page(
        request,
        "files/_attachments.html",
        status_code=problem.status if problem else 200,
        attachments=attachments_of(db, draft_id=draft_id),
        added=added,
        problem=problem,
        draft_id=draft_id,
    )


def _led(
    request: Request,
    url: str,
    *,
    added: Attachment | None = None,
    problem: Problem | None = None,
) -> Response:
    if problem:
        return redirect(request, url, problem=problem.message)
    return redirect(request, url, notice=f"Attached: {added.name}." if added else "Removed.")


def _store(request: Request) -> Store:
    store: Store = request.app.state.files
    return store
