"""How often lessons were used by others, as a part of a register (`app.lessons.register`)."""

import sqlalchemy as sa
from sqlmodel import col

from app.lessons.models import Lesson, LessonStanding
from app.lessons.register import Part


def uses_among(condition: sa.ColumnElement[bool]) -> Part:
    """The part "used": by how many other teams the lessons of this condition were used, a team once
    for each lesson, and under the id "better" for how many of these they made things better."""
    standing = sa.join(LessonStanding, Lesson, col(Lesson.id) == LessonStanding.lesson_id)
    both = sa.union_all(
        *(
            sa.select(sa.literal(name, sa.String).label("id"), sa.func.sum(number).label("number"))
            .select_from(standing)
            .where(condition)
            for name, number in (
                ("", col(LessonStanding.reach)),
                ("better", col(LessonStanding.better)),
            )
        )
    ).subquery()
    return sa.select(
        sa.literal("used", sa.String).label("what"),
        both.c.id,
        sa.literal("", sa.String).label("name"),
        both.c.number,
    ).where(both.c.number > 0)
