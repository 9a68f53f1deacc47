"""The first run, signing in and signing out."""

from fastapi import Request, Response

from app.auth import link_pages
from app.auth.cookies import browser_of, drop_session, keep_session, session_token
from app.auth.entry import WrongPassword, enter, leave, look, start_session
from app.auth.forms import accepted, form_page, secret, typed
from app.auth.guards import MaybeMe
from app.auth.links import AlreadyFounded, found
from app.auth.schemas import FoundingInput, SignInInput
from app.kit.db import Db, Now, database_of
from app.kit.doors import doors
from app.kit.errors import Problem
from app.kit.forms import Form, Submitted
from app.kit.web import own_path, redirect
from app.people.directory import nobody_is_here, the_organisation

router = doors()
router.include_router(link_pages.router)


@router.get("/welcome")
def welcome(request: Request, db: Db) -> Response:
    if not nobody_is_here(db):
        return redirect(request, "/sign-in")
    return form_page(request, "auth/welcome.html", typed={})


@router.post("/welcome")
def first_run(request: Request, form: Form, db: Db, now: Now) -> Response:
    try:
        facts = accepted(FoundingInput, form.as_dict() | {"password": secret(form, "password")})
        with db.begin_nested():
            person = found(
                db,
                organisation=facts.organisation,
                email=facts.email,
                name=facts.name,
                password=facts.password,
                now=now,
            )
    except AlreadyFounded:
        return redirect(request, "/sign-in")
    except Problem as problem:
        return form_page(request, "auth/welcome.html", problem, typed=typed(form))
    token = start_session(db, person, browser_of(request), now=now)
    answer = redirect(request, "/", notice=f"Welcome to Commonplace, {person.name}.")
    keep_session(request, answer, token)
    return answer


@router.get("/sign-in")
def sign_in_form(request: Request, me: MaybeMe, db: Db) -> Response:
    target = own_path(request.query_params.get("next", "/"))
    if me:
        return redirect(request, target)
    if nobody_is_here(db):
        return redirect(request, "/welcome")
    return form_page(request, "auth/sign_in.html", typed={"next": target})


@router.post("/sign-in")
def sign_in(request: Request, form: Form, now: Now) -> Response:
    """Asks for no session of its own: a failure is counted though the answer is an error."""
    database = database_of(request)
    try:
        facts = accepted(SignInInput, form.as_dict() | {"password": secret(form, "password")})
        with database.reading() as reading:
            attempt = look(reading, facts.email, facts.password, now=now)
        with database.writing() as writing:
            token = enter(writing, attempt, browser_of(request), now=now)
        if token is None:
            raise WrongPassword
    except Problem as problem:
        return _sign_in_again(request, form, problem)
    answer = redirect(request, own_path(form.text("next", "/")))
    keep_session(request, answer, token)
    return answer


@router.post("/sign-out")
def sign_out(request: Request, db: Db) -> Response:
    leave(db, session_token(request))
    answer = redirect(request, "/sign-in", notice="You are signed out.")
    drop_session(request, answer)
    return answer


def _sign_in_again(request: Request, form: Submitted, problem: Problem) -> Response:
    with database_of(request).reading() as reading:
        request.state.organisation = the_organisation(reading)
    again = typed(form) | {"next": own_path(form.text("next", "/"))}
    return form_page(request, "auth/sign_in.html", problem, typed=again)
