"""What came of lessons, summed up: made anew from what was reported, never counted on."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select

from app.events.record import record
from app.lessons.models import Lesson, LessonStanding
from app.uses.models import Confirmation, Recurrence, Use
from app.uses.shared import counted, with_both
from app.uses.summing import NOTHING, UNCOUNTED, sums
from app.uses.wording import flagged_at

Row = TypeVar("Row", Use, Recurrence)


def hold(session: Session, lesson_ids: Iterable[str]) -> None:
    """Wait for whoever says what came of these lessons at this moment: what was sent twice at once
    is then seen to be there, and nobody sums up without the other's report."""
    rows = select(Lesson.id).where(col(Lesson.id).in_(sorted(set(lesson_ids))))
    session.exec(rows.order_by(col(Lesson.id)).with_for_update(key_share=True)).all()


def standings_of(session: Session, lesson_ids: Collection[str]) -> dict[str, LessonStanding]:
    """The standings of those of the lessons that anything came of, by lesson."""
    if not lesson_ids:
        return {}
    asked = select(LessonStanding).where(col(LessonStanding.lesson_id).in_(lesson_ids))
    return {row.lesson_id: row for row in session.exec(asked)}


def settle(session: Session, lesson_ids: Iterable[str], *, now: datetime) -> list[str]:
    """Sum up anew what came of these lessons, in a number of questions that does not grow with
    theirs; returns those whose standing changed.

    A lesson whose wording begins to wait for mending is recorded as flagged at `now`: the day of
    an act that a protected author may have begun.
    """
    ids = sorted(set(lesson_ids))
    if not ids:
        return []
    session.flush()
    hold(session, ids)
    before = standings_of(session, ids)
    changed = []
    for lesson_id, facts in _summed_up(session, ids).items():
        row = before.get(lesson_id)
        if facts == (row.model_dump(exclude=UNCOUNTED) if row else NOTHING):
            continue
        flagged = facts["rewrite_since"] and not (row and row.rewrite_since)
        row = row or LessonStanding(lesson_id=lesson_id, revision=0)
        row.sqlmodel_update(facts | {"revision": row.revision + 1})
        session.add(row)
        changed.append(lesson_id)
        if flagged:
            record(session, "lesson.flagged", lesson_id, by=None, now=now, lesson_id=lesson_id)
    return changed


def _summed_up(session: Session, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    uses = _by_lesson(session.exec(select(Use).where(col(Use.lesson_id).in_(ids))))
    counting = with_both(select(Recurrence)).where(col(Recurrence.lesson_id).in_(ids), counted())
    again = _by_lesson(session.exec(counting))
    confirmed, flags = _last_confirmed(session, ids), flagged_at(session, again)
    return {
        lesson_id: NOTHING
        | sums(uses.get(lesson_id, []), again.get(lesson_id, []), confirmed.get(lesson_id))
        | {"rewrite_since": flags.get(lesson_id)}
        for lesson_id in ids
    }


def _by_lesson(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.lesson_id, []).append(row)
    return found


def _last_confirmed(session: Session, ids: Sequence[str]) -> dict[str, date]:
    last = sa.func.max(col(Confirmation.at))
    asked = sa.select(col(Confirmation.lesson_id), last).where(col(Confirmation.lesson_id).in_(ids))
    rows = session.connection().execute(asked.group_by(col(Confirmation.lesson_id)))
    return {lesson_id: moment.date() for lesson_id, moment in rows}
