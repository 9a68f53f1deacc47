"""Wanted lessons: asked for in somebody's words, wanted by others too, answered by a lesson."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.events.record import record
from app.kit.clock import day_floor
from app.kit.errors import Conflict, Invalid, NotFound
from app.lessons.access import Reader
from app.lessons.finding import IN_USE
from app.lessons.found import FoundLesson, found_lessons
from app.lessons.models import AuthorMode, Lesson, State, Visibility
from app.people.directory import one_at_a_time
from app.people.models import Person
from app.people.schemas import one_line
from app.searches.models import WORDS_LENGTH, Want

MOST_WANTS = 100


class TooManyWants(Conflict):
    code = "too_many_wants"
    message = f"You ask for {MOST_WANTS} lessons already. Withdraw one that you no longer need."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A lesson that people ask for: the words of whoever asked first, how many want it since when,
    whether this person is one of them, and the lesson that answers it, if they may read one."""

    id: str
    words: str
    people: int
    since: date
    mine: bool
    lesson: FoundLesson | None = None


def want_key(words: str) -> str:
    """Words folded for comparison: case, accents and punctuation make no other question."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", plain)))[:WORDS_LENGTH]


def ask_for(session: Session, words: str, *, by: Person, now: datetime) -> Want:
    """Ask for a lesson. Who asked for the same before wants it once; another is a second who wants
    it. Raises Invalid for words that say nothing or too much, TooManyWants."""
    words = one_line(words)
    key = want_key(words)
    if not key:
        raise Invalid(fields={"words": "Say what you would like to know."})
    if len(words) > WORDS_LENGTH:
        raise Invalid(fields={"words": f"Use at most {WORDS_LENGTH} characters."})
    one_at_a_time(session, by)
    same = session.exec(select(Want).where(Want.key == key)).all()
    mine = next((want for want in same if want.person_id == by.id), None)
    if mine:
        return mine
    if _number_of(session, by) >= MOST_WANTS:
        raise TooManyWants
    answered = next((want.lesson_id for want in same if want.lesson_id), None)
    want = Want(person_id=by.id, words=words, key=key, wanted_at=now, lesson_id=answered)
    session.add(want)
    record(session, "want.made", want.id, by=by.id, now=now, words=words)
    return want


def withdraw(session: Session, want_id: str, *, by: Person, now: datetime) -> Want:
    """No longer want what one asked for, named by the id of anybody's want for the same."""
    want = _wants_like(session, want_id, Want.person_id == by.id)[0]
    session.delete(want)
    record(session, "want.withdrawn", want.id, by=by.id, now=now)
    return want


def answer_with(
    session: Session, want_id: str, lesson: Lesson, *, by: Person, now: datetime
) -> None:
    """Say that a lesson answers what is wanted. Raises Invalid for one that not everybody can read:
    whoever asked must find it, and nobody else may hear of it in this way."""
    wants = _wants_like(session, want_id)
    if lesson.visibility is not Visibility.ORGANISATION or lesson.state.value not in IN_USE:
        message = "Choose a lesson that is shared with the whole organisation and not retired."
        raise Invalid(message, fields={"lesson": message})
    for want in wants:
        want.lesson_id = lesson.id
    # Who points at it, and when, would hint at who wrote it.
    hidden = lesson.author_mode is AuthorMode.PROTECTED
    who, at = (None, day_floor(now)) if hidden else (by.id, now)
    record(session, "want.answered", want_id, by=who, now=at, lesson_id=lesson.id)


def reopen(session: Session, want_id: str, *, by: Person, now: datetime) -> None:
    """Say that the lesson named does not answer it, as one who wants it."""
    _wants_like(session, want_id, Want.person_id == by.id)
    for want in _wants_like(session, want_id):
        want.lesson_id = None
    record(session, "want.reopened", want_id, by=by.id, now=now)


def wanted(
    session: Session, who: Reader, *, answered: bool = False, offset: int = 0, limit: int = 50
) -> tuple[list[Wanted], int]:
    """What is wanted and not answered, most wanted first; or what is answered, the last first. An
    answer counts for whoever may read it. In at most three questions."""
    has_answer = col(Want.lesson_id).in_(
        sa.select(col(Lesson.id)).where(who.readable, col(Lesson.state) != State.RETIRED)
    )
    # `in` is unknown, not untrue, where nothing answers.
    open_still = sa.or_(col(Want.lesson_id).is_(None), sa.not_(has_answer))
    found = _together(who.person, has_answer if answered else open_still)
    order = [found.c.people.desc(), found.c.since.desc()]
    rows = (
        session.connection()
        .execute(
            sa.select(found, sa.func.count().over())
            .where(found.c.place == 1)
            .order_by(*(order[1:] if answered else order), found.c.id)
            .offset(offset)
            .limit(limit)
        )
        .all()
    )
    return _read(session, who, rows), rows[0][-1] if rows else 0


def the_wanted(session: Session, want_id: str, who: Reader) -> Wanted:
    """What somebody's want is about. Raises NotFound."""
    found = _one(session, who, _together(who.person, col(Want.key) == _key_of(want_id)))
    if found is None:
        raise NotFound
    return found


def wanted_alike(session: Session, who: Reader, words: str) -> Wanted | None:
    """What is wanted in these words, if anybody asked for it."""
    return _one(session, who, _together(who.person, col(Want.key) == want_key(words)))


def _one(session: Session, who: Reader, found: sa.Subquery) -> Wanted | None:
    rows = session.connection().execute(sa.select(found).where(found.c.place == 1)).all()
    return next(iter(_read(session, who, rows)), None)


def _together(me: Person, condition: sa.ColumnElement[bool]) -> sa.Subquery:
    """The wants of one key as one row, at `place` 1: the words of the first."""
    own = sa.case((col(Want.person_id) == me.id, 1), else_=0)
    same: dict[str, Any] = {"partition_by": col(Want.key)}
    first = [col(Want.wanted_at), col(Want.id)]
    return (
        sa.select(
            sa.func.min(col(Want.id)).over(**same).label("id"),
            col(Want.words),
            sa.func.count().over(**same).label("people"),
            sa.func.min(col(Want.wanted_at)).over(**same).label("since"),
            sa.func.max(own).over(**same).label("mine"),
            sa.func.max(col(Want.lesson_id)).over(**same).label("lesson_id"),
            sa.func.row_number().over(**same, order_by=first).label("place"),
        )
        .where(condition)
        .subquery()
    )


def _read(session: Session, who: Reader, rows: Any) -> list[Wanted]:
    ids = [row.lesson_id for row in rows if row.lesson_id]
    lessons = {lesson.id: lesson for lesson in found_lessons(session, ids, who, IN_USE)}
    return [
        Wanted(
            row.id,
            row.words,
            row.people,
            row.since.date(),
            bool(row.mine),
            lessons.get(row.lesson_id),
        )
        for row in rows
    ]


def _key_of(want_id: str) -> sa.ScalarSelect[Any]:
    return sa.select(col(Want.key)).where(col(Want.id) == want_id).scalar_subquery()


def _wants_like(session: Session, want_id: str, *conditions: Any) -> list[Want]:
    """Everybody's wants for the same as this one. Raises NotFound when there are none."""
    rows = select(Want).where(col(Want.key) == _key_of(want_id), *conditions)
    found = list(session.exec(rows).all())
    if not found:
        raise NotFound
    return found


def _number_of(session: Session, person: Person) -> int:
    mine = select(sa.func.count()).select_from(Want).where(col(Want.person_id) == person.id)
    return session.exec(mine).one()
