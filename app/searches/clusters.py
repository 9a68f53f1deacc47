"""What is wanted: what people asked for and looked for in vain, brought together by what it is
about (decision 0011).

Everybody sees what somebody asked for, or what two people looked for; what one person alone looked
for, that person sees.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from app.kit.errors import NotFound
from app.lessons.access import Reader
from app.lessons.found import Named
from app.lessons.models import Lesson, State
from app.searches.keys import key_of
from app.searches.models import Miss, MissedBy, Want


class Answering(Named):
    """The lesson that answers what was wanted."""

    __slots__ = ()

    @property
    def url(self) -> str:
        return f"/lessons/{self.id}"

    @property
    def title(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Wanted:
    """A lesson that people want: the words of whoever asked first, or the commonest ones of those
    who looked; how many ask for it and how often it was looked for, in searches and for briefs;
    since when; whether this person asks for it, and whether others see it at all. `lesson` is the
    one that answers it, if they may read one."""

    id: str
    key: str
    words: str
    people: int
    looked: int
    briefed: int
    since: date
    mine: bool
    shown: bool
    lesson: Answering | None = None

    @property
    def url(self) -> str:
        return f"/wanted/{self.id}"


def wanted(
    session: Session,
    who: Reader,
    *,
    answered: bool = False,
    keys: Collection[str] | None = None,
    but: Collection[str] = (),
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[Wanted], int]:
    """What everybody sees wanted and not answered, most wanted first; or what is answered, the last
    first. Only that with one of `keys`, where they are given; without those in `but`. An answer
    counts for whoever may read it. One question to the database."""
    found = _together(who)
    c = found.c
    conditions = [c.shown == 1, c.lesson_id.is_not(None) if answered else c.lesson_id.is_(None)]
    conditions += [c.key.in_(keys)] if keys is not None else []
    conditions += [c.key.not_in(but)] if but else []
    most = [(c.people + c.looked).desc(), c.since.desc()]
    order = [*(most[1:] if answered else most), c.id]
    rows = _rows(session, found, conditions, order, offset, limit)
    return [_wanted(row) for row in rows], rows[0].total if rows else 0


def looked_alone(session: Session, who: Reader, *, limit: int = 20) -> list[Wanted]:
    """What only this person looked for in vain, the last first."""
    found = _together(who)
    conditions = [found.c.shown == 0, found.c.lesson_id.is_(None)]
    order = [found.c.since.desc(), found.c.id]
    return [_wanted(row) for row in _rows(session, found, conditions, order, 0, limit)]


def the_wanted(session: Session, want_id: str, who: Reader) -> Wanted:
    """What is wanted, by the id of anybody's asking or looking for it. Raises NotFound, also for
    what somebody else alone looked for."""
    found = _together(who, key_by_id(want_id))
    rows = _rows(session, found, [], [found.c.id], 0, 1)
    if not rows:
        raise NotFound
    return _wanted(rows[0])


def wanted_alike(session: Session, who: Reader, words: str) -> Wanted | None:
    """What is wanted in these words, or others for the same, if anybody asked for it or this person
    looked for it. In two questions."""
    found = _together(who, sa.literal(key_of(session, words)))
    rows = _rows(session, found, [], [found.c.id], 0, 1)
    return _wanted(rows[0]) if rows else None


def still_open(session: Session, who: Reader) -> list[Wanted]:
    """Everything that is not answered, also what one person alone looked for of late: for those
    who look whether it can be closed, never to be shown."""
    found = _together(who, alone=True)
    rows = _rows(session, found, [found.c.lesson_id.is_(None)], [found.c.key], 0, None)
    return [_wanted(row) for row in rows]


def key_by_id(want_id: str) -> sa.ScalarSelect[Any]:
    """The key of a want or a miss."""
    asked = sa.select(col(Want.key)).where(col(Want.id) == want_id)
    looked = sa.select(col(Miss.key)).where(col(Miss.id) == want_id)
    return sa.union_all(asked, looked).limit(1).scalar_subquery()


def ids_of(key: str) -> sa.CompoundSelect[Any]:
    """The ids of all wants and misses of a key."""
    asked = sa.select(col(Want.id)).where(col(Want.key) == key)
    return sa.union_all(asked, sa.select(col(Miss.id)).where(col(Miss.key) == key))


def _rows(
    session: Session,
    found: sa.Subquery,
    conditions: Any,
    order: Any,
    offset: int,
    limit: int | None,
) -> Sequence[Any]:
    answer = sa.outerjoin(found, Lesson, col(Lesson.id) == found.c.lesson_id)
    rows = (
        sa.select(found, col(Lesson.title), sa.func.count().over().label("total"))
        .select_from(answer)
        .where(found.c.place == 1, *conditions)
        .order_by(*order)
        .offset(offset)
        .limit(limit)
    )
    return session.connection().execute(rows).all()


def _wanted(row: Any) -> Wanted:
    lesson = Answering(row.lesson_id, row.title) if row.lesson_id else None
    counts = row.people, row.looked, row.briefed
    mine, shown = bool(row.mine), bool(row.shown)
    return Wanted(row.id, row.key, row.words, *counts, row.since.date(), mine, shown, lesson)


def _said(who: Reader, key: sa.ColumnElement[Any] | None, *, alone: bool) -> sa.Subquery:
    """Everything that was asked for, and looked for as far as this person may know of it; with
    `alone`, as far as it is known who looked."""
    me, zero, one = who.person.id, sa.literal(0), sa.literal(1)
    shown = sa.case((col(Miss.shown), 1), else_=0)
    for_brief = sa.case((col(Miss.source) == MissedBy.BRIEF, shown), else_=0)
    whose = col(Miss.person_id).is_not(None) if alone else col(Miss.person_id) == me
    own = sa.case((col(Want.person_id) == me, 1), else_=0)
    wants = _facts(Want, Want.wanted_at, asked=one, looked=zero, briefed=zero, shown=one, mine=own)
    misses = _facts(
        Miss, Miss.at, asked=zero, looked=shown, briefed=for_brief, shown=shown, mine=zero
    ).where(sa.or_(col(Miss.shown), whose))
    if key is not None:
        wants, misses = wants.where(col(Want.key) == key), misses.where(col(Miss.key) == key)
    return sa.union_all(wants, misses).subquery()


def _facts(table: Any, at: Any, **counts: Any) -> sa.Select[Any]:
    columns: list[Any] = [col(table.id), col(table.key), col(table.words), col(table.lesson_id)]
    columns += [col(at).label("at"), *(count.label(name) for name, count in counts.items())]
    return sa.select(*columns)


def _together(
    who: Reader, key: sa.ColumnElement[Any] | None = None, *, alone: bool = False
) -> sa.Subquery:
    """What is of one key as one row, at `place` 1."""
    said = _said(who, key, alone=alone)
    alike = sa.func.count().over(partition_by=[said.c.key, said.c.asked, said.c.words])
    each = sa.select(*said.c, alike.label("alike")).subquery().c
    readable = sa.select(col(Lesson.id)).where(who.readable, col(Lesson.state) != State.RETIRED)
    answer = sa.case((each.lesson_id.in_(readable), each.lesson_id))
    same: dict[str, Any] = {"partition_by": each.key}
    first = [each.asked.desc(), each.shown.desc(), each.at, each.id]
    commonest = [
        *(each.asked.desc(), each.shown.desc()),
        *(sa.case((each.asked == 1, 0), else_=-each.alike), each.at, each.id),
    ]
    return sa.select(
        each.key,
        each.words,
        sa.func.first_value(each.id).over(**same, order_by=first).label("id"),
        sa.func.sum(each.asked).over(**same).label("people"),
        sa.func.sum(each.looked).over(**same).label("looked"),
        sa.func.sum(each.briefed).over(**same).label("briefed"),
        sa.func.min(each.at).over(**same).label("since"),
        sa.func.max(each.mine).over(**same).label("mine"),
        sa.func.max(each.shown).over(**same).label("shown"),
        sa.func.max(answer).over(**same).label("lesson_id"),
        sa.func.row_number().over(**same, order_by=commonest).label("place"),
    ).subquery()
