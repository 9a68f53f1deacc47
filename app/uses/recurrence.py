"""“It happened again”: reporting it on the old lesson, and withdrawing it."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app.events.record import record
from app.kit.clock import day_floor
from app.kit.errors import Invalid, NotFound
from app.lessons.access import Reader
from app.lessons.models import Lesson
from app.people.models import Person
from app.uses.models import Recurrence
from app.uses.naming import NotYourReport, not_to_come, own_team_called, refuse_to_name
from app.uses.schemas import RecurrenceInput
from app.uses.standing import hold, settle

_SAY_SOMETHING = "Say where the chain broke, what it cost, or a sentence about it."


def report_again(
    session: Session,
    lesson: Lesson,
    again: RecurrenceInput,
    *,
    by: Person,
    now: datetime,
    newer: Lesson | None = None,
    claim_code: str = "",
) -> Recurrence:
    """Report that what `lesson` tells of happened again. `newer` is the lesson that was written
    about it: each has one recurrence on an older lesson, and what is said last stands. The same
    said twice is one.

    Where the newer lesson's author is protected, nobody reported it, on that day. Raises Invalid
    for a draft, a day to come and where nothing is said; NamedAsAuthor for whoever holds the claim
    code of `lesson`.
    """
    refuse_to_name(lesson, claim_code)
    hold(session, [lesson.id])
    facts = _facts(session, again, by, now, newer)
    hidden = newer is not None and newer.is_protected
    at = day_floor(now) if hidden else now
    known = _said_before(session, lesson, facts, newer, by)
    if known is not None:
        if all(getattr(known, name) == value for name, value in facts.items()):
            return known
        known.sqlmodel_update(facts)
    row = known or Recurrence(
        lesson_id=lesson.id,
        newer_id=newer.id if newer else None,
        by_id=None if hidden else by.id,
        reported_at=at,
        **facts,
    )
    session.add(row)
    _record(session, "recurrence.reported" if known is None else "recurrence.changed", row, at, by)
    settle(session, [lesson.id], now=at)
    return row


def withdrawable(session: Session, lesson: Lesson, recurrence_id: str, who: Reader) -> Recurrence:
    """The recurrence on this lesson by id, if `who` reported it or speaks for its team. One that a
    newer lesson tells of goes when that lesson says otherwise. It stays as it is for the
    transaction. Raises NotFound, NotYourReport."""
    hold(session, [lesson.id])
    row = session.get(Recurrence, recurrence_id)
    if row is None or row.lesson_id != lesson.id:
        raise NotFound
    if not may_withdraw(row.newer_id, row.by_id, row.team_id, who):
        raise NotYourReport
    return row


def may_withdraw(newer_id: str | None, by_id: str | None, team_id: str | None, who: Reader) -> bool:
    """Whether `who` may withdraw a recurrence with these facts."""
    return newer_id is None and (by_id == who.person.id or team_id in who.teams)


def withdraw_again(
    session: Session, lesson: Lesson, row: Recurrence, *, by: Person, now: datetime
) -> None:
    """Erase a recurrence."""
    session.delete(row)
    hidden = row.newer_id is not None and row.by_id is None
    at = day_floor(now) if hidden else now
    _record(session, "recurrence.withdrawn", row, at, None if hidden else by)
    settle(session, [lesson.id], now=at)


def _facts(
    session: Session, again: RecurrenceInput, by: Person, now: datetime, newer: Lesson | None
) -> dict[str, Any]:
    if newer is not None:  # whose day and team these are, as they were said there
        return again.model_dump(exclude={"team"}) | {"team_id": newer.team_id}
    wrong = not_to_come("happened_on", again.happened_on, now)
    if not (again.broke or again.cost or again.note):
        wrong["broke"] = _SAY_SOMETHING
    if wrong:
        raise Invalid(fields=wrong)
    team = own_team_called(session, again.team, by)
    return again.model_dump(exclude={"team"}) | {"team_id": team.id if team else None}


def _said_before(
    session: Session, lesson: Lesson, facts: dict[str, Any], newer: Lesson | None, by: Person
) -> Recurrence | None:
    of_lesson = select(Recurrence).where(Recurrence.lesson_id == lesson.id)
    if newer is not None:
        return session.exec(of_lesson.where(Recurrence.newer_id == newer.id)).first()
    same = [getattr(Recurrence, name) == value for name, value in facts.items()]
    mine = of_lesson.where(Recurrence.by_id == by.id, col(Recurrence.newer_id).is_(None), *same)
    return session.exec(mine).first()


def _record(session: Session, kind: str, row: Recurrence, at: datetime, by: Person | None) -> None:
    record(
        session,
        kind,
        row.id,
        by=by.id if by and row.by_id else None,
        now=at,
        lesson_id=row.lesson_id,
        newer_id=row.newer_id,
        team_id=row.team_id,
        broke=row.broke.value if row.broke else None,
    )
