"""The one question behind a ledger, made of parts that have the same columns."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from app.kit.db import several
from app.people.models import Person, Team
from app.uses.models import Confirmation, Manner, Recurrence, Use
from app.uses.shared import Newer, counted, with_both

#: So many uses stand on a page, and so many recurrences and confirmations beside them.
PER_PAGE, MOST_BESIDE = 20, 20
_COLUMNS: dict[str, sa.types.TypeEngine[Any]] = {
    "id": sa.String(),
    "team_id": sa.String(),
    "team": sa.String(),
    "by_id": sa.String(),
    "by": sa.String(),
    "own_team": sa.Boolean(),
    "manner": sa.String(),
    "result": sa.String(),
    "day": Use.__table__.c.used_on.type,  # type: ignore[attr-defined]
    "at": Use.__table__.c.reported_at.type,  # type: ignore[attr-defined]
    "work": sa.String(),
    "note": sa.String(),
    "measure": sa.String(),
    "unit": sa.String(),
    "before": sa.Float(),
    "after": sa.Float(),
    "source": sa.String(),
    "number": sa.Integer(),
    "other_id": sa.String(),
    "other": sa.String(),
}
_LESSON: sa.BindParameter[str] = sa.bindparam("lesson")
_USED = (col(Use.lesson_id) == _LESSON, col(Use.manner) != Manner.REJECTED)


def _part(what: str, **given: Any) -> sa.Select[Any]:
    """The columns of a part of the ledger, empty where nothing is given."""
    return sa.select(
        sa.literal(what, sa.String()).label("what"),
        *(
            (
                sa.type_coerce(given[name], kind) if name in given else sa.cast(sa.null(), kind)
            ).label(name)
            for name, kind in _COLUMNS.items()
        ),
    )


def _uses() -> sa.Select[Any]:
    plain = {
        name: col(getattr(Use, name))
        for name in _COLUMNS
        if name in Use.model_fields and name != "day"
    }
    more = {"team": Team.name, "by": Person.name, "day": Use.used_on, "at": Use.reported_at}
    return (
        _part("use", **plain, **more, other_id=Use.brief_id)
        .join_from(Use, Person, col(Person.id) == Use.by_id)
        .outerjoin(Team, col(Team.id) == Use.team_id)
        .where(col(Use.lesson_id) == _LESSON)
        .order_by(col(Use.used_on).desc(), col(Use.reported_at).desc(), col(Use.id).desc())
        .limit(PER_PAGE)
        .offset(sa.bindparam("skipped", type_=sa.Integer()))
    )


def _recurrences() -> sa.Select[Any]:
    both: sa.Select[Any] = with_both(
        _part(
            "again",
            id=Recurrence.id,
            team_id=Recurrence.team_id,
            team=Team.name,
            by_id=Recurrence.by_id,
            by=Person.name,
            manner=Recurrence.broke,
            day=Recurrence.happened_on,
            at=Recurrence.reported_at,
            work=Recurrence.cost,
            note=Recurrence.note,
            other_id=Recurrence.newer_id,
            other=Newer.title,
        ).select_from(Recurrence)
    )
    return (
        both.outerjoin(Person, col(Person.id) == Recurrence.by_id)
        .outerjoin(Team, col(Team.id) == Recurrence.team_id)
        .where(col(Recurrence.lesson_id) == _LESSON, counted())
        .order_by(col(Recurrence.reported_at).desc(), col(Recurrence.id).desc())
    )


def _confirmations() -> sa.Select[Any]:
    by = Confirmation.person_id
    return (
        _part(
            "confirmed", id=by, by_id=by, by=Person.name, at=Confirmation.at, note=Confirmation.note
        )
        .join_from(Confirmation, Person, col(Person.id) == by)
        .where(col(Confirmation.lesson_id) == _LESSON)
    )


def _totals() -> tuple[sa.Select[Any], sa.Select[Any]]:
    total = _part("total", number=sa.func.count()).select_from(Use)
    teams = (
        _part("team", team_id=Team.id, team=Team.name, number=sa.func.count())
        .join_from(Use, Team, col(Team.id) == Use.team_id)
        .where(*_USED)
        .group_by(col(Team.id), col(Team.name))
    )
    return total.where(col(Use.lesson_id) == _LESSON), teams


def _my_teams() -> sa.Select[Any]:
    mine = col(Team.id).in_(several("teams"))
    return _part("mine", team_id=Team.id, team=Team.name).select_from(Team).where(mine)


_PARTS = (_uses(), _recurrences().limit(MOST_BESIDE), _confirmations(), *_totals(), _my_teams())
# Said once: to make a question again each time costs more than to ask it.
EVERYTHING = sa.union_all(*(sa.select(part.subquery()) for part in _PARTS))
#: A page of the recurrences alone, and how many there are.
RECURRENCES = _recurrences().limit(PER_PAGE).offset(sa.bindparam("skipped", type_=sa.Integer()))
MANY_RECURRENCES = sa.select(sa.func.count()).select_from(_recurrences().order_by(None).subquery())
