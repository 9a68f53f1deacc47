"""What a brief says of a lesson that was retired since: why, and what corrects it."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from app.briefs.said import first_sentence
from app.lessons.access import Reader
from app.lessons.models import Lesson, LessonRelation, RelationKind, Retirement, State


def retired_in_words(retirement: Retirement | None) -> str:
    """`Retired since: obsolete. We have no roofs any more`, without the last full stop."""
    if retirement is None:
        return "Retired since"
    note = first_sentence(retirement.note).rstrip(".")
    return f"Retired since: {retirement.reason.value}" + (f". {note}" if note else "")


def corrected_by(session: Session, ids: Sequence[str], who: Reader) -> dict[str, tuple[str, str]]:
    """The newest lesson in use that says that it corrects each of these, as (id, title)."""
    if not ids:
        return {}
    newer = (
        sa.select(col(LessonRelation.other_id), col(Lesson.id), col(Lesson.title))
        .join(Lesson, col(Lesson.id) == LessonRelation.lesson_id)
        .where(
            col(LessonRelation.other_id).in_(ids),
            col(LessonRelation.kind) == RelationKind.CORRECTS,
            col(Lesson.state) != State.RETIRED,
            who.readable,
        )
        .order_by(col(Lesson.posted_at))
    )
    return {other: (i, title) for other, i, title in session.connection().execute(newer)}
