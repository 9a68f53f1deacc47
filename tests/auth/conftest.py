"""A house before its first run, and people with passwords."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.auth.passwords import set_password
from app.config import Settings
from app.kit.migrate import bring_up_to_date
from app.main import create_app
from app.people.models import Person
from tests.cast import Cast
from tests.databases import Databases
from tests.house_fixture import House, TurnedClock

PASSWORD = "lathe otter paper moon"


@pytest.fixture
def empty_house(
    databases: Databases, cast: Cast, clock: TurnedClock, tmp_path: Path
) -> Iterator[House]:
    """A house that nobody has entered."""
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path / "data",
        database_url=databases.empty(tmp_path),
        run_worker=False,
    )
    house = House(create_app(settings, clock=clock), cast, clock)
    bring_up_to_date(house.database.engine, backups=tmp_path)
    yield house
    house.close()


@pytest.fixture
def give_password(house: House) -> Callable[[Person], None]:
    """Gives somebody the password that these tests sign in with."""

    def give(person: Person) -> None:
        with house.database.writing() as session:
            set_password(session, person, PASSWORD, now=house.clock())

    return give


@pytest.fixture
def ada(house: House, give_password: Callable[[Person], None]) -> Person:
    """Ada, with a password."""
    give_password(house.cast.ada)
    return house.cast.ada
