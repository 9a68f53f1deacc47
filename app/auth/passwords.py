"""Passwords: which are good enough, and how they are kept (Argon2id)."""

from datetime import datetime
from functools import cache
from pathlib import Path

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import Session

from app.auth.models import Credential
from app.kit.errors import Invalid
from app.people.models import Person

SHORTEST, LONGEST = 12, 256
_MOST_SECRET_PARTS = 4
# OWASP's password storage cheat sheet: 19 MiB, two passes, one lane.
_hashes = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19 * 1024, parallelism=1),))


class PasswordRefused(Invalid):
    code = "password_refused"


@cache
def _common() -> frozenset[str]:
    return frozenset(
        (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").split()
    )


def check_password(password: str, *, field: str = "password", about: tuple[str, ...] = ()) -> None:
    """Raise PasswordRefused when the password is short, common, or made of what others know."""
    reason = _weakness(password, about)
    if reason:
        raise PasswordRefused(reason, fields={field: reason})


def _weakness(password: str, about: tuple[str, ...]) -> str | None:
    folded = password.casefold()
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Three or four unrelated words do well."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    letters = "".join(c for c in folded if c.isalpha())
    if folded in _common() or letters in _common() or len(set(folded)) < _MOST_SECRET_PARTS + 1:
        return "This is among the first passwords that anybody would try. Choose another."
    known = [part for text in about for part in (text.casefold(), text.casefold().split("@")[0])]
    if any(
        part
        and len(part) >= _MOST_SECRET_PARTS
        and part in folded
        and len(folded) - len(part) < SHORTEST - _MOST_SECRET_PARTS
        for part in known
    ):
        return "This is mostly your name or address. Choose something that nobody knows."
    return None


def set_password(
    session: Session, person: Person, password: str, *, now: datetime, field: str = "password"
) -> None:
    """Keep a new password for a person, if it is good enough."""
    check_password(password, field=field, about=(person.email, person.name))
    credential = session.get(Credential, person.id) or Credential(
        person_id=person.id, password_hash="", changed_at=now
    )
    credential.password_hash = _hashes.hash(password)
    credential.changed_at = now
    session.add(credential)


def password_fits(session: Session, person: Person | None, password: str) -> bool:
    """Whether it is the person's password; takes as long when there is no such person."""
    credential = session.get(Credential, person.id) if person else None
    stored = credential.password_hash if credential else _nobodys_hash()
    return _hashes.verify(password[:LONGEST], stored) and credential is not None


@cache
def _nobodys_hash() -> str:
    return _hashes.hash("a password that nobody has")
