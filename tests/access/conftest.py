"""A stage for questions that change nothing: it stands for all of them."""

from collections.abc import Iterator

import pytest

from app.config import Settings
from app.main import create_app
from tests.access.stage import Stage
from tests.cast import START
from tests.databases import Databases
from tests.house_fixture import House, TurnedClock


@pytest.fixture(scope="module")
def standing(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("standing")
    settings = Settings(
        _env_file=None,
        data_dir=folder / "data",
        database_url=databases.copy(folder),
        run_worker=False,
    )
    clock = TurnedClock(START)
    house = House(create_app(settings, clock=clock), databases.cast, clock)
    yield Stage(house)
    house.close()
