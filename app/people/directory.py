"""Persons: added, found, changed, disabled."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from app.events.record import record
from app.kit.errors import Conflict, Invalid, NotFound
from app.people.models import Organisation, Person, Role


class EmailTaken(Conflict):
    code = "email_taken"


class LastAdministrator(Invalid):
    code = "last_administrator"
    message = (
        "This is the only administrator. Make somebody else an administrator first, "
        "or nobody could manage the organisation."
    )


_MOST_NAMES = 200
_ORGANISATION = select(Organisation)
#: The columns of a person, for a question that begins with them.
PERSON: Sequence[sa.Column[Any]] = tuple(SQLModel.metadata.tables["person"].columns)
_PERSON_FIELDS = tuple(column.key for column in PERSON)


def person_from(row: Sequence[Any]) -> Person:
    """The person with whose columns, `PERSON`, the row begins; apart from any transaction."""
    return Person(**dict(zip(_PERSON_FIELDS, row, strict=False)))


def the_organisation(session: Session) -> Organisation | None:
    """The organisation, None before the first run."""
    return session.exec(_ORGANISATION).first()


def nobody_is_here(session: Session) -> bool:
    """Whether the database has no person yet: then the first-run page is open."""
    return session.exec(select(Person.id).limit(1)).first() is None


def found_organisation(session: Session, name: str, *, now: datetime) -> Organisation:
    """Give the organisation its name, at the first run."""
    known = the_organisation(session)
    organisation = known or Organisation(name=name, created_at=now)
    organisation.name = name
    session.add(organisation)
    record(session, "organisation.named", organisation.id, by=None, now=now, name=name)
    return organisation


def add_person(
    session: Session,
    *,
    email: str,
    name: str,
    role: Role = Role.MEMBER,
    title: str = "",
    by: Person | None,
    now: datetime,
) -> Person:
    """Add somebody who can sign in once they have a password."""
    email = email.strip().lower()
    if person_with_email(session, email):
        message = f"{email} is already in the organisation."
        raise EmailTaken(message, fields={"email": message})
    person = Person(email=email, name=name.strip(), role=role, title=title, created_at=now)
    session.add(person)
    session.flush()
    record(session, "person.added", person.id, by=by.id if by else None, now=now, role=role.value)
    return person


def person_with_email(session: Session, email: str) -> Person | None:
    return session.exec(select(Person).where(Person.email == email.strip().lower())).first()


def the_person(session: Session, person_id: str) -> Person:
    """A person by id: who works here is known to everyone in the organisation."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    return person


def everybody(
    session: Session, *, matching: str = "", offset: int = 0, limit: int | None = None
) -> Sequence[Person]:
    """Every person by name, those who left last; `matching` is a part of name or address."""
    left_last = col(Person.disabled_at).is_not(None)
    query = select(Person).where(_matches(matching))
    return session.exec(
        query.order_by(left_last, sa.func.lower(Person.name), Person.id).offset(offset).limit(limit)
    ).all()


def how_many(session: Session, *, matching: str = "") -> int:
    """How many persons `everybody` lists."""
    counted = select(sa.func.count()).select_from(Person).where(_matches(matching))
    return session.exec(counted).one()


def person_called(session: Session, words: str) -> Person:
    """Whoever is meant by an address, a whole name, or a part of either that nobody else has.
    Raises Invalid for the field `person` when nobody or several are."""
    known = person_with_email(session, words)
    if known:
        return known
    found = [person for person in everybody(session, matching=words) if not person.disabled_at]
    exact = [person for person in found if person.name.casefold() == words.casefold()]
    found = exact or found
    if len(found) == 1:
        return found[0]
    message = (
        f"Several people are called “{words}”. Give the e-mail address."
        if found
        else f"Nobody here is called “{words}”."
    )
    raise Invalid(message, fields={"person": message})


def _matches(part: str) -> sa.ColumnElement[bool]:
    if not part:
        return sa.true()
    folded = f"%{_escaped(part.lower())}%"
    return sa.or_(
        sa.func.lower(Person.name).like(folded, escape="\\"),
        # SQLite folds ASCII letters only: any other is found as it is typed.
        col(Person.name).like(f"%{_escaped(part)}%", escape="\\"),
        col(Person.email).like(folded, escape="\\"),
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def names_of(session: Session, ids: Iterable[str | None]) -> dict[str, str]:
    """Persons' names by id, for the ids that are known."""
    wanted = {person_id for person_id in ids if person_id}
    if not wanted:
        return {}
    rows = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(wanted)))
    return dict(rows.all())


def one_at_a_time(session: Session, person: Person) -> None:
    """Wait for what this person does elsewhere at this moment: of a click sent twice the second
    finds what the first has done. Never for a protected author: PostgreSQL keeps in the person's
    row which transaction waited for it last."""
    row = select(Person.id).where(Person.id == person.id).with_for_update(key_share=True)
    session.exec(row).one()


def known_names(session: Session, names: Iterable[str]) -> frozenset[str]:
    """Those of the names that somebody here has, as they are written."""
    wanted = sorted(names)[:_MOST_NAMES]
    if not wanted:
        return frozenset()
    return frozenset(session.exec(select(Person.name).where(col(Person.name).in_(wanted))))


def change_person(
    session: Session,
    person: Person,
    *,
    name: str,
    title: str,
    role: Role,
    by: Person,
    now: datetime,
) -> None:
    """Change a person's name, title or role; the last administrator stays one."""
    if role is not Role.ADMINISTRATOR:
        _refuse_last(session, person)
    person.name, person.title, person.role = name, title, role
    session.add(person)
    record(session, "person.changed", person.id, by=by.id, now=now, role=role.value)


def choose_time_zone(session: Session, person: Person, zone: str, *, now: datetime) -> None:
    """Say where one's day begins, by the IANA name; empty for as in the organisation."""
    if person.time_zone != zone:
        person.time_zone = zone
        session.add(person)
        record(session, "person.time_zone_chosen", person.id, by=person.id, now=now, time_zone=zone)


def disable_person(session: Session, person: Person, *, by: Person | None, now: datetime) -> None:
    """The person can no longer sign in; what they wrote stays."""
    _refuse_last(session, person)
    person.disabled_at = now
    session.add(person)
    record(session, "person.disabled", person.id, by=by.id if by else None, now=now)


def enable_person(session: Session, person: Person, *, by: Person | None, now: datetime) -> None:
    """Undo `disable_person`."""
    person.disabled_at = None
    session.add(person)
    record(session, "person.enabled", person.id, by=by.id if by else None, now=now)


def _refuse_last(session: Session, person: Person) -> None:
    if not person.administers or person.disabled_at:
        return
    others = select(Person.id).where(
        Person.role == Role.ADMINISTRATOR,
        col(Person.disabled_at).is_(None),
        Person.id != person.id,
    )
    if session.exec(others.limit(1)).first() is None:
        raise LastAdministrator
