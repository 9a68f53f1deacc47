"""The named people and teams that tests play with.

Northwind has Engineering, and Pumps and Valves below it, and Sales beside it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from app.people.directory import add_person, found_organisation
from app.people.models import Person, Role, Team, TeamRole
from app.people.teams import create_team, join_team

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    """`ada` writes; `ben` is in her team; `mara` manages the team above; `otto` is an outsider in
    another team; `nora` is in no team; `kit` curates; `root` administers."""

    ada: Person
    ben: Person
    mara: Person
    otto: Person
    nora: Person
    kit: Person
    root: Person
    engineering: Team
    pumps: Team
    valves: Team
    sales: Team

    @property
    def people(self) -> dict[str, Person]:
        names = ("ada", "ben", "mara", "otto", "nora", "kit", "root")
        return {name: getattr(self, name) for name in names}


def engage(session: Session) -> Cast:
    """Put the cast on stage."""
    found_organisation(session, "Northwind", now=START)

    def person(name: str, role: Role = Role.MEMBER) -> Person:
        email = f"{name.lower()}@northwind.example"
        return add_person(
            session, email=email, name=f"{name} Example", role=role, by=None, now=START
        )

    def team(name: str, parent: Team | None = None) -> Team:
        return create_team(session, name, parent=parent, by=None, now=START)

    engineering = team("Engineering")
    cast = Cast(
        ada=person("Ada"),
        ben=person("Ben"),
        mara=person("Mara"),
        otto=person("Otto"),
        nora=person("Nora"),
        kit=person("Kit", Role.CURATOR),
        root=person("Root", Role.ADMINISTRATOR),
        engineering=engineering,
        pumps=team("Pumps", engineering),
        valves=team("Valves", engineering),
        sales=team("Sales"),
    )
    for who, where, role in (
        (cast.ada, cast.pumps, TeamRole.MEMBER),
        (cast.ben, cast.pumps, TeamRole.MEMBER),
        (cast.mara, cast.engineering, TeamRole.MANAGER),
        (cast.otto, cast.sales, TeamRole.MEMBER),
        (cast.kit, cast.valves, TeamRole.MEMBER),
    ):
        join_team(session, where, who, role, by=None, now=START)
    return cast
