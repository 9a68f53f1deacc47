"""What came of a lesson for programs: uses, recurrences, confirmations."""

from typing import Annotated

from fastapi import Body, Query, Response

from app.kit.api import Id, api_router, refusals
from app.kit.db import Db, Now
from app.lessons.access import readable_lesson
from app.lessons.api_shapes import Reads, Writes
from app.lessons.cards import standing_view
from app.lessons.models import LessonStanding
from app.uses.api_shapes import (
    ConfirmationView,
    LedgerView,
    PageAsked,
    RecurrencesView,
    RecurrenceView,
    UseChange,
    UseView,
    again_view,
    confirmation_view,
    ledger_view,
    recurrence_view,
    use_view,
)
from app.uses.confirmation import confirm, withdraw_confirmation
from app.uses.ledger import ledger, recurrences
from app.uses.ledger_question import PER_PAGE
from app.uses.recurrence import report_again, withdraw_again, withdrawable
from app.uses.report import change, changeable_use, report, withdraw
from app.uses.schemas import ConfirmationInput, RecurrenceInput, UseInput

_LESSON = "/lessons/{lesson_id}"
_USE = {
    "measured": {
        "summary": "With a measure",
        "value": {
            "manner": "adapted",
            "result": "better",
            "note": "We warmed the parts to 18 °C instead.",
            "measure": "Loose screws found",
            "before": 9,
            "after": "0,5",
            "unit": "of 60",
        },
    }
}
_AGAIN = {"one": {"value": {"broke": "not_found", "cost": "two days", "note": "Same housing."}}}

router = api_router("uses")


@router.post(f"{_LESSON}/uses", status_code=201, responses=refusals(404, 409, body=True))
def report_use(
    db: Db,
    now: Now,
    who: Writes,
    lesson_id: Id,
    use: Annotated[UseInput, Body(openapi_examples=_USE)],
) -> UseView:
    """Report that a team used a lesson, or decided not to; the same said twice is one use."""
    lesson = readable_lesson(db, lesson_id, who)
    return use_view(db, report(db, lesson, use, by=who.person, now=now))


@router.get(f"{_LESSON}/uses", responses=refusals(404))
def list_uses(
    db: Db, who: Reads, lesson_id: Id, asked: Annotated[PageAsked, Query()]
) -> LedgerView:
    """What came of a lesson: its uses, recurrences, confirmations, and their sum."""
    lesson = readable_lesson(db, lesson_id, who)
    standing = standing_view(db.get(LessonStanding, lesson.id))
    return ledger_view(ledger(db, lesson, who, page=asked.page), standing, asked.page)


@router.patch(f"{_LESSON}/uses/{{use_id}}", responses=refusals(404, 409, body=True))
def change_use(
    db: Db, now: Now, who: Writes, lesson_id: Id, use_id: Id, changed: UseChange
) -> UseView:
    """Change parts of a use; what is left out stays. For who reported it, and its team."""
    lesson = readable_lesson(db, lesson_id, who)
    use = changeable_use(db, lesson, use_id, who)
    content = changed.applied_to(use)
    return use_view(db, change(db, lesson, use, content, by=who.person, now=now))


@router.delete(f"{_LESSON}/uses/{{use_id}}", status_code=204, responses=refusals(404))
def withdraw_use(db: Db, now: Now, who: Writes, lesson_id: Id, use_id: Id) -> Response:
    """Withdraw a use. For who reported it, and its team."""
    lesson = readable_lesson(db, lesson_id, who)
    withdraw(db, lesson, changeable_use(db, lesson, use_id, who), by=who.person, now=now)
    return Response(status_code=204)


@router.post(f"{_LESSON}/recurrences", status_code=201, responses=refusals(404, 409, body=True))
def report_recurrence(
    db: Db,
    now: Now,
    who: Writes,
    lesson_id: Id,
    again: Annotated[RecurrenceInput, Body(openapi_examples=_AGAIN)],
) -> RecurrenceView:
    """Report that it happened again, and where the chain broke; the same said twice is one."""
    lesson = readable_lesson(db, lesson_id, who)
    return recurrence_view(db, report_again(db, lesson, again, by=who.person, now=now))


@router.get(f"{_LESSON}/recurrences", responses=refusals(404))
def list_recurrences(
    db: Db, who: Reads, lesson_id: Id, asked: Annotated[PageAsked, Query()]
) -> RecurrencesView:
    """What happened again, the last reported first."""
    found, total = recurrences(db, readable_lesson(db, lesson_id, who), who, page=asked.page)
    rows = [again_view(again) for again in found]
    return RecurrencesView(total=total, page=asked.page, per_page=PER_PAGE, recurrences=rows)


@router.delete(f"{_LESSON}/recurrences/{{recurrence_id}}", status_code=204, responses=refusals(404))
def withdraw_recurrence(
    db: Db, now: Now, who: Writes, lesson_id: Id, recurrence_id: Id
) -> Response:
    """Withdraw a recurrence. For who reported it, and its team."""
    lesson = readable_lesson(db, lesson_id, who)
    row = withdrawable(db, lesson, recurrence_id, who)
    withdraw_again(db, lesson, row, by=who.person, now=now)
    return Response(status_code=204)


@router.post(f"{_LESSON}/confirmations", status_code=201, responses=refusals(404, 409, body=True))
def confirm_lesson(
    db: Db, now: Now, who: Writes, lesson_id: Id, said: ConfirmationInput
) -> ConfirmationView:
    """Say that a lesson still holds; said again, the last time counts."""
    lesson = readable_lesson(db, lesson_id, who)
    return confirmation_view(db, confirm(db, lesson, said, by=who.person, now=now))


@router.delete(f"{_LESSON}/confirmations", status_code=204, responses=refusals(404))
def withdraw_own_confirmation(db: Db, now: Now, who: Writes, lesson_id: Id) -> Response:
    """Take your own confirmation back; nothing happens where there was none."""
    lesson = readable_lesson(db, lesson_id, who)
    withdraw_confirmation(db, lesson, by=who.person, now=now)
    return Response(status_code=204)
