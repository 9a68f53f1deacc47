"""How migrations run: on SQLite without foreign keys, on PostgreSQL one process at a time."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from app.tables import metadata

LOCK = 0x636F6D6D6F6E  # any number that only this program uses


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write column types of libraries as plain SQLAlchemy: migrations import nothing else."""
    if kind != "type":
        return False
    name = type(item).__name__
    if name == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    if name == "AutoString":
        return f"sa.String(length={item.impl.length})" if item.impl.length else "sa.String()"
    if name == "JSON":
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def _without_foreign_keys(connection: Any, _record: object) -> None:
    # Batch mode drops and renames tables: with foreign keys on, children that cascade are deleted.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA busy_timeout=30000")


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def run() -> None:
    """Upgrade or compare the database whose address the configuration carries."""
    engine = sa.create_engine(context.config.attributes["url"], poolclass=sa.NullPool)
    is_sqlite = engine.dialect.name == "sqlite"
    if is_sqlite:
        sa.event.listen(engine, "connect", _without_foreign_keys)
        sa.event.listen(engine, "begin", _begin_immediate)
    with engine.begin() as connection:
        if not is_sqlite:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:n)"), {"n": LOCK})
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=True,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if is_sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"rows left without their parents: {broken[:5]}")


run()
