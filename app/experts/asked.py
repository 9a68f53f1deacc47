"""Who was asked to write down what is wanted, by whom; and whom one can ask.

One can ask those who may know, by what carries their name, and who is in a team whose lessons one
reads: so who does not want to be listed is asked by their own teams alone.
"""

from collections.abc import Iterable, Sequence
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


def asked_to_write(session: Session, key: str) -> list[Asked]:
    """Who was asked to write what has this key, the first asked first."""
    asked, by = aliased(Person), aliased(Person)
    columns: list[Any] = [
        *(col(Assigned.person_id), col(asked.name), col(Assigned.by_id), col(by.name)),
        col(Assigned.at),
    ]
    rows = session.connection().execute(
        sa.select(*columns)
        .select_from(Assigned)
        .join(asked, col(asked.id) == Assigned.person_id)
        .join(by, col(by.id) == Assigned.by_id)
        .where(col(Assigned.key) == key, col(asked.disabled_at).is_(None))
        .order_by(col(Assigned.at), col(Assigned.person_id))
    )
    return [Asked(*row) for row in rows]


def who_asked(session: Session, person: Person) -> dict[str, str]:
    """Who asked this person, by name, by the key of what is to be written."""
    rows = session.exec(
        select(Assigned.key, Person.name)
        .join(Person, col(Person.id) == Assigned.by_id)
        .where(Assigned.person_id == person.id)
    )
    return dict(rows.all())


def may_be_asked(
    session: Session, who: Reader, known: Sequence[Knows], asked: Sequence[Asked]
) -> list[Candidate]:
    """Whom one can choose: those who know something like it, most first, then one's own teams by
    name; never oneself, nor who is asked already. In one question."""
    taken = {who.person.id, *(one.person_id for one in asked)}
    found = [Candidate(one.id, one.name, why) for one, why in known if one.id not in taken]
    taken |= {one.id for one in found}
    mates: Iterable[Any] = session.connection().execute(team_mates(who).limit(_MOST_MATES))
    return found + [Candidate(row.id, row.name, "") for row in mates if row.id not in taken]


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
