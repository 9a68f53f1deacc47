"""The sample organisation, put into a database once for all that look at it."""

from collections.abc import Iterator

import pytest

from app.demo.content import load
from app.demo.life import bring_to_life, load_life
from app.demo.pictures import hang_pictures
from app.demo.stage import put_on_stage
from app.files.folder import Folder
from app.kit.db import Database
from app.kit.migrate import bring_up_to_date
from tests.cast import START
from tests.databases import Databases


@pytest.fixture(scope="package")
def staged(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with nothing but the sample in it, and what happened around its lessons."""
    folder, sample = tmp_path_factory.mktemp("stage"), load()
    database = Database(databases.empty(folder))
    bring_up_to_date(database.engine, backups=folder)
    counted: list[int] = []
    with database.writing() as session:
        stage = put_on_stage(session, sample, now=START, progress=counted.append)
        bring_to_life(stage, load_life(START.date()))
        hang_pictures(stage, Folder(folder / "files"))
    assert counted == list(range(1, len(sample.lessons) + 1))
    yield database
    database.close()
