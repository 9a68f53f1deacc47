"""Saved searches in the browser."""

from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from app.auth.forms import form_page, typed
from app.auth.guards import Me
from app.kit.api import Id
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Problem
from app.kit.forms import Form
from app.kit.web import own_path, redirect
from app.people.models import Person
from app.searches import wanted_pages
from app.searches.saved import forget, save, searches_of, tidy

router = doors()
router.include_router(wanted_pages.router)


@router.get("/my/searches")
def saved(request: Request, me: Me, db: Db) -> HTMLResponse:
    return _saved(request, me, db)


@router.post("/my/searches")
def keep(request: Request, form: Form, me: Me, db: Db, now: Now) -> Response:
    try:
        name, address = form.text("name"), form.text("address")
        search, is_new = save(db, name, address, by=me, now=now)
    except Problem as problem:
        db.rollback()
        return _saved(request, me, db, problem, typed(form))
    notice = "Saved." if is_new else f"You keep this search already, as “{search.name}”."
    return redirect(request, own_path(form.text("back"), search.url), notice=notice)


@router.post("/my/searches/{search_id}/removal")
def drop(request: Request, search_id: Id, me: Me, db: Db, now: Now) -> Response:
    gone = forget(db, search_id, by=me, now=now)
    return redirect(
        request, f"/my/searches?{urlencode({'removed': gone.name, 'address': gone.address})}"
    )


def _saved(
    request: Request,
    me: Person,
    db: Db,
    problem: Problem | None = None,
    shown: dict[str, str] | None = None,
) -> HTMLResponse:
    kept = searches_of(db, me)
    query = request.query_params
    removed, address = query.get("removed", "")[:200], tidy(query.get("address", ""))
    undo = (removed, address) if address and address not in {s.address for s in kept} else None
    return form_page(
        request, "searches/saved.html", problem, searches=kept, undo=undo, typed=shown or {}
    )
