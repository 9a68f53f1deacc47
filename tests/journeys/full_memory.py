"""The sample organisation with some life in it, served for all who only look."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.people.models import Person
from tests.databases import Databases
from tests.journeys.sights import (
    DevelopingPlace,
    addresses,
    administrator,
    employee,
    furnished,
)
from tests.serving import Server, place_for, serving


@dataclass
class Full:
    """Its server, who looks, who administers, and something real for every address."""

    server: Server
    me: Person
    root: Person
    ids: dict[str, str]

    def paths(self, templates: tuple[str, ...]) -> list[str]:
        return [template.format(**self.ids) for template in templates]


@contextmanager
def full_memory(databases: Databases, folder: Path) -> Iterator[Full]:
    """Furnished and served while the block runs."""
    empty = place_for(databases, folder, empty=True)
    place = DevelopingPlace(empty.folder, empty.database_url, empty.cast)
    stage = furnished(place)
    with place.database() as database:
        ids = addresses(database, stage)
        with database.reading() as session:
            me, root = employee(session), administrator(session)
    with serving(place, forked=True) as server:
        yield Full(server, me, root, ids)
