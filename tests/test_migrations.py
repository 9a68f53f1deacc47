"""The schema: from nothing to the newest, back again, and what must be refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.kit.db import Database
from app.kit.migrate import (
    SchemaError,
    bring_up_to_date,
    newest_revision,
    schema_config,
    schema_revision,
)
from app.kit.migrate import _copy as keep_copy
from app.people.directory import everybody
from app.tables import metadata
from tests.cast import engage
from tests.databases import Databases


@pytest.fixture
def database(databases: Databases, tmp_path: Path) -> Iterator[Database]:
    """A database without a schema."""
    made = Database(databases.empty(tmp_path))
    yield made
    made.close()


def _url(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def _tables(database: Database) -> set[str]:
    return set(sa.inspect(database.engine).get_table_names())


def _pretend_revision(database: Database, revision: str) -> None:
    with database.writing() as session:
        session.connection().execute(
            sa.text("UPDATE alembic_version SET version_num = :to"), {"to": revision}
        )


def test_an_empty_database_is_brought_to_the_newest_schema(
    database: Database, tmp_path: Path
) -> None:
    assert schema_revision(database.engine) is None
    assert bring_up_to_date(database.engine, backups=tmp_path / "backups")
    assert schema_revision(database.engine) == newest_revision()
    assert _tables(database) == {*metadata.tables, "alembic_version"}
    assert not bring_up_to_date(database.engine, backups=tmp_path / "backups")


def test_nothing_is_backed_up_where_nothing_was(database: Database, tmp_path: Path) -> None:
    bring_up_to_date(database.engine, backups=tmp_path / "backups")
    assert not (tmp_path / "backups").exists()


def test_the_migrated_schema_is_what_the_models_say(database: Database, tmp_path: Path) -> None:
    bring_up_to_date(database.engine, backups=tmp_path)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_migration_can_be_taken_back_and_done_again(
    database: Database, tmp_path: Path
) -> None:
    bring_up_to_date(database.engine, backups=tmp_path)
    command.downgrade(schema_config(_url(database)), "base")
    assert _tables(database) == {"alembic_version"}
    command.upgrade(schema_config(_url(database)), "head")
    assert _tables(database) == {*metadata.tables, "alembic_version"}


def test_migrations_stand_in_one_line() -> None:
    scripts = ScriptDirectory.from_config(schema_config(""))
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1


def test_the_schema_of_a_newer_program_is_refused_in_a_sentence(
    database: Database, tmp_path: Path
) -> None:
    bring_up_to_date(database.engine, backups=tmp_path)
    _pretend_revision(database, "2099_01_01_later")
    with pytest.raises(SchemaError, match=r"made by a newer Commonplace.*nothing was changed"):
        bring_up_to_date(database.engine, backups=tmp_path / "backups")
    assert schema_revision(database.engine) == "2099_01_01_later"
    assert not (tmp_path / "backups").exists()


def test_every_older_schema_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    scripts = ScriptDirectory.from_config(schema_config(""))
    older = [script.revision for script in scripts.walk_revisions()][1:]
    for revision in older:
        folder = tmp_path / revision
        database = Database(f"sqlite:///{folder / 'old.db'}")
        command.upgrade(schema_config(_url(database)), revision)
        assert bring_up_to_date(database.engine, backups=folder / "backups")
        database.close()
        assert len(list((folder / "backups").glob("before-*.db"))) == 1


def test_a_copy_holds_what_was_there(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    bring_up_to_date(database.engine, backups=tmp_path)
    with database.writing() as session:
        engage(session)
    keep_copy(database.engine, tmp_path / "backups" / "copy.db")
    keep_copy(database.engine, tmp_path / "backups" / "copy.db")
    database.close()
    copied = Database(f"sqlite:///{tmp_path / 'backups' / 'copy.db'}")
    with copied.reading() as session:
        assert {person.name for person in everybody(session)} >= {"Ada Example", "Root Example"}
    copied.close()
