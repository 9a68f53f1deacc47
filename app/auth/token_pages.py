"""One's own API tokens: listed, made and shown once, ended."""

from datetime import datetime

from fastapi import Request, Response
from sqlmodel import Session

from app.auth.forms import accepted, form_page, typed
from app.auth.guards import Me
from app.auth.schemas import TokenInput
from app.auth.tokens import Scope, create_token, end_token, own_token, tokens_of
from app.kit.api import Id
from app.kit.db import Db, Now
from app.kit.doors import doors
from app.kit.errors import Problem
from app.kit.forms import Form
from app.kit.web import redirect
from app.people.models import Person

router = doors()
_FRESH = {"name": "", "scopes": Scope.READ.value, "days": "365"}


@router.get("/account/tokens")
def tokens(request: Request, me: Me, db: Db, now: Now) -> Response:
    return _tokens(request, db, me, now=now)


@router.post("/account/tokens")
def make_token(request: Request, form: Form, me: Me, db: Db, now: Now) -> Response:
    """Answers with the page itself: the secret is on it and nowhere else."""
    try:
        facts = accepted(TokenInput, form.as_dict() | {"scopes": form.texts("scopes")})
        _, secret = create_token(
            db, me, name=facts.name, scopes=facts.scopes, days=facts.days, by=me, now=now
        )
    except Problem as problem:
        return _tokens(request, db, me, problem, now=now, shown=_FRESH | typed(form))
    return _tokens(request, db, me, now=now, secret=secret)


@router.post("/account/tokens/{token_id}/removal")
def remove_token(request: Request, token_id: Id, me: Me, db: Db, now: Now) -> Response:
    end_token(db, own_token(db, me, token_id), by=me, now=now)
    return redirect(request, "/account/tokens", notice="That token no longer works.")


def _tokens(
    request: Request,
    db: Session,
    me: Person,
    problem: Problem | None = None,
    *,
    now: datetime,
    shown: dict[str, str] = _FRESH,
    secret: str = "",
) -> Response:
    return form_page(
        request,
        "account/tokens.html",
        problem,
        typed=shown,
        secret=secret,
        tokens=tokens_of(db, me, now=now),
    )
