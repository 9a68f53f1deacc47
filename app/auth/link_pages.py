"""Coming in by a link: a forgotten password, an invitation."""

from datetime import datetime

from fastapi import Request, Response
from jinja2 import Environment
from sqlmodel import Session

from app.auth.cookies import browser_of, drop_session, keep_session
from app.auth.entry import start_session
from app.auth.forms import accepted, form_page, secret, typed
from app.auth.guards import MaybeMe
from app.auth.links import accept, ask_for_reset, invitation_for, person_resetting, reset_password
from app.auth.schemas import AddressInput, JoiningInput, NewPasswordInput
from app.config import Settings
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Problem
from app.kit.forms import Form
from app.kit.web import redirect
from app.mail.compose import queue_message
from app.people.models import Person

router = doors()


@router.get("/password-reset")
def ask_form(request: Request, _me: MaybeMe) -> Response:
    return form_page(request, "auth/reset_ask.html", typed={}, mail=_mails(request), asked=False)


@router.post("/password-reset")
def ask(request: Request, form: Form, _me: MaybeMe, db: Db, now: Now) -> Response:
    """Answers the same whether or not anybody has the address, and writes either way."""
    mail, again = _mails(request), typed(form)
    try:
        email = accepted(AddressInput, form.as_dict()).email
    except Problem as problem:
        return form_page(
            request, "auth/reset_ask.html", problem, typed=again, mail=mail, asked=False
        )
    asked = ask_for_reset(db, email, now=now) if mail else None
    if asked:
        _send_reset(request, db, *asked, now=now)
    return form_page(request, "auth/reset_ask.html", typed=again, mail=mail, asked=True)


@router.get("/password-reset/{token}")
def reset_form(request: Request, token: str, _me: MaybeMe, db: Db, now: Now) -> Response:
    person = person_resetting(db, token, now=now)
    return form_page(request, "auth/reset.html", person=person, token=token)


@router.post("/password-reset/{token}")
def reset(request: Request, token: str, form: Form, _me: MaybeMe, db: Db, now: Now) -> Response:
    person = person_resetting(db, token, now=now)
    try:
        facts = accepted(NewPasswordInput, {"password": secret(form, "password")})
        with db.begin_nested():
            reset_password(db, token, facts.password, now=now)
    except Problem as problem:
        return form_page(request, "auth/reset.html", problem, person=person, token=token)
    answer = redirect(request, "/sign-in", notice="Your new password is set. Sign in with it.")
    drop_session(request, answer)
    return answer


@router.get("/join/{token}")
def join_form(request: Request, token: str, _me: MaybeMe, db: Db, now: Now) -> Response:
    invitation = invitation_for(db, token, now=now)
    return form_page(
        request,
        "auth/join.html",
        invitation=invitation,
        token=token,
        typed={"name": invitation.name},
    )


@router.post("/join/{token}")
def join(request: Request, token: str, form: Form, _me: MaybeMe, db: Db, now: Now) -> Response:
    invitation = invitation_for(db, token, now=now)
    try:
        facts = accepted(
            JoiningInput, {"name": form.text("name"), "password": secret(form, "password")}
        )
        with db.begin_nested():
            person = accept(db, invitation, name=facts.name, password=facts.password, now=now)
    except Problem as problem:
        return form_page(
            request,
            "auth/join.html",
            problem,
            invitation=invitation,
            token=token,
            typed=typed(form),
        )
    answer = redirect(request, "/", notice=f"Welcome to Commonplace, {person.name}.")
    keep_session(request, answer, start_session(db, person, browser_of(request), now=now))
    return answer


def _send_reset(
    request: Request, db: Session, person: Person, token: str, *, now: datetime
) -> None:
    url = f"{_settings(request).base_url}/password-reset/{token}"
    environment: Environment = request.app.state.templates
    queue_message(
        db, environment, "password_reset", to=person.email, now=now, name=person.name, url=url
    )


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _mails(request: Request) -> bool:
    return bool(_settings(request).smtp_url.get_secret_value())
