"""One's own account: name, password, signed-in browsers."""

from typing import Any

from fastapi import Request, Response
from sqlmodel import Session

from app.auth import token_pages
from app.auth.entry import WrongCurrentPassword, confirm
from app.auth.forms import accepted, form_page, secret, typed
from app.auth.guards import Me
from app.auth.links import change_password
from app.auth.schemas import PasswordChangeInput
from app.auth.sessions import end_session, end_sessions, open_sessions
from app.experts.listing import is_listed
from app.kit.api import Id
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Problem
from app.kit.forms import Form
from app.kit.web import page, redirect
from app.kit.zones import known_zones
from app.people.directory import change_person, choose_time_zone
from app.people.models import Person
from app.people.schemas import SelfInput
from app.people.teams import teams_of

router = doors()
router.include_router(token_pages.router)


@router.get("/account")
def account(request: Request, me: Me, db: Db) -> Response:
    shown = {"name": me.name, "title": me.title, "time_zone": me.time_zone}
    return _account(request, db, me, shown)


@router.post("/account")
def change_account(request: Request, form: Form, me: Me, db: Db, now: Now) -> Response:
    try:
        facts = accepted(SelfInput, form.as_dict())
    except Problem as problem:
        return _account(request, db, me, typed(form), problem)
    change_person(db, me, name=facts.name, title=facts.title, role=me.role, by=me, now=now)
    choose_time_zone(db, me, facts.time_zone, now=now)
    return redirect(request, "/account", notice="Saved.")


@router.get("/account/password")
def password_form(request: Request, _me: Me) -> Response:
    return form_page(request, "account/password.html")


@router.post("/account/password")
def change_own_password(request: Request, form: Form, me: Me, db: Db, now: Now) -> Response:
    try:
        facts = accepted(
            PasswordChangeInput,
            {"current": secret(form, "current"), "password": secret(form, "password")},
        )
        if not confirm(db, me, facts.current, now=now):
            # Answered, not raised, so that the failure stays counted.
            return form_page(request, "account/password.html", WrongCurrentPassword())
        with db.begin_nested():
            change_password(db, me, facts.password, now=now, keep=request.state.session.id)
    except Problem as problem:
        return form_page(request, "account/password.html", problem)
    return redirect(
        request,
        "/account/password",
        notice="Your password is changed. Every other browser is signed out.",
    )


@router.get("/account/sessions")
def sessions(request: Request, me: Me, db: Db, now: Now) -> Response:
    return page(
        request,
        "account/sessions.html",
        sessions=open_sessions(db, me, now=now),
        here=request.state.session.id,
    )


@router.post("/account/sessions/removal")
def end_other_sessions(request: Request, me: Me, db: Db) -> Response:
    end_sessions(db, me, but=request.state.session.id)
    return redirect(request, "/account/sessions", notice="Every other browser is signed out.")


@router.post("/account/sessions/{session_id}/removal")
def end_one_session(request: Request, session_id: Id, me: Me, db: Db) -> Response:
    end_session(db, me, session_id)
    return redirect(request, "/account/sessions", notice="That browser is signed out.")


def _account(
    request: Request,
    db: Session,
    me: Person,
    shown: dict[str, Any],
    problem: Problem | None = None,
) -> Response:
    return form_page(
        request,
        "account/index.html",
        problem,
        typed=shown,
        memberships=teams_of(db, me),
        listed=is_listed(db, me),
        zones=known_zones(),
        usual_zone=request.app.state.settings.time_zone,
    )
