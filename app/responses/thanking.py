"""Thanking for a lesson, once each, and taking it back."""

from datetime import datetime

from sqlmodel import Session

from app.events.record import record
from app.kit.errors import Forbidden, Invalid
from app.lessons.access import holds_claim
from app.lessons.models import Lesson
from app.people.directory import one_at_a_time
from app.people.models import Person
from app.responses.models import Thanks


class OwnLesson(Forbidden):
    code = "own_lesson"
    message = "This lesson is yours: others will thank you for it."


def may_thank(lesson: Lesson, person: Person, claim_code: str = "") -> bool:
    """Whether it is somebody else's lesson, as far as anybody knows, and no draft. Who holds the
    claim code is its author: their thanks would put their name beside it."""
    own = lesson.author_id == person.id or holds_claim(lesson, claim_code)
    return not own and not lesson.is_draft


def thank(
    session: Session, lesson: Lesson, *, by: Person, now: datetime, claim_code: str = ""
) -> None:
    """Thank whoever wrote it. Who has thanked already has, and nothing is recorded.

    Raises Invalid for a draft, OwnLesson for one's own.
    """
    if lesson.is_draft:
        raise Invalid("A draft is thanked for when it is posted.")
    if not may_thank(lesson, by, claim_code):
        raise OwnLesson
    one_at_a_time(session, by)
    if session.get(Thanks, (lesson.id, by.id)) is None:
        session.add(Thanks(lesson_id=lesson.id, person_id=by.id, at=now))
        record(session, "thanks.given", lesson.id, by=by.id, now=now, lesson_id=lesson.id)


def take_thanks_back(session: Session, lesson: Lesson, *, by: Person, now: datetime) -> None:
    """Undo `thank`; nothing happens where there was none."""
    one_at_a_time(session, by)
    given = session.get(Thanks, (lesson.id, by.id))
    if given is not None:
        session.delete(given)
        record(session, "thanks.taken_back", lesson.id, by=by.id, now=now, lesson_id=lesson.id)
