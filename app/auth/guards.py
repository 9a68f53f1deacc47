"""Who is asking, and whether they may: dependencies for the doors."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlmodel import Session

from app.auth.models import ApiToken, SignInSession
from app.auth.sessions import SignedIn, person_signed_in
from app.auth.tokens import Scope, ShownToken, allows, person_with_token
from app.kit.answers import SignInNeeded
from app.kit.clock import day_floor, hour_floor
from app.kit.db import Db, Now, database_of, writes
from app.kit.doors import with_the_door
from app.kit.errors import Forbidden
from app.people.directory import nobody_is_here, the_organisation
from app.people.models import Person


class ScopeMissing(Forbidden):
    code = "scope_missing"


class NotYetFounded(SignInNeeded):
    """Nobody is in the organisation yet: the first-run page comes before signing in."""


def session_cookie_name(request: Request) -> str:
    """`__Host-` binds the cookie to this host over HTTPS; browsers refuse it on plain HTTP."""
    return "__Host-session" if request.app.state.settings.over_https else "session"


@with_the_door
def maybe_signed_in(request: Request, db: Db, now: Now) -> Person | None:
    """Who is signed in on this browser, if anybody."""
    token = request.cookies.get(session_cookie_name(request))
    question = request.app.state.who_is_signed_in
    found = person_signed_in(db, question, token, now=now) if token else None
    if found is None:
        organisation = the_organisation(db)
        if organisation:
            db.expunge(organisation)
        request.state.organisation = organisation
        return None
    person, session = found
    _keep_seen(request, session, now)
    # What every page shows is apart from the request's session: an error page is made after that
    # has ended, when nothing can be read through it any more.
    request.state.me, request.state.session = person, session
    request.state.organisation, request.state.unread = session.organisation, session.waiting
    return db.get_one(Person, person.id) if writes(request) else person


def _keep_seen(request: Request, session: SignedIn, now: datetime) -> None:
    # In a transaction of its own, once an hour, and before the request's own begins to write.
    if session.seen_at == hour_floor(now) or request.method not in ("GET", "HEAD"):
        return
    with database_of(request).noting() as writing:
        seen = writing.get(SignInSession, session.id)
        if seen:
            seen.seen_at = hour_floor(now)


@with_the_door
def signed_in(db: Db, person: Annotated[Person | None, Depends(maybe_signed_in)]) -> Person:
    """The person signed in; others are sent to sign in, or to the first run."""
    if person is None:
        raise NotYetFounded if nobody_is_here(db) else SignInNeeded
    return person


@with_the_door
def administrator(person: Annotated[Person, Depends(signed_in)]) -> Person:
    if not person.administers:
        raise Forbidden("Only an administrator can do this.")
    return person


@with_the_door
def curator(person: Annotated[Person, Depends(signed_in)]) -> Person:
    if not person.curates:
        raise Forbidden("Only a curator or an administrator can do this.")
    return person


MaybeMe = Annotated[Person | None, Depends(maybe_signed_in)]
Me = Annotated[Person, Depends(signed_in)]
Administrator = Annotated[Person, Depends(administrator)]
Curator = Annotated[Person, Depends(curator)]

_bearer = HTTPBearer(auto_error=False, scheme_name="token", description="An API token: cp_…")


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Asks for a token whose scopes include `scope`."""

    scope: Scope

    def __call__(
        self,
        request: Request,
        db: Db,
        now: Now,
        given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    ) -> Person:
        found = person_with_token(db, given.credentials, now=now) if given else None
        if found is None:
            raise SignInNeeded(
                "Send a valid token: `Authorization: Bearer cp_…`. "
                "People make tokens on their account page."
            )
        person, token = found
        if not allows(token, self.scope):
            raise ScopeMissing(f"This needs a token with the scope {self.scope.value}.")
        if self.scope is Scope.ADMIN and not person.administers:
            raise Forbidden("Only an administrator can do this.")
        request.state.token = token
        _keep_use(request, db, token, now)
        return db.get_one(Person, person.id) if writes(request) else person


def _keep_use(request: Request, db: Session, token: ShownToken, now: datetime) -> None:
    if token.used_on == day_floor(now):
        return
    if writes(request):
        db.get_one(ApiToken, token.id).used_on = day_floor(now)
        return
    with database_of(request).noting() as writing:
        writing.get_one(ApiToken, token.id).used_on = day_floor(now)


Reader = Annotated[Person, Depends(with_the_door(_Bearer(Scope.READ)))]
Writer = Annotated[Person, Depends(with_the_door(_Bearer(Scope.WRITE)))]
Admin = Annotated[Person, Depends(with_the_door(_Bearer(Scope.ADMIN)))]
