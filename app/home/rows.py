"""A lesson in a section of the first page, with what may be the reason that it is there: the
columns that all parts of the one question have."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from app.lessons.models import Lesson, State

IN_USE = col(Lesson.state) != State.RETIRED
_REASONS: dict[str, sa.types.TypeEngine[Any]] = {
    "followed": sa.String(),
    "team": sa.String(),
    "topic": sa.String(),
    "thanked": sa.Integer(),
    "reach": sa.Integer(),
    "better": sa.Integer(),
    "manner": sa.String(),
    "result": sa.String(),
}


def placed(section: str, **reasons: Any) -> sa.Select[Any]:
    """A lesson of a section; the reasons that are not given are empty."""
    return sa.select(
        sa.literal(section).label("section"),
        col(Lesson.id).label("id"),
        *(
            (
                sa.type_coerce(reasons[name], kind) if name in reasons else sa.cast(sa.null(), kind)
            ).label(name)
            for name, kind in _REASONS.items()
        ),
    )


def reasons_of(part: sa.Subquery) -> list[sa.ColumnElement[Any]]:
    """The columns of a row that was asked within a question."""
    return [part.c[name] for name in ("section", "id", *_REASONS)]
