"""One mail of a period to a person, put in line exactly once: claimed, written, settled (R7)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from app.digests.models import TROUBLE_LENGTH, DigestSending
from app.digests.period import Period
from app.digests.sending.getting import Getting, gets
from app.digests.sending.owed import Owed
from app.digests.sending.plan import the_plan
from app.kit.clock import Clock
from app.kit.db import Database
from app.kit.ids import id_from
from app.mail.compose import put_in_line
from app.mail.models import OutgoingMessage, Purpose
from app.people.models import Person

LEASE = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=4)


class Written(Protocol):
    """A mail as it was written for one person."""

    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def pictures(self) -> list[dict[str, str]]: ...
    @property
    def headers(self) -> dict[str, str]: ...


#: Writes the mail of a period to a person with what they get; None when nothing is left of it.
Writer = Callable[[Session, Person, Period, Sequence[Getting], datetime], Written | None]


@dataclass(frozen=True, slots=True)
class Sender:
    """Puts mails in line. Several may be at it at once, and any may die at any instant."""

    database: Database
    clock: Clock
    write: Writer

    def send(self, one: Owed) -> bool:
        """Claim it, write it outside of any transaction that writes, put it in line; whether it
        was ours to do. What goes wrong in writing is noted before it is raised, and tried again
        after a while: nobody else's mail waits for it."""
        attempt = self.claim(one)
        if not attempt:
            return False
        try:
            person, written = self.written(one)
        except Exception as error:
            self.put_off(one, attempt, type(error).__name__)
            raise
        return self.settle(one, attempt, person, written)

    def claim(self, one: Owed) -> int:
        """Make it ours for five minutes; which attempt this is, 0 when it is somebody else's or
        stands in line already, or when nothing is to go out."""
        now = self.clock()
        with self.database.writing() as session:
            plan = the_plan(session)
            if plan is None or plan.paused_at is not None:
                return 0
            _make_row(session, one)
            claimed = (
                sa.update(DigestSending)
                .where(
                    *_is(one),
                    col(DigestSending.queued_at).is_(None),
                    sa.or_(
                        col(DigestSending.claimed_until).is_(None),
                        col(DigestSending.claimed_until) <= now,
                    ),
                )
                .values(claimed_until=now + LEASE, attempts=DigestSending.attempts + 1)
                .returning(col(DigestSending.attempts))
            )
            return session.connection().execute(claimed).scalar_one_or_none() or 0

    def written(self, one: Owed) -> tuple[Person | None, Written | None]:
        """The mail as it is for that person now. Nobody and nothing when they left."""
        with self.database.reading() as session:
            person = session.get(Person, one.person_id)
            if person is None or person.disabled_at:
                return None, None
            wanted = [get for get in gets(session, person.id) if get.comes_with(one.period)]
            if not wanted:
                return person, None
            return person, self.write(session, person, one.period, wanted, self.clock())

    def settle(
        self, one: Owed, attempt: int, person: Person | None, written: Written | None
    ) -> bool:
        """Put it in line and note that, in one transaction, if the claim is still ours."""
        now = self.clock()
        with self.database.writing() as session:
            done = (
                sa.update(DigestSending)
                .where(*_is(one), *_is_ours(attempt))
                .values(queued_at=now, claimed_until=None, empty=written is None, trouble="")
            )
            if session.connection().execute(done).rowcount != 1:
                return False
            if person and written:
                put_in_line(session, _message(one, person, written, now))
        return True

    def put_off(self, one: Owed, attempt: int, trouble: str) -> None:
        """Note what went wrong; tried again after a wait that doubles, four hours at most."""
        wait = min(timedelta(minutes=2 ** min(attempt, 10)), _LONGEST_WAIT)
        with self.database.writing() as session:
            later = (
                sa.update(DigestSending)
                .where(*_is(one), *_is_ours(attempt))
                .values(claimed_until=self.clock() + wait, trouble=trouble[:TROUBLE_LENGTH])
            )
            session.connection().execute(later)


def message_id(one: Owed) -> str:
    """The id of the mail, the same whoever writes it and however often."""
    return id_from("digest", one.person_id, one.period.key)


def _make_row(session: Session, one: Owed) -> None:
    connection = session.connection()
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    made = insert(DigestSending).values(
        person_id=one.person_id,
        period=one.period.key,
        message_id=message_id(one),
        due_at=one.due_at,
        attempts=0,
        empty=False,
        trouble="",
    )
    connection.execute(made.on_conflict_do_nothing())


def _is(one: Owed) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(DigestSending.person_id) == one.person_id,
        col(DigestSending.period) == one.period.key,
    )


def _is_ours(attempt: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (col(DigestSending.queued_at).is_(None), col(DigestSending.attempts) == attempt)


def _message(one: Owed, person: Person, written: Written, now: datetime) -> OutgoingMessage:
    return OutgoingMessage(
        id=message_id(one),
        to=person.email,
        subject=written.subject,
        text=written.text,
        html=written.html,
        purpose=Purpose.DIGEST,
        person_id=person.id,
        headers=written.headers,
        pictures=written.pictures,
        due_at=now,
        created_at=now,
    )
