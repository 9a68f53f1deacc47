"""Fixtures that every test may ask for: databases, settings, a house, the cast."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from app.config import Settings
from app.main import create_app
from tests.cast import START, Cast
from tests.databases import Databases, SqliteDatabases, postgres_databases
from tests.house_fixture import House, TurnedClock
from tests.kept import keep_statements
from tests.pace import longest_first, write_into_memory

write_into_memory()
keep_statements()

# The suite tries the same cases each time: what it finds today it finds tomorrow.
hypothesis_settings.register_profile("suite", derandomize=True, deadline=None, database=None)
hypothesis_settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the database that the suite runs on",
    )
    parser.addoption(
        "--asks-database",
        action="store_true",
        help="leave out what asks nothing of the database: it would be the same on each",
    )


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {config.getoption('--database')}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--asks-database"):
        aside = [item for item in items if not _asks_a_database(item)]
        config.hook.pytest_deselected(items=aside)
        items[:] = filter(_asks_a_database, items)
    items.sort(key=longest_first)


def _asks_a_database(item: pytest.Item) -> bool:
    """Whether the fixture below, which alone knows of `--database`, has a part in the test; and it
    is more than a look at pages whose doors are tried on each database by tests of their own."""
    return "databases" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("looks")


def pytest_collection_finish() -> None:
    # What was imported stays: looking through it again and again for garbage takes a tenth.
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """Makes databases of the kind that the suite runs on."""
    folder = tmp_path_factory.mktemp("databases")
    if request.config.getoption("--database") == "sqlite":
        yield SqliteDatabases(folder)
        return
    with postgres_databases(folder) as made:
        yield made


@pytest.fixture
def cast(databases: Databases) -> Cast:
    return databases.cast


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock(START)


@pytest.fixture
def settings(databases: Databases, tmp_path: Path) -> Iterator[Settings]:
    """Settings for a house of its own, with the cast in it and no worker of its own accord."""
    url = databases.copy(tmp_path)
    yield Settings(
        _env_file=None,
        data_dir=tmp_path / "data",
        database_url=url,
        run_worker=False,
    )
    databases.drop(url)


@pytest.fixture
def house(settings: Settings, cast: Cast, clock: TurnedClock) -> Iterator[House]:
    """The application on a real database and a real index."""
    app = create_app(settings, clock=clock)
    house = House(app, cast, clock)
    house.follower.start()
    yield house
    house.close()
