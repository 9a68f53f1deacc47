"""Asking for a lesson, no longer asking, and saying that an answer is none."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.coach.secrets import looks_secret
from app.events.record import record
from app.kit.errors import Conflict, Invalid, NotFound
from app.people.directory import one_at_a_time
from app.people.models import Person
from app.people.schemas import one_line
from app.searches.clusters import key_by_id
from app.searches.keys import key_of
from app.searches.missed import settle_shown
from app.searches.models import WORDS_LENGTH, Miss, Want

MOST_WANTS = 100
_NOT_FOR_ALL = "This looks like a password or a key, and everybody would see it. Ask without it."


class TooManyWants(Conflict):
    code = "too_many_wants"
    message = f"You ask for {MOST_WANTS} lessons already. Withdraw one that you no longer need."


def ask_for(session: Session, words: str, *, by: Person, now: datetime) -> Want:
    """Ask for a lesson. Who asked for the same before wants it once; another is a second who wants
    it. Raises Invalid for words that say nothing, too much or a secret, TooManyWants."""
    words = one_line(words)
    if len(words) > WORDS_LENGTH:
        raise Invalid(fields={"words": f"Use at most {WORDS_LENGTH} characters."})
    if looks_secret(words):
        raise Invalid(_NOT_FOR_ALL, fields={"words": _NOT_FOR_ALL})
    key = key_of(session, words)
    if not key:
        raise Invalid(fields={"words": "Say what you would like to know."})
    one_at_a_time(session, by)
    same = session.exec(select(Want).where(Want.key == key)).all()
    mine = next((want for want in same if want.person_id == by.id), None)
    if mine:
        return mine
    if _number_of(session, by) >= MOST_WANTS:
        raise TooManyWants
    missed = select(Miss.lesson_id).where(Miss.key == key, col(Miss.lesson_id).is_not(None))
    answered = next((want.lesson_id for want in same if want.lesson_id), None)
    answered = answered or session.exec(missed.limit(1)).first()
    want = Want(person_id=by.id, words=words, key=key, wanted_at=now, lesson_id=answered)
    session.add(want)
    settle_shown(session, key, now=now)
    # No words: what is withdrawn must be gone.
    record(session, "want.made", want.id, by=by.id, now=now)
    return want


def withdraw(session: Session, want_id: str, *, by: Person, now: datetime) -> str:
    """No longer want what one asked for or looked for, named by the id of anybody's want for the
    same; returns one's own words. Raises NotFound."""
    key = _the_key(session, want_id)
    want = session.exec(select(Want).where(Want.key == key, Want.person_id == by.id)).first()
    looked = session.exec(select(Miss).where(Miss.key == key, Miss.person_id == by.id)).all()
    if want is None and not looked:
        raise NotFound
    for row in [*([want] if want else []), *looked]:
        session.delete(row)
    if want:
        record(session, "want.withdrawn", want.id, by=by.id, now=now)
    settle_shown(session, key, now=now)
    return want.words if want else looked[0].words


def reopen(session: Session, want_id: str, *, by: Person, now: datetime) -> None:
    """Say that the lesson named does not answer it, as one who wants it."""
    key = _the_key(session, want_id)
    mine = select(Want.id).where(Want.key == key, Want.person_id == by.id)
    if session.exec(mine).first() is None:
        raise NotFound
    set_answer(session, key, None)
    record(session, "want.reopened", want_id, by=by.id, now=now)


def set_answer(session: Session, key: str, lesson_id: str | None) -> None:
    """Put down which lesson answers what is wanted, for all who asked and looked; None for none."""
    session.flush()
    for table in (Want, Miss):
        answered: Any = sa.update(table).where(col(table.key) == key).values(lesson_id=lesson_id)
        session.connection().execute(answered)


def _the_key(session: Session, want_id: str) -> str:
    key: str | None = session.scalar(sa.select(key_by_id(want_id)))
    if key is None:
        raise NotFound
    return key


def _number_of(session: Session, person: Person) -> int:
    mine = select(sa.func.count()).select_from(Want).where(col(Want.person_id) == person.id)
    return session.exec(mine).one()
