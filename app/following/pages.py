"""Following and no longer following: from the page of what is followed, and as a list."""

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from app.auth.guards import Me
from app.following.follow import follow, unfollow
from app.following.subjects import Subject, followed_by, subject
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import NotFound
from app.kit.forms import Form, Submitted
from app.kit.web import own_path, page, redirect, wants_fragment
from app.lessons.access import reader
from app.people.models import Person

router = doors()


@router.get("/my/following")
def index(request: Request, me: Me, db: Db) -> HTMLResponse:
    return page(request, "following/index.html", subjects=followed_by(db, reader(db, me)))


@router.post("/following")
def begin(request: Request, form: Form, me: Me, db: Db, now: Now) -> Response:
    chosen = _subject(form, db, me)
    follow(db, chosen.kind, chosen.id, by=me, now=now)
    notice = f"You follow {chosen.name}. New lessons come to your inbox."
    return _shown(request, form, chosen, following=True, notice=notice)


@router.post("/following/removal")
def end(request: Request, form: Form, me: Me, db: Db) -> Response:
    try:
        chosen = _subject(form, db, me)
    except NotFound:
        # Somebody may know of a topic no more, and still be rid of it.
        if not unfollow(db, form.text("kind"), form.text("subject"), by=me):
            raise
        return redirect(request, "/my/following", notice="You no longer follow it.")
    unfollow(db, chosen.kind, chosen.id, by=me)
    notice = f"You no longer follow {chosen.name}."
    return _shown(request, form, chosen, following=False, notice=notice)


def _subject(form: Submitted, db: Session, me: Person) -> Subject:
    return subject(db, form.text("kind"), form.text("subject"), reader(db, me))


def _shown(
    request: Request, form: Submitted, chosen: Subject, *, following: bool, notice: str
) -> Response:
    """The control as it is now, in place; without JavaScript the page that it stood on."""
    if wants_fragment(request):
        return page(request, "following/_control.html", subject=chosen, following=following)
    return redirect(request, own_path(form.text("back"), chosen.url), notice=notice)
