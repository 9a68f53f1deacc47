"""What stands beside a lesson: those that it speaks of or that speak of it, and those like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from app.kit.db import several
from app.lessons.access import Reader, shared_with_teams
from app.lessons.models import Lesson, LessonRelation, RelationKind, State
from app.lessons.relations import Related

MOST_ALIKE = 4


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`corrections` say that this lesson is wrong somewhere, `related` are all other relations,
    newest first; `alike` are at most `MOST_ALIKE` others in use, the likest first."""

    corrections: Sequence[Related]
    related: Sequence[Related]
    alike: Sequence[Lesson]


def _beside() -> sa.CompoundSelect[Any]:
    said: sa.Label[RelationKind] = col(LessonRelation.kind).label("kind")
    lesson: sa.BindParameter[str] = sa.bindparam("lesson")
    return sa.union_all(
        sa.select(col(LessonRelation.other_id).label("id"), said, sa.false().label("newer")).where(
            col(LessonRelation.lesson_id) == lesson
        ),
        sa.select(col(LessonRelation.lesson_id), said, sa.true()).where(
            col(LessonRelation.other_id) == lesson
        ),
        sa.select(col(Lesson.id), sa.null(), sa.false()).where(col(Lesson.id).in_(several("ids"))),
    )


_BESIDE = _beside().subquery()
# Said once: to make a question again each time costs more than to ask it.
_NEIGHBOURS = (
    select(Lesson, _BESIDE.c.kind, _BESIDE.c.newer)
    .join(_BESIDE, _BESIDE.c.id == col(Lesson.id))
    .where(shared_with_teams(several("teams")))
    .options(load_only(Lesson.id, Lesson.kind, Lesson.title, Lesson.state, Lesson.posted_at))  # type: ignore[arg-type]
    .order_by(col(Lesson.posted_at).desc(), col(Lesson.id))
)


def neighbours(
    session: Session, lesson: Lesson, who: Reader, ids_alike: Sequence[str]
) -> Neighbours:
    """The neighbours that `who` can read, in one question. Of `ids_alike` those that are related or
    retired are left out."""
    given = {"lesson": lesson.id, "ids": list(ids_alike), "teams": list(who.teams)}
    related: list[Related] = []
    alike: dict[str, Lesson] = {}
    for found, kind, newer in session.exec(_NEIGHBOURS, params=given):
        if kind is not None:
            related.append(Related(found, RelationKind(kind), newer=bool(newer)))
        elif found.state is not State.RETIRED:
            alike[found.id] = found
    for said in related:
        alike.pop(said.lesson.id, None)
    corrections = [r for r in related if r.newer and r.kind is RelationKind.CORRECTS]
    likest = [alike[lesson_id] for lesson_id in ids_alike if lesson_id in alike]
    return Neighbours(
        corrections, [r for r in related if r not in corrections], likest[:MOST_ALIKE]
    )
