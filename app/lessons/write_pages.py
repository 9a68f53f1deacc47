"""Writing a lesson in the browser: the desk, posting from it, and what is mine."""

from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from sqlmodel import Session

from app.auth.guards import Me
from app.briefs.learned import begun_from
from app.drafts.drafting import DraftMovedOn, attached_to, draft_of, writing_in
from app.drafts.posting import post_written
from app.drafts.unfinished import unfinished
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Problem
from app.kit.forms import Form, checked
from app.kit.web import page, redirect
from app.lessons.access import Reader, reader
from app.lessons.browse import has_posted, mine
from app.lessons.capture import Posted
from app.lessons.cards import cards
from app.lessons.cookies import keep_claim
from app.lessons.form import (
    LessonForm,
    as_on_the_page,
    blank_form,
    content_in,
    form_again,
    form_with,
    new_key,
)
from app.lessons.idempotency import KeyReused, PostKey
from app.lessons.labels import CAUSES, KINDS
from app.lessons.relations import relations_in
from app.lessons.schemas import LessonInput
from app.lessons.ways import WAYS
from app.uses.retelling import retold_in

router = doors()
_SENT_BEFORE = (
    "This form was sent before, and that lesson is posted. Send it again to post this as another "
    "lesson; or change the first one, which is among your lessons."
)
_FIRST = (
    "Posted. It can be found now. That was your first: colleagues can thank you for it or ask, and "
    "you can change it whenever you know more."
)


@router.get("/my/lessons")
def my_lessons(request: Request, db: Db, me: Me) -> HTMLResponse:
    return mine_page(request, db, me)


@router.get("/lessons/new")
def new(request: Request, db: Db, me: Me, now: Now) -> Response:
    names = ("draft", "as", "title", "brief", "wanted")
    draft_id, way, title, brief, wanted = (request.query_params.get(name, "") for name in names)
    draft = draft_of(db, draft_id, me) if draft_id else None
    who = reader(db, me)
    if draft is None:
        blank = blank_form(db, who, draft_id=draft_id, way=way, title=title)
        begun = begun_from(db, brief, who, now.date()) if brief else {}
        return write_page(request, db, who, blank.begun_with(begun | {"wanted": wanted}))
    seen = {"draft": draft.id, "draft_revision": str(draft.revision)}
    form = form_with(db, who, draft.typed | seen, way=way)
    return write_page(request, db, who, form, kept_at=draft.changed_at)


@router.post("/lessons")
def create(request: Request, db: Db, me: Me, now: Now, form: Form) -> Response:
    content, errors = checked(LessonInput, content_in(form))
    if content is None:
        who = reader(db, me)
        return write_page(request, db, who, form_again(db, who, form), errors=errors)
    key = PostKey(request.app.state.settings.key, me.id, form.text("key") or new_key())
    first = not has_posted(db, me)
    try:
        posted = post_written(
            db,
            content,
            key,
            writing=writing_in(form),
            relations=relations_in(form),
            again=retold_in(form),
            wanted=form.text("wanted"),
            by=me,
            now=now,
        )
        return saved(request, posted, first=first)
    except KeyReused as problem:
        errors, status = {"": _SENT_BEFORE}, problem.status
        form = form.with_text("key", new_key())
    except DraftMovedOn as problem:
        errors, status = {"": problem.message}, problem.status
        form = form.with_text("draft_revision", str(problem.revision))
    except Problem as problem:
        errors, status = problem.fields or {"": problem.message}, problem.status
    db.rollback()
    who = reader(db, me)
    return write_page(
        request, db, who, form_again(db, who, form), errors=errors, status_code=status
    )


def saved(request: Request, posted: Posted, *, first: bool = False) -> Response:
    """Where a saved lesson leads: to the drafts, or to its page, which shows a new claim code."""
    lesson = posted.lesson
    if lesson.is_draft:
        kept = "Kept as a draft. Only you can see it."
        return led(request, redirect(request, "/my/lessons", notice=kept))
    notice = "Posted. It can be found now." if lesson.revision == 1 else "Saved."
    if first and not lesson.is_protected:
        notice = _FIRST
    response = redirect(request, f"/lessons/{lesson.id}", notice=notice)
    if posted.claim_code:
        keep_claim(request, response, lesson.id, posted.claim_code, new=True)
    return led(request, response)


def for_script(request: Request) -> bool:
    """Whether a script asks, which wants to know and not to be led."""
    return request.headers.get("accept", "").startswith("application/json")


def led(request: Request, response: Response) -> Response:
    """A redirect; for a script as its address, so that it can put its own copy away first."""
    if not for_script(request):
        return response
    answer = JSONResponse({"url": response.headers["location"]})
    cookies = [pair for pair in response.raw_headers if pair[0] == b"set-cookie"]
    answer.raw_headers.extend(cookies)
    return answer


def shown(request: Request, answer: HTMLResponse) -> Response:
    """A page; for a script as what it puts in the place of its form. That is no error to it: the
    browser would say so in its console."""
    return JSONResponse({"page": bytes(answer.body).decode()}) if for_script(request) else answer


def write_page(
    request: Request,
    db: Session,
    who: Reader,
    form: LessonForm,
    *,
    errors: dict[str, str] | None = None,
    status_code: int | None = None,
    **more: Any,
) -> Response:
    """The desk with a form on it; `remarks` and `alike` fill the margin beside it."""
    answer = page(
        request,
        "lessons/new.html",
        status_code=status_code or (422 if errors else 200),
        form=form,
        errors=as_on_the_page(errors or {}),
        kinds=KINDS,
        causes=CAUSES,
        ways=WAYS,
        first=not has_posted(db, who.person),
        attachments=attached_to(db, form.values["draft"], who.person),
        **{"kept_at": None, "remarks": [], "alike": []} | more,
    )
    return shown(request, answer)


def mine_page(request: Request, db: Session, me: Me, **more: Any) -> HTMLResponse:
    """What a person wrote; `put_away` are the fields of a draft that was just discarded."""
    return page(
        request,
        "lessons/mine.html",
        unfinished=unfinished(db, me),
        posted=cards(db, mine(db, me, drafts=False)),
        **{"put_away": {}} | more,
    )
