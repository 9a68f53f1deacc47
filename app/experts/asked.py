"""Who was asked to write down what is wanted, by whom; and whom one can ask.

One can ask those who may know, by what carries their name, and who is in a team whose lessons one
reads: so who does not want to be listed is asked by their own teams alone.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from app.experts.knowing import Knows
from app.experts.models import Assigned
from app.lessons.access import Reader
from app.people.models import Membership, Person

#: So many of those who know are offered.
MOST_KNOWN = 5
_MOST_MATES = 60
_AT = Assigned.__table__.c.at.type  # type: ignore[attr-defined]


class Asked(NamedTuple):
    """Who was asked to write it, by whom, since when."""

    person_id: str
    name: str
    by_id: str
    by_name: str
    at: datetime


class Candidate(NamedTuple):
    """Somebody who can be asked, and why: what they know of it, or nothing for who is near."""

    id: str
    name: str
    why: str


class Asking(NamedTuple):
    """Around what is wanted: who was asked, and who of one's own teams can be."""

    asked: list[Asked]
    mates: list[Candidate]


def asking(session: Session, who: Reader, key: str) -> Asking:
    """Who was asked to write what has this key, the first asked first, and who else is in one's own
    teams, by name. One question."""
    mates = team_mates(who).limit(_MOST_MATES).subquery().c
    nobody, never = sa.null(), sa.type_coerce(sa.null(), _AT)
    near: list[Any] = [mates.id, mates.name, sa.cast(nobody, sa.String), sa.cast(nobody, sa.String)]
    asked: sa.CompoundSelect[Any] = sa.union_all(_asked(key), sa.select(*near, never))
    rows = session.connection().execute(asked).all()
    found = sorted((Asked(*row) for row in rows if row[2]), key=lambda one: (one.at, one.name))
    others = [Candidate(row[0], row[1], "") for row in rows if not row[2]]
    return Asking(found, sorted(others, key=lambda one: (one.name.casefold(), one.id)))


def who_asked(session: Session, person: Person) -> dict[str, str]:
    """Who asked this person, by name, by the key of what is to be written."""
    rows = session.exec(
        select(Assigned.key, Person.name)
        .join(Person, col(Person.id) == Assigned.by_id)
        .where(Assigned.person_id == person.id)
    )
    return dict(rows.all())


def may_be_asked(who: Reader, known: Iterable[Knows], around: Asking) -> list[Candidate]:
    """Whom one can choose: those who know something like it, most first, then one's own teams;
    never oneself, nor who is asked already."""
    taken = {who.person.id, *(one.person_id for one in around.asked)}
    found = [Candidate(one.id, one.name, why) for one, why in known if one.id not in taken]
    taken |= {one.id for one in found}
    return found + [one for one in around.mates if one.id not in taken]


def team_mates(who: Reader) -> sa.Select[Any]:
    """Everybody else in the teams whose lessons one reads."""
    inside = sa.select(col(Membership.person_id)).where(col(Membership.team_id).in_(who.teams))
    columns: list[Any] = [col(Person.id), col(Person.name)]
    return (
        sa.select(*columns)
        .where(
            col(Person.id).in_(inside),
            col(Person.id) != who.person.id,
            col(Person.disabled_at).is_(None),
        )
        .order_by(sa.func.lower(Person.name), col(Person.id))
    )


def _asked(key: str) -> sa.Select[Any]:
    asked, by = aliased(Person), aliased(Person)
    columns: list[Any] = [
        *(col(Assigned.person_id), col(asked.name), col(Assigned.by_id), col(by.name)),
        col(Assigned.at),
    ]
    return (
        sa.select(*columns)
        .select_from(Assigned)
        .join(asked, col(asked.id) == Assigned.person_id)
        .join(by, col(by.id) == Assigned.by_id)
        .where(col(Assigned.key) == key, col(asked.disabled_at).is_(None))
    )
