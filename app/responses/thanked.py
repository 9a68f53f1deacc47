"""How often lessons were thanked for, as a part of a register (`app.lessons.register`)."""

import sqlalchemy as sa
from sqlmodel import col

from app.lessons.models import Lesson
from app.lessons.register import Part, part
from app.responses.models import Thanks


def thanks_among(condition: sa.ColumnElement[bool]) -> Part:
    """The part "thanks": how often the lessons of this condition were thanked for."""
    thanked = part("thanks")
    return (
        thanked.select_from(Thanks)
        .join(Lesson, col(Lesson.id) == Thanks.lesson_id)
        .where(condition)
    )
