"""The form for a lesson, kept as it is typed."""

from datetime import datetime

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from sqlmodel import Session

from app.auth.guards import Me
from app.drafts.drafting import (
    DraftMovedOn,
    NotKeptForProtected,
    TooManyDrafts,
    Writing,
    erase,
    keep,
    typed_in,
    writing_in,
)
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Invalid, Problem
from app.kit.forms import Form, Submitted
from app.kit.web import redirect
from app.lessons.access import reader
from app.lessons.form import form_again
from app.lessons.ways import way_named
from app.lessons.write_pages import for_script, mine_page, write_page
from app.people.models import Person

router = doors()
_KEPT = "Kept as a draft. Only you can see it."


@router.post("/drafts/{draft_id}")
def keep_typed(request: Request, db: Db, me: Me, now: Now, form: Form, draft_id: str) -> Response:
    """Keep it. A button of the form may also choose another way to begin (`way`)."""
    seen = writing_in(form)
    writing = Writing(draft_id, seen.revision, seen.writer)
    lesson_id, way = form.text("lesson_id"), form.text("way")
    try:
        draft = keep(db, writing, typed_in(form), by=me, now=now, lesson_id=lesson_id)
    except NotKeptForProtected as problem:
        erase(db, draft_id, by=me, lesson_id=lesson_id)
        return _not_kept(request, db, me, form.with_text("draft_revision", ""), problem, way)
    except DraftMovedOn as problem:
        seen_now = form.with_text("draft_revision", str(problem.revision))
        return _not_kept(request, db, me, seen_now, problem, "", at=problem.at)
    except (TooManyDrafts, Invalid) as problem:
        if for_script(request):
            raise
        return _not_kept(request, db, me, form.with_text("draft_revision", ""), problem, "")
    if for_script(request):
        return JSONResponse({"kept": draft is not None, "revision": draft.revision if draft else 0})
    if way:
        return redirect(request, f"/lessons/new?draft={draft_id}&as={way_named(way).name}")
    return redirect(request, "/my/lessons", notice=_KEPT if draft else None)


@router.post("/drafts/{draft_id}/removal")
def put_away(request: Request, db: Db, me: Me, form: Form, draft_id: str) -> Response:
    """Erase it, and hand back what it held: the page that says so can bring it back."""
    draft = erase(db, draft_id, by=me, lesson_id=form.text("lesson_id"))
    if for_script(request):
        return JSONResponse({"kept": False, "revision": 0})
    if draft is None or draft.lesson_id:
        url = f"/lessons/{draft.lesson_id}/edit" if draft else "/my/lessons"
        return redirect(request, url, notice="What you had changed is put away." if draft else None)
    return mine_page(request, db, me, put_away={"draft": draft.id} | draft.typed)


def _not_kept(
    request: Request,
    db: Session,
    me: Person,
    form: Submitted,
    problem: Problem,
    way: str,
    *,
    at: datetime | None = None,
) -> Response:
    """Said to a script in a few words; to a person with everything they typed."""
    revision = int(form.text("draft_revision") or 0)
    if for_script(request):
        moved_at = at.isoformat() if at else None
        said = {"kept": False, "code": problem.code, "revision": revision, "at": moved_at}
        return JSONResponse(said)  # not an error to it: the browser would say so in its console
    who = reader(db, me)
    again = form_again(db, who, form, way=way)
    if way:  # nothing is wrong: only the page is laid out anew
        return write_page(request, db, who, again)
    return write_page(
        request, db, who, again, errors={"": problem.message}, status_code=problem.status
    )
