"""API tokens: made, shown once, known again by their hash, ended."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.auth.models import ApiToken
from app.events.record import record
from app.kit.errors import Invalid, NotFound
from app.kit.ids import random_id
from app.kit.signing import fingerprint
from app.people.directory import PERSON, person_from
from app.people.models import Person

LONGEST_DAYS = 730
USUAL_DAYS = 365
_MARK = "cp_"


class ShownToken(NamedTuple):
    """A token that a program came with."""

    id: str
    name: str
    scopes: str
    used_on: datetime | None


_SHOWN = (col(ApiToken.id), col(ApiToken.name), col(ApiToken.scopes), col(ApiToken.used_on))
# Said once: to make a question again each time costs more than to ask it.
_ALLOWED_IN = (
    sa.select(*PERSON, *_SHOWN)
    .join(ApiToken, col(ApiToken.person_id) == Person.id)
    .where(
        col(ApiToken.token_hash) == sa.bindparam("shown"),
        col(ApiToken.expires_at) > sa.bindparam("now"),
        col(Person.disabled_at).is_(None),
    )
)


class Scope(StrEnum):
    """What a token may do; each includes those before it."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


class ScopeRefused(Invalid):
    code = "scope_refused"


def create_token(
    session: Session,
    person: Person,
    *,
    name: str,
    scopes: Iterable[Scope],
    days: int = USUAL_DAYS,
    within: ShownToken | None = None,
    by: Person,
    now: datetime,
) -> tuple[ApiToken, str]:
    """Make a token that acts as `person`; returns its row and the secret, which is not kept.

    `within` is the token that asks, if it is one: it gives no more than it has itself.
    """
    wanted = sorted(set(scopes), key=list(Scope).index)
    if not wanted:
        raise ScopeRefused("Choose at least one scope.", fields={"scopes": "Choose at least one."})
    if Scope.ADMIN in wanted and not person.administers:
        message = "Only an administrator's token can have the scope admin."
        raise ScopeRefused(message, fields={"scopes": message})
    if within and not allows(within, wanted[-1]):
        message = f"This token does not have the scope {wanted[-1].value} itself."
        raise ScopeRefused(message, fields={"scopes": message})
    prefix = _MARK + random_id(8)
    secret = f"{prefix}_{secrets.token_urlsafe(32)}"
    token = ApiToken(
        token_hash=fingerprint(secret),
        prefix=prefix,
        person_id=person.id,
        name=name,
        scopes=" ".join(wanted),
        created_at=now,
        expires_at=now + timedelta(days=min(days, LONGEST_DAYS)),
    )
    session.add(token)
    record(session, "token.created", token.id, by=by.id, now=now, scopes=wanted, person=person.id)
    return token, secret


def person_with_token(
    session: Session, secret: str, *, now: datetime
) -> tuple[Person, ShownToken] | None:
    """Who the token acts as, while it lasts and the person is not disabled. The person is apart
    from the transaction."""
    given = {"shown": fingerprint(secret), "now": now}
    row = session.connection().execute(_ALLOWED_IN, given).first()
    return (person_from(row), ShownToken(*row[-len(_SHOWN) :])) if row else None


def allows(token: ShownToken, scope: Scope) -> bool:
    """Whether the token's scopes include `scope`."""
    order = list(Scope)
    return max(order.index(Scope(s)) for s in token.scopes.split()) >= order.index(scope)


def tokens_of(session: Session, person: Person, *, now: datetime) -> Sequence[ApiToken]:
    """The person's tokens that have not expired, newest first."""
    return session.exec(
        select(ApiToken)
        .where(ApiToken.person_id == person.id, ApiToken.expires_at > now)
        .order_by(col(ApiToken.created_at).desc())
    ).all()


def own_token(session: Session, person: Person, token_id: str) -> ApiToken:
    """A token of this person's; anybody else's is not there."""
    token = session.get(ApiToken, token_id)
    if token is None or token.person_id != person.id:
        raise NotFound
    return token


def end_token(session: Session, token: ApiToken, *, by: Person, now: datetime) -> None:
    """The token stops working at once."""
    session.delete(token)
    record(session, "token.ended", token.id, by=by.id, now=now)
