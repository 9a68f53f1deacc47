"""“Still holds”: confirming a lesson, and taking that back."""

from datetime import datetime

from sqlmodel import Session

from app.events.record import record
from app.lessons.models import Lesson
from app.lessons.revise import RetiredAlready
from app.people.models import Person
from app.uses.models import Confirmation
from app.uses.naming import refuse_to_name
from app.uses.schemas import ConfirmationInput
from app.uses.standing import hold, settle


def confirm(
    session: Session,
    lesson: Lesson,
    content: ConfirmationInput,
    *,
    by: Person,
    now: datetime,
    claim_code: str = "",
) -> Confirmation:
    """Say that a lesson still holds; said again another day, the last time counts. Said again on
    the same day in the same words, nothing is recorded.

    Raises Invalid for a draft, RetiredAlready, NamedAsAuthor for whoever holds the claim code.
    """
    refuse_to_name(lesson, claim_code)
    if lesson.is_retired:
        raise RetiredAlready
    hold(session, [lesson.id])
    given = session.get(Confirmation, (lesson.id, by.id))
    if given and given.at.date() == now.date() and given.note == content.note:
        return given
    given = given or Confirmation(lesson_id=lesson.id, person_id=by.id, at=now)
    given.note, given.at = content.note, now
    session.add(given)
    record(session, "confirmation.given", lesson.id, by=by.id, now=now, lesson_id=lesson.id)
    settle(session, [lesson.id], now=now)
    return given


def withdraw_confirmation(session: Session, lesson: Lesson, *, by: Person, now: datetime) -> None:
    """Undo `confirm`; nothing happens where there was none."""
    hold(session, [lesson.id])
    given = session.get(Confirmation, (lesson.id, by.id))
    if given is None:
        return
    session.delete(given)
    record(session, "confirmation.withdrawn", lesson.id, by=by.id, now=now, lesson_id=lesson.id)
    settle(session, [lesson.id], now=now)
