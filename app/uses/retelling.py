"""A newer lesson that says of an older one that it happened again is a recurrence on it."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from app.kit.forms import Submitted, checked
from app.lessons.models import Lesson, LessonRelation, RelationKind
from app.people.models import Person
from app.uses.models import Recurrence
from app.uses.recurrence import report_again, withdraw_again
from app.uses.schemas import RecurrenceInput

_FIELDS = ("broke", "cost")


def retold_in(form: Submitted) -> dict[str, RecurrenceInput]:
    """What a form says of the recurrences on older lessons, by their ids: fields
    `recurrence.ID.broke` and `recurrence.ID.cost`. What cannot be taken is left out: the lesson
    that is posted matters more."""
    ids = {name.split(".")[1] for name in form.values if name.startswith("recurrence.")}
    said = {}
    for other in ids:
        fields = {field: form.text(f"recurrence.{other}.{field}") for field in _FIELDS}
        again, _ = checked(RecurrenceInput, fields | {"cost": fields["cost"][:300]})
        if again:
            said[other] = again
    return said


def retell(
    session: Session,
    lesson: Lesson,
    details: Mapping[str, RecurrenceInput],
    *,
    by: Person,
    now: datetime,
) -> None:
    """Let the recurrences that this posted lesson tells of be those of its relations; `details`
    say more of some, by the older lesson's id. A draft tells nobody anything."""
    if lesson.is_draft:
        return
    session.flush()
    related = session.exec(
        select(Lesson, LessonRelation.kind)
        .join(LessonRelation, col(LessonRelation.other_id) == Lesson.id)
        .where(LessonRelation.lesson_id == lesson.id)
        .order_by(col(Lesson.id))
    ).all()
    told = session.exec(select(Recurrence).where(Recurrence.newer_id == lesson.id)).all()
    known = {row.lesson_id: row for row in told}
    for older, kind in related:
        if kind is RelationKind.RECURRENCE:
            if older.id in known and older.id not in details:
                continue
            said = details.get(older.id, RecurrenceInput())
            said = said.model_copy(update={"happened_on": lesson.occurred_on})
            report_again(session, older, said, by=by, now=now, newer=lesson)
        elif older.id in known:
            withdraw_again(session, older, known[older.id], by=by, now=now)
