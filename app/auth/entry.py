"""Signing in and out: one look that takes its time, then one short act that lets in or counts."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlmodel import Session

from app.auth.lockout import ALLOWED_FAILURES, Locked, note_failure, note_success, refuse_if_locked
from app.auth.passwords import password_fits
from app.auth.sessions import end_session_with, open_session
from app.kit.errors import Invalid
from app.people.directory import person_with_email
from app.people.models import Person

_log = structlog.get_logger("auth")


class WrongCurrentPassword(Invalid):
    code = "wrong_password"
    message = "This is not your current password."

    def __init__(self) -> None:
        super().__init__(fields={"current": self.message})


class WrongPassword(Invalid):
    code = "wrong_password"
    message = (
        "This address and password do not belong together. "
        "Look for capital letters and try again, or set a new password."
    )


@dataclass(frozen=True, slots=True)
class Attempt:
    """An address, who has it if anybody does, and whether the password was theirs."""

    email: str
    person_id: str | None
    fits: bool


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser brings along: its name, the token it `holds` already (empty for none), and
    for how many days it may stay signed in."""

    name: str
    holds: str
    days: int


def look(session: Session, email: str, password: str, *, now: datetime) -> Attempt:
    """Compare a password with the address's; raises Locked. Slow on purpose (Argon2id), so it asks
    for no more than a reading session: on SQLite nobody else could write meanwhile."""
    email = email.strip().lower()
    person = person_with_email(session, email)
    try:
        refuse_if_locked(session, email, now=now)
    except Locked:
        _log.warning("sign-in refused", person=person.id if person else None, locked=True)
        raise
    if person and person.disabled_at:
        person = None
    fits = password_fits(session, person, password)
    return Attempt(email, person.id if person else None, fits)


def enter(session: Session, attempt: Attempt, browser: Browser, *, now: datetime) -> str | None:
    """Open a session and return its token, or count the failure and return None; raises Locked.

    The lock is asked again: of many guesses sent at once, only as many as are allowed in a row are
    answered.
    """
    refuse_if_locked(session, attempt.email, now=now)
    person = session.get(Person, attempt.person_id) if attempt.person_id else None
    if person is None or person.disabled_at or not attempt.fits:
        failures = note_failure(session, attempt.email, now=now)
        _log.warning("sign-in refused", person=attempt.person_id, in_a_row=failures)
        if failures == ALLOWED_FAILURES:
            _log.warning("sign-in locked", person=attempt.person_id)
        return None
    note_success(session, attempt.email)
    return start_session(session, person, browser, now=now)


def start_session(session: Session, person: Person, browser: Browser, *, now: datetime) -> str:
    """Sign in somebody who has shown who they are; returns the token of the new session. The one
    that the browser held before ends."""
    if browser.holds:
        end_session_with(session, browser.holds)
    _log.info("signed in", person=person.id)
    return open_session(session, person, device=browser.name, now=now, days=browser.days)


def leave(session: Session, token: str) -> None:
    """End the session that `token` opened, if it lasts."""
    person_id = end_session_with(session, token)
    if person_id:
        _log.info("signed out", person=person_id)


def confirm(session: Session, person: Person, password: str, *, now: datetime) -> bool:
    """Whether somebody who is signed in knows their password; a wrong one counts as at sign-in.
    Raises Locked."""
    refuse_if_locked(session, person.email, now=now)
    if password_fits(session, person, password):
        note_success(session, person.email)
        return True
    note_failure(session, person.email, now=now)
    _log.warning("password not confirmed", person=person.id)
    return False
