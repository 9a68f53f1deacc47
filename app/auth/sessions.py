"""Signed-in browsers: opened, known again, listed, ended."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.auth.models import SignInSession
from app.kit.clock import hour_floor
from app.kit.errors import NotFound
from app.kit.signing import fingerprint
from app.people.directory import PERSON, person_from
from app.people.models import Organisation, Person


class Named(NamedTuple):
    """The organisation as every page names it."""

    name: str


class SignedIn(NamedTuple):
    """A browser's sign-in: its id, the hour when it was last seen, in which organisation, and how
    much waits for the person."""

    id: str
    seen_at: datetime
    organisation: Named | None
    waiting: int


def who_is_signed_in(waiting: sa.ColumnElement[int]) -> sa.Select[Any]:
    """The question for the holder of a cookie, to be made once: to make it again each time costs
    more than to ask it. `waiting`, of the person in `Person.id`, is what the head of every page
    says; it comes along, since a question of its own would cost every page one more."""
    session = (col(SignInSession.id), col(SignInSession.seen_at), col(Organisation.name))
    return (
        sa.select(*PERSON, *session, waiting)
        .join(SignInSession, col(SignInSession.person_id) == Person.id)
        .outerjoin(Organisation, sa.true())
        .where(
            col(SignInSession.token_hash) == sa.bindparam("shown"),
            col(SignInSession.expires_at) > sa.bindparam("now"),
            col(Person.disabled_at).is_(None),
        )
    )


def open_session(session: Session, person: Person, *, device: str, now: datetime, days: int) -> str:
    """Sign a person in on a browser; returns the token for its cookie."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignInSession(
            token_hash=fingerprint(token),
            person_id=person.id,
            device=device_name(device),
            created_at=now,
            seen_at=hour_floor(now),
            expires_at=now + timedelta(days=days),
        )
    )
    return token


def person_signed_in(
    session: Session, question: sa.Select[Any], token: str, *, now: datetime
) -> tuple[Person, SignedIn] | None:
    """Who holds this cookie, while the session lasts and the person is not disabled; `question` is
    that of `who_is_signed_in`. The person is apart from the transaction."""
    given = {"shown": fingerprint(token), "now": now}
    row = session.connection().execute(question, given).first()
    if row is None:
        return None
    session_id, seen_at, name, waiting = row[-4:]
    signed_in = SignedIn(session_id, seen_at, Named(name) if name else None, waiting)
    return person_from(row), signed_in


def open_sessions(session: Session, person: Person, *, now: datetime) -> Sequence[SignInSession]:
    """The person's sessions that have not ended, last seen first."""
    return session.exec(
        select(SignInSession)
        .where(SignInSession.person_id == person.id, SignInSession.expires_at > now)
        .order_by(col(SignInSession.seen_at).desc(), col(SignInSession.created_at).desc())
    ).all()


def end_session(session: Session, person: Person, session_id: str) -> None:
    """End one of the person's own sessions."""
    found = session.get(SignInSession, session_id)
    if found is None or found.person_id != person.id:
        raise NotFound
    session.delete(found)


def end_session_with(session: Session, token: str) -> str | None:
    """End the session that a cookie's token opened; returns whose it was."""
    found = session.exec(
        select(SignInSession).where(SignInSession.token_hash == fingerprint(token))
    ).first()
    if found is None:
        return None
    session.delete(found)
    return found.person_id


def end_sessions(session: Session, person: Person, *, but: str | None = None) -> int:
    """End all sessions of a person, except the one with id `but`; returns how many."""
    ended = sa.delete(SignInSession).where(col(SignInSession.person_id) == person.id)
    if but:
        ended = ended.where(col(SignInSession.id) != but)
    return session.connection().execute(ended).rowcount


def forget_ended_sessions(session: Session, *, now: datetime) -> None:
    """Remove sessions that ended by themselves."""
    session.connection().execute(
        sa.delete(SignInSession).where(col(SignInSession.expires_at) <= now)
    )


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """A browser and system in words, so that people recognise their own sessions."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if re.search(mark, user_agent)), "")
    return f"{browser} on {system}" if system else browser
