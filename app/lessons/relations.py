"""What a lesson says of older ones: that it happened again, or that it corrects them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from app.events.record import record
from app.kit.errors import Invalid
from app.kit.forms import Submitted
from app.lessons.access import Reader
from app.lessons.models import Lesson, LessonRelation, RelationKind

MOST_RELATIONS = 20
_FIELD = "relation."
_UNKNOWN = "One of the lessons that this one was to refer to is not there any more."


@dataclass(frozen=True, slots=True)
class Related:
    """A lesson that another refers to, or that refers to it. `kind` is said by the newer of the
    two; `newer` tells whether that is the one here."""

    lesson: Lesson
    kind: RelationKind
    newer: bool

    @property
    def in_words(self) -> str:
        """How the other lesson stands to the one that is being read."""
        if self.kind is RelationKind.RECURRENCE:
            return "It happened again" if self.newer else "It had happened before"
        return "Corrected by" if self.newer else "Corrects"


def relations_in(form: Submitted) -> dict[str, RelationKind]:
    """What a form says of other lessons, by their ids; "new" says nothing of them."""
    kinds = {kind.value: kind for kind in RelationKind}
    said = {
        name.removeprefix(_FIELD): form.text(name)
        for name in form.values
        if name.startswith(_FIELD)
    }
    return {other: kinds[word] for other, word in said.items() if word in kinds}


def relate(
    session: Session,
    lesson: Lesson,
    relations: Mapping[str, RelationKind],
    *,
    who: Reader,
    now: datetime,
) -> None:
    """Let `who` say of older lessons what `relations` holds, by their ids; what was said before
    stays.

    `now` is the moment that the act is dated with, a protected author's day. Raises Invalid for a
    lesson that `who` cannot read, and for more than `MOST_RELATIONS`.
    """
    if not relations:
        return
    if len(relations) > MOST_RELATIONS:
        raise Invalid(f"A lesson can refer to {MOST_RELATIONS} others at most.")
    found = session.exec(
        select(Lesson.id).where(col(Lesson.id).in_(relations), who.readable, Lesson.id != lesson.id)
    ).all()
    if len(found) < len(relations):
        raise Invalid(_UNKNOWN)
    said = {
        row.other_id: row
        for row in session.exec(select(LessonRelation).where(LessonRelation.lesson_id == lesson.id))
    }
    by = None if lesson.is_protected else who.person.id
    for other, kind in relations.items():
        row = said.get(other) or LessonRelation(lesson_id=lesson.id, other_id=other, kind=kind)
        if other in said and row.kind is kind:
            continue
        row.kind = kind
        session.add(row)
        record(
            session, "relation.made", lesson.id, by=by, now=now, other_id=other, relation=kind.value
        )
