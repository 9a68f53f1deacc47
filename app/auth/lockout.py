"""After wrong passwords in a row an address is locked for a while, whoever has it or nobody."""

from datetime import datetime, timedelta
from math import ceil

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from app.auth.models import FailedSignIns
from app.kit.errors import Problem
from app.kit.signing import fingerprint

ALLOWED_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)


class Locked(Problem):
    status = 429
    code = "locked"

    def __init__(self, until: datetime, now: datetime):
        minutes = max(1, ceil((until - now).total_seconds() / 60))
        self._seconds = max(1, ceil((until - now).total_seconds()))
        super().__init__(
            f"Too many wrong passwords. Sign-in for this address opens again in {minutes} "
            f"{'minute' if minutes == 1 else 'minutes'}; a reset link works at once."
        )

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self._seconds)}


def refuse_if_locked(session: Session, email: str, *, now: datetime) -> None:
    """Raise Locked while the address is locked."""
    failures = session.get(FailedSignIns, fingerprint(email))
    if failures and _full(failures) and now < failures.last_at + LOCKED_FOR:
        raise Locked(failures.last_at + LOCKED_FOR, now)


def note_failure(session: Session, email: str, *, now: datetime) -> int:
    """Count a wrong password; returns how many in a row."""
    failures = _locked_row(session, fingerprint(email), now)
    ended = _full(failures) and now >= failures.last_at + LOCKED_FOR
    failures.count = 1 if ended else failures.count + 1
    failures.last_at = now
    session.add(failures)
    return failures.count


def note_success(session: Session, email: str) -> None:
    """A right password (or a reset) starts the count anew."""
    failures = session.get(FailedSignIns, fingerprint(email))
    if failures:
        session.delete(failures)


def forget_old_failures(session: Session, *, now: datetime) -> None:
    """Remove counts that no longer lock anybody out."""
    old = sa.delete(FailedSignIns).where(col(FailedSignIns.last_at) < now - FORGOTTEN_AFTER)
    session.connection().execute(old)


def _full(failures: FailedSignIns) -> bool:
    return failures.count >= ALLOWED_FAILURES


def _locked_row(session: Session, key: str, now: datetime) -> FailedSignIns:
    # Made first, then locked: two wrong guesses at the same moment must count as two.
    connection = session.connection()
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    made = insert(FailedSignIns).values(email_hash=key, count=0, last_at=now)
    connection.execute(made.on_conflict_do_nothing())
    return session.get_one(FailedSignIns, key, with_for_update=True, populate_existing=True)
