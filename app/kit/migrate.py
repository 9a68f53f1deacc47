"""Bringing a database to the schema of this program, with a copy kept of what was there."""

from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from app.kit.resources import resource


class SchemaError(Exception):
    """The database cannot be used by this program; the message says why and what to do."""


def schema_config(url: str) -> Config:
    """Alembic's configuration for the database at `url`, wherever the program is installed."""
    config = Config()
    config.set_main_option("script_location", str(resource("migrations")))
    config.attributes["url"] = url
    return config


def schema_revision(engine: sa.Engine) -> str | None:
    """The revision that the database stands at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """The revision that this program needs."""
    return ScriptDirectory.from_config(schema_config("")).get_current_head()


def bring_up_to_date(engine: sa.Engine, *, backups: Path) -> bool:
    """Migrate to the newest revision; False when nothing was to do.

    A SQLite database that holds data is copied into `backups` first. One that a newer program made
    is refused.
    """
    url = engine.url.render_as_string(hide_password=False)
    current, newest = schema_revision(engine), newest_revision()
    if current == newest:
        return False
    if current is not None:
        _known(url, current)
        if engine.dialect.name == "sqlite":
            _copy(engine, backups / f"before-{newest}-from-{current}.db")
    command.upgrade(schema_config(url), "head")
    return True


def _known(url: str, revision: str) -> None:
    try:
        ScriptDirectory.from_config(schema_config(url)).get_revision(revision)
    except CommandError as error:
        raise SchemaError(
            f"The database was made by a newer Commonplace (schema {revision}). "
            "Install that version or a later one; nothing was changed."
        ) from error


def _copy(engine: sa.Engine, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    to.unlink(missing_ok=True)
    # Past SQLAlchemy, which would begin a transaction: there is no VACUUM inside one.
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM INTO ?", (str(to),))
